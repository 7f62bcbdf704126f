import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { KINDS, type Kind, kindCode } from '../../compiler/indicators/kind.ts';
import { network4End } from '../../compiler/indicators/network4.ts';
import { IndicatorSet } from '../../compiler/indicators/set.ts';
import { AT_ONCE, ValueBatch } from '../../compiler/indicators/value-batch.ts';
import { CONTEXT } from '../plan/help.ts';

const FILES = ['a.yaml', 'b.txt'].map((path) => new SourceFile(path, ''));
const CONTEXTS = [CONTEXT, { ...CONTEXT, confidence: 1 }, { ...CONTEXT, confidence: 2 }];

const origin = (file: number, start: number, end: number) => ({
  file: FILES[file] as SourceFile,
  start,
  end,
});

/** Of IPv4, six that are numbers, and four that are not, but for a reader's care. */
const NETWORKS = [
  ...['192.0.2.1', '255.255.255.255', '0.0.0.0', '192.0.2.0/24', '128.0.0.0/1', '255.255.255.254/31'],
  ...['192.0.2.1/24', '192.0.2.1/32', '192.0.2.0/024', '192.0.2.1-192.0.2.9'],
];

/** A definition: kind, value, context, file, and where it stands. */
const definition = fc.tuple(
  fc.constantFrom<Kind>(...KINDS.slice(0, 3)),
  fc.oneof(
    fc.constantFrom('a.example', 'b.a.example', 'é'.repeat(9), '', ...NETWORKS),
    fc.string({ maxLength: 40 }),
  ),
  fc.nat(2),
  fc.nat(1),
  fc.nat(2 ** 32 - 1),
  fc.nat(200_000),
);

test('columns give back what was put in, like a list of objects with a map', () => {
  fc.assert(
    fc.property(fc.array(definition, { maxLength: 300 }), (definitions) => {
      const set = new IndicatorSet();
      for (const context of CONTEXTS) set.addContext(context as never);
      const index = new Map<string, number>();
      const kept: (typeof definitions)[number][] = [];
      for (const one of definitions) {
        const [kind, value, context, file, start, length] = one;
        const { file: source, end } = origin(file, start, start + length);
        const found = set.findOrAdd(kind, value, context, source, start, end);
        const key = `${kind} ${value}`;
        expect(found).toBe(index.get(key) ?? -1);
        if (found >= 0) continue;
        index.set(key, kept.length);
        kept.push(one);
      }
      expect(set.size).toBe(kept.length);
      for (const [at, [kind, value, context, file, start, length]] of kept.entries()) {
        expect([set.kind(at), set.value(at), set.find(kind, value)]).toEqual([kind, value, at]);
        expect(set.context(at)).toBe(CONTEXTS[context]);
        expect(set.origin(at)).toEqual(origin(file, start, start + length));
      }
      expect(set.find('mutex', 'a.example')).toBe(-1);
    }),
  );
});

test('texts fill many pages, and one that is longer than a page has its own', () => {
  const set = new IndicatorSet();
  const text = (at: number) => `${at} ${'x'.repeat(at === 7 ? 200_000 : (at * 37) % 5000)}`;
  for (let at = 0; at < 500; at++) set.add('mutex', text(at), CONTEXT, origin(0, at, at + 1));
  const hasAll = () => Array.from({ length: 500 }, (_, at) => set.value(at) === text(at)).every(Boolean);
  expect(hasAll()).toBe(true);
  expect(set.find('mutex', text(7))).toBe(7);
  expect(set.values.length).toBe(500);

  // Put into another order, all of an indicator goes with it.
  const order = Uint32Array.from({ length: 500 }, (_, at) => (at * 37) % 500);
  expect(set.places).toBeUndefined();
  set.arrange(order);
  for (const [index, before] of order.entries()) {
    expect([set.places?.[before], set.find('mutex', text(before))]).toEqual([index, index]);
    expect(set.value(index) === text(before)).toBe(true);
    expect(set.origin(index)).toEqual(origin(0, before, before + 1));
  }
});

test('property: in another order every indicator is what it was, also to those who look for it', () => {
  fc.assert(
    fc.property(
      fc.array(definition, { maxLength: 60 }),
      fc.infiniteStream(fc.nat()),
      fc.boolean(),
      (given, numbers, rests) => {
        const set = new IndicatorSet();
        for (const [kind, value, context, file, start, length] of given)
          if (set.find(kind, value) < 0)
            set.add(kind, value, CONTEXTS[context] as never, origin(file, start, start + length));
        const told = (index: number) => [
          set.kind(index),
          set.value(index),
          set.context(index),
          set.contextId(index),
          set.origin(index),
        ];
        const before = set.values.map((_, index) => told(index));
        const parents = before.map((_, index) => set.findParent(index));
        const order = Uint32Array.from(
          before
            .map((_, index) => [numbers.next().value as number, index] as const)
            .sort(([a], [b]) => a - b)
            .map(([, index]) => index),
        );
        set.arrange(order);
        const places = set.places as Uint32Array;
        expect([order.length, set.isArranged]).toEqual([set.size, true]);
        if (rests) set.rest();
        for (const [was, all] of before.entries()) {
          const index = places[was] as number;
          expect(told(index)).toEqual(all);
          expect(set.find(set.kind(index), set.value(index))).toBe(index);
          const parent = parents[was] as number;
          expect(set.findParent(index)).toBe(parent < 0 ? -1 : places[parent]);
        }
      },
    ),
  );
});

test('what rested takes more, and finds all', () => {
  const set = new IndicatorSet();
  set.add('domain', 'a.example', CONTEXT, origin(0, 0, 1));
  set.add('mutex', 'é', CONTEXT, origin(0, 1, 2));
  set.rest();
  set.add('domain', 'b.a.example', CONTEXT, origin(1, 0, 1));
  expect(() => set.add('domain', 'a.example', CONTEXT, origin(0, 5, 6))).toThrow('added twice');
  expect([set.find('domain', 'a.example'), set.find('mutex', 'é'), set.findParent(2)]).toEqual([0, 1, 0]);
});

test('what is added twice is refused', () => {
  const set = new IndicatorSet();
  set.add('domain', 'a.example', CONTEXT, origin(0, 0, 1));
  expect(() => set.add('domain', 'a.example', CONTEXT, origin(0, 5, 6))).toThrow(
    'added twice: domain a.example',
  );
});

test('a context can be replaced, and has a number', () => {
  const set = new IndicatorSet();
  set.add('domain', 'a.example', CONTEXTS[0] as never, origin(0, 0, 1));
  set.add('domain', 'b.example', CONTEXTS[0] as never, origin(0, 2, 3));
  set.setContext(1, set.addContext(CONTEXTS[2] as never));
  expect([set.contextId(0), set.contextId(1)]).toEqual([0, 1]);
  expect(set.contextTable).toEqual([CONTEXTS[0], CONTEXTS[2]]);
});

test('the nearest listed name above a domain, however many labels lie between', () => {
  const label = fc.constantFrom('a', 'b', 'xn--a', 'example', 'c-d');
  const name = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 60 }), (names) => {
      const set = new IndicatorSet();
      for (const one of names) set.add('domain', one, CONTEXT, origin(0, 0, 0));
      // The same text of another kind is no name above.
      for (const one of names) set.add('mutex', one, CONTEXT, origin(0, 0, 0));
      for (const [at, one] of names.entries()) {
        const labels = one.split('.');
        const above = labels
          .map((_, from) => labels.slice(from + 1).join('.'))
          .filter((other) => names.includes(other));
        const [nearest] = above.sort((a, b) => b.length - a.length);
        expect(set.findParent(at)).toBe(nearest === undefined ? -1 : names.indexOf(nearest));
      }
    }),
  );
});

/** A set of the values that are written one behind another in bytes, added so many at a time; and what was found of each. */
function ofBatches(values: readonly (readonly [Kind, string])[], at: number, expected: number) {
  const set = new IndicatorSet();
  set.expect(expected);
  const bytes = new TextEncoder().encode(values.map(([, text]) => `${text}/1`).join(''));
  const batch = new ValueBatch();
  batch.bytes = bytes;
  const found: number[] = [];
  const network = { prefix: 0, address: 0 };
  const flush = () => {
    set.findOrAddAll(batch, FILES[0] as SourceFile, 100);
    found.push(...batch.before.subarray(0, batch.count));
    batch.count = 0;
  };
  let from = 0;
  for (const [kind, text] of values) {
    const to = from + text.length;
    const code = kindCode(kind);
    const isNumber = (kind === 'ip' || kind === 'cidr') && network4End(bytes, from, to, network) === to;
    batch.push({ code, ...(isNumber ? network : { prefix: 0, address: 0 }) }, from, to, 0);
    if (batch.count === at) flush();
    from = to + 2;
  }
  flush();
  return { set, found };
}

test('property: batches of bytes give what texts give one by one', () => {
  const text = fc.oneof(
    fc.constantFrom('a.example', 'b.example', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(33), ...NETWORKS),
    fc.string({ maxLength: 9 }),
  );
  const value = fc.tuple(fc.constantFrom<Kind>('domain', 'ip', 'cidr', 'mutex'), text);
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 300 }),
      fc.integer({ min: 1, max: AT_ONCE }),
      fc.nat(500),
      (values, at, expected) => {
        const texts = new IndicatorSet();
        const place = { at: 100 };
        const found = values.map(([kind, text]) => {
          const start = place.at;
          place.at += text.length + 2;
          return texts.findOrAdd(kind, text, 0, FILES[0] as SourceFile, start, start + text.length);
        });
        const batches = ofBatches(values, at, expected);
        expect(batches.found).toEqual(found);
        expect([batches.set.kinds, batches.set.values]).toEqual([texts.kinds, texts.values]);
        const buffer = new Uint8Array(50);
        for (const [index, text] of texts.values.entries()) {
          const end = batches.set.copyValue(index, buffer, 3);
          expect(new TextDecoder().decode(buffer.subarray(3, end))).toBe(text);
          expect(batches.set.origin(index)).toEqual(texts.origin(index));
          expect(batches.set.find(texts.kind(index), text)).toBe(index);
        }
      },
    ),
  );
});

test('IPv4 addresses and networks are numbers, all else of these kinds is text', () => {
  const set = new IndicatorSet();
  for (const value of NETWORKS) set.add('cidr', value, CONTEXT, origin(0, 0, 1));
  const numbers = set.values.map(
    (_, index) => set.prefix4(index) && [set.address4(index), set.prefix4(index)],
  );
  expect(set.values).toEqual(NETWORKS);
  expect(numbers).toEqual([
    [0xc0000201, 32],
    [0xffffffff, 32],
    [0, 32],
    [0xc0000200, 24],
    [0x80000000, 1],
    [0xfffffffe, 31],
    ...[0, 0, 0, 0],
  ]);
});

test('texts that nearly fill a page, or just do not fit one', () => {
  const set = new IndicatorSet();
  const lengths = [0xfeff, 1, 0xff00, 0, 0xff20, 5, 0xfffe, 0xffff, 0, 0x10000, 0x10001, 0xfeff, 0x100];
  const text = (at: number) => `${String.fromCharCode(97 + at)}`.repeat(lengths[at] as number);
  const kind = (at: number): Kind => (lengths[at] === 0 && at > 5 ? 'url' : 'mutex');
  for (const at of lengths.keys()) set.add(kind(at), text(at), CONTEXT, origin(0, at, at + 1));
  const isWhole = () =>
    lengths.every((_, at) => set.value(at) === text(at) && set.find(kind(at), text(at)) === at);
  expect(isWhole()).toBe(true);
  const bytes = new Uint8Array(0x20000);
  for (const [at, length] of lengths.entries()) expect(set.copyValue(at, bytes, 7)).toBe(7 + length);
  set.arrange(Uint32Array.from(lengths.keys()));
  expect(isWhole()).toBe(true);
});

test('values that are not ASCII have no place in the table, however many they are', () => {
  const set = new IndicatorSet();
  for (let at = 0; at < 3000; at++) set.add('mutex', `é${at}`, CONTEXT, origin(0, at, at + 1));
  for (let at = 0; at < 50; at++) set.add('mutex', `e${at}`, CONTEXT, origin(0, at, at + 1));
  expect(Array.from({ length: 50 }, (_, at) => set.find('mutex', `e${at}`))).toEqual(
    Array.from({ length: 50 }, (_, at) => 3000 + at),
  );
  expect(set.find('mutex', 'é2999')).toBe(2999);
  const wide = new IndicatorSet();
  wide.add('mutex', 'é', CONTEXT, origin(0, 0, 1));
  expect(wide.copyValue(0, new Uint8Array(9), 0)).toBe(-1);
});
