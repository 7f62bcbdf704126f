import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { IndicatorSet } from '../../compiler/indicators/set.ts';
import { hashOf } from '../../compiler/indicators/value-index.ts';
import { CONTEXT } from '../plan/help.ts';

const FILES = ['a.yaml', 'b.txt'].map((path) => new SourceFile(path, ''));
const CONTEXTS = [CONTEXT, { ...CONTEXT, confidence: 1 }, { ...CONTEXT, confidence: 2 }];

const origin = (file: number, start: number, end: number) => ({
  file: FILES[file] as SourceFile,
  start,
  end,
});

/** A definition: kind, value, context, file, and where it stands. */
const definition = fc.tuple(
  fc.constantFrom<Kind>(...KINDS.slice(0, 3)),
  fc.oneof(fc.constantFrom('a.example', 'b.a.example', 'é'.repeat(9), ''), fc.string({ maxLength: 40 })),
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
    fc.property(fc.array(definition, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (given, numbers) => {
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
      expect(order.length).toBe(set.size);
      for (const [was, all] of before.entries()) {
        const index = places[was] as number;
        expect(told(index)).toEqual(all);
        expect(set.find(set.kind(index), set.value(index))).toBe(index);
        const parent = parents[was] as number;
        expect(set.findParent(index)).toBe(parent < 0 ? -1 : places[parent]);
      }
    }),
  );
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

test('property: room that is made ahead, and bytes in place of texts, change nothing', () => {
  const value = fc.oneof(fc.constantFrom('a.example', 'b.example'), fc.string({ maxLength: 9 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.nat(500), (values, more) => {
      const [texts, bytes] = [new IndicatorSet(), new IndicatorSet()];
      bytes.expect(more);
      for (const [at, text] of values.entries()) {
        const written = new TextEncoder().encode(`#${text}`);
        const one = { code: 0, bytes: written, from: 1, to: written.length };
        const hash = hashOf(0, written, 1, written.length);
        const found = texts.findOrAdd('domain', text, 0, FILES[0] as SourceFile, at, at + 1);
        expect(bytes.findOrAddAscii({ ...one, hash }, 0, FILES[0] as SourceFile, at, at + 1)).toBe(found);
      }
      expect(bytes.values).toEqual(texts.values);
      const buffer = new Uint8Array(20);
      for (const [index, text] of texts.values.entries())
        expect(new TextDecoder().decode(buffer.subarray(0, bytes.copyValue(index, buffer, 0)))).toBe(text);
    }),
  );
  const wide = new IndicatorSet();
  wide.add('mutex', 'é', CONTEXT, origin(0, 0, 1));
  expect(wide.copyValue(0, new Uint8Array(9), 0)).toBe(-1);
});
