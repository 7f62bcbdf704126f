import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATUSES, TLPS } from '../../compiler/indicators/context.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import type { Entry } from '../../compiler/plan/entry.ts';
import { FATES } from '../../compiler/plan/fate.ts';
import { EFFECTS } from '../../compiler/targets/definition.ts';
import { fatesOf, type Given, planOf, setOf, targetOf } from './help.ts';

const SHA1 = '000102030405060708090a0b0c0d0e0f10111213';
const VALUES: [Kind, string][] = [
  ...['host.example', 'a.host.example', 'x.a.host.example', 'b.example', 'c.example'].map(
    (value): [Kind, string] => ['domain', value],
  ),
  ...['192.0.2.1', '192.0.2.200', '2001:db8::1'].map((value): [Kind, string] => ['ip', value]),
  ...['192.0.2.0/25', '192.0.2.0/24', '192.0.2.7-192.0.2.130'].map((value): [Kind, string] => [
    'cidr',
    value,
  ]),
  ['url', 'http://host.example/a'],
  ['url', 'https://host.example/b'],
  ['hash', SHA1],
  ['hash', SHA1.slice(0, 32)],
  ['mutex', 'Global\\example'],
];

const context = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    confidence: fc.integer({ min: 0, max: 100 }),
    tlp: fc.constantFrom(...TLPS),
    match: fc.constantFrom('suffix' as const, 'exact' as const),
    expires: fc.constantFrom('2025-12-31', '2026-01-01', '2027-01-01'),
    first_seen: fc.constantFrom('2025-12-31', '2026-01-01', '2027-01-01'),
    file: fc.constantFrom(-1, 0, 1),
    tags: fc.subarray(['one', 'two']),
  },
  { requiredKeys: [] },
);
const sets = fc
  .subarray(VALUES)
  .chain((values) =>
    fc.tuple(...values.map(([kind, value]) => fc.tuple(fc.constant(kind), fc.constant(value), context))),
  )
  .map((given) => setOf(given as Given[]));

const passes = fc.record(
  {
    takes: fc.constantFrom(
      ['domain'],
      ['ip', 'cidr'],
      ['domain', 'ip'],
      { url: { where: { scheme: ['http'] }, otherwise: 'only http' } },
      ['hash'],
    ),
    subdomains: fc.boolean(),
    networks: fc.boolean(),
    group: fc.constant('context'),
    pack: fc.constantFrom({ count: 1 }, { bytes: 20 }, { count: 2, bytes: 60 }),
    above: fc.constantFrom(1, 2),
    upto: fc.constantFrom(1, 2),
    approximates: fc.constant('says only nearly'),
    min_length: fc.constantFrom(5, 12),
  },
  { requiredKeys: ['takes'] },
);
const targets = fc
  .tuple(fc.array(passes, { minLength: 1, maxLength: 4 }), fc.constantFrom(...EFFECTS), fc.boolean())
  .map(([some, effect, tiers]) => {
    const tiered = effect === 'block' && tiers;
    const named = some.map((pass, at) => [
      `p${at}`,
      tiered ? { ...pass, tier: at % 2 ? 'watch' : 'block' } : pass,
    ]);
    return targetOf(Object.fromEntries(named), { effect, ...(tiered && { tiers: ['block', 'watch'] }) });
  });
const guards = fc.constantFrom(
  undefined,
  { consequence: 'refuse' as const, reason: 'guard:special-use' },
  { consequence: 'watch' as const, reason: 'guard:tranco' },
);

function indicatorsOf(entry: Entry): readonly number[] {
  if (entry.type === 'indicator') return [entry.index];
  return entry.type === 'group' ? [...entry.group.members] : [];
}

test('property: one fate for each indicator, an entry for exactly those that are said, and counts that add up', () => {
  fc.assert(
    fc.property(sets, targets, fc.array(guards, { maxLength: 20 }), (set, definition, guarded) => {
      const plan = planOf(set, definition, undefined, { guard: (index) => guarded[index] });
      expect(plan.verdicts).toHaveLength(set.size);
      for (const verdict of plan.verdicts) expect(FATES).toContain(verdict?.fate);
      const counts = plan.verdicts.count();
      expect(FATES.reduce((sum, fate) => sum + counts[fate], 0)).toBe(set.size);

      const entries = plan.outputs.flatMap((output) => output.passes).flatMap((pass) => [...pass.entries]);
      const rendered = new Set(entries.flatMap(indicatorsOf));
      [...plan.verdicts].forEach(({ fate, reason, tier, by }, index) => {
        expect([index, rendered.has(index)]).toEqual([index, fate === 'emitted' || fate === 'approximated']);
        expect([index, by !== undefined]).toEqual([index, fate === 'covered']);
        // What has no entry has a reason, or what covers it; what is only watched has one too.
        const told =
          tier === 'watch' && fate !== 'covered'
            ? reason !== undefined
            : fate !== 'emitted' && fate !== 'covered';
        expect([index, reason !== undefined]).toEqual([index, told]);
        if (by !== undefined) expect(['emitted', 'approximated']).toContain(plan.verdicts.at(by).fate);
      });
    }),
    { numRuns: 300 },
  );
});

test('property: the order of the input changes neither fates nor entries', () => {
  fc.assert(
    fc.property(sets, targets, fc.infiniteStream(fc.nat()), (set, definition, numbers) => {
      const order = [...set.values.keys()].map((index) => [numbers.next().value as number, index] as const);
      order.sort(([a], [b]) => a - b);
      const shuffled = setOf(order.map(([, at]): Given => [set.kind(at), set.value(at), set.context(at)]));
      const named = (some: typeof set) =>
        planOf(some, definition).outputs.map(({ passes: all }) =>
          all.map(({ entries }) =>
            Array.from(entries, (entry) => [
              entry.type === 'group' && entry.group.key,
              indicatorsOf(entry).map((index) => `${some.kind(index)} ${some.value(index)}`),
            ]),
          ),
        );
      expect(fatesOf(shuffled, definition).sort()).toEqual(fatesOf(set, definition).sort());
      expect(named(shuffled)).toEqual(named(set));
    }),
  );
});

describe('what a target can say', () => {
  const set = setOf([
    ['url', 'http://host.example/a'],
    ['url', 'https://host.example/b'],
    ['mutex', 'example'],
    ['ja3', '00112233445566778899aabbccddeeff'],
  ]);

  test('where, otherwise, unsupported, and the sentence for a kind of which nothing is said', () => {
    const target = targetOf(
      {
        http: {
          takes: { url: { where: { scheme: ['http'] }, otherwise: 'only the host of it can be seen' } },
        },
      },
      { unsupported: { mutex: 'the network does not see it' } },
    );
    expect(fatesOf(set, target)).toEqual([
      'http://host.example/a emitted',
      'https://host.example/b unsupported only the host of it can be seen',
      'example unsupported the network does not see it',
      '00112233445566778899aabbccddeeff unsupported Test rules have no place for this kind (ja3)',
    ]);
  });

  test('numbers and flags are compared as what they are', () => {
    const ports = setOf([
      ['url', 'http://host.example:8080/'],
      ['url', 'http://host.example/'],
    ]);
    const target = targetOf({ odd: { takes: { url: { where: { port: [8080], port_given: [true] } } } } });
    expect(Array.from(planOf(ports, target).verdicts, ({ fate }) => fate)).toEqual([
      'emitted',
      'unsupported',
    ]);
  });

  test('an exact pass beside an approximating one counts as emitted', () => {
    const target = targetOf({
      sni: { takes: ['url'], approximates: 'says the host alone' },
      http: { takes: { url: { where: { scheme: ['http'] } } } },
    });
    expect(fatesOf(set, target).slice(0, 2)).toEqual([
      'http://host.example/a emitted',
      'https://host.example/b approximated says the host alone',
    ]);
  });
});

describe('limits', () => {
  const five = setOf(['a', 'b', 'c', 'd', 'e'].map((name): Given => ['domain', `${name}.example`]));
  const switches = targetOf({
    rules: { takes: ['domain'], subdomains: true, upto: 4 },
    dataset: { takes: ['domain'], subdomains: true, above: 4 },
  });
  const entriesOf = (set: typeof five, target: typeof switches) =>
    planOf(set, target).outputs.flatMap((output) => output.passes.map(({ entries }) => entries.length));

  test('above and upto switch at the same number, with no indicator in both or in neither', () => {
    expect(entriesOf(five, switches)).toEqual([0, 5]);
    const four = setOf(five.values.slice(1).map((value): Given => ['domain', value]));
    expect(entriesOf(four, switches)).toEqual([4, 0]);
    expect(planOf(five, switches).switched.map(({ pass, members }) => [pass.name, members])).toEqual([
      ['rules', 5],
    ]);
  });

  test('covered names do not count for the switch', () => {
    const set = setOf([...five.values.map((value): Given => ['domain', value]), ['domain', 'x.a.example']]);
    expect(entriesOf(set, switches)).toEqual([0, 5]);
    expect(fatesOf(set, switches).at(-1)).toBe('x.a.example covered by a.example');
  });

  test('without another pass, what is too many is withheld, and so is what it would have covered', () => {
    const target = targetOf({
      strong: { takes: { hash: { where: { algorithm: ['sha1'] } } }, upto: 1 },
      weak: { takes: { hash: { where: { algorithm: ['md5'] } } } },
    });
    const set = setOf([
      ['hash', SHA1, { file: 0 }],
      ['hash', SHA1.slice(0, 32), { file: 0 }],
      ['hash', SHA1.replace('00', '11')],
    ]);
    expect(fatesOf(set, target)).toEqual([
      `${SHA1} withheld limit`,
      `${SHA1.slice(0, 32)} withheld limit`,
      `${SHA1.replace('00', '11')} withheld limit`,
    ]);
  });

  test('values too short to mean anything, and values too long for a rule of their own', () => {
    const target = targetOf({
      names: { takes: ['mutex'], group: 'context', pack: { bytes: 12 }, min_length: 4 },
    });
    const set = setOf(['abc', 'abcd', 'abcdefghijk', 'abcdefghijkl'].map((value): Given => ['mutex', value]));
    expect(fatesOf(set, target)).toEqual([
      'abc withheld limit',
      'abcd emitted',
      'abcdefghijk emitted',
      'abcdefghijkl withheld limit',
    ]);
  });

  test('values longer than the rule of one indicator can hold', () => {
    const target = targetOf({ names: { takes: ['mutex'], max_bytes: 4 } });
    const set = setOf(['abcd', 'abcde', 'é', 'éé'].map((value): Given => ['mutex', value]));
    // Free text is counted at the most bytes UTF-8 can take.
    expect(fatesOf(set, target)).toEqual([
      'abcd emitted',
      'abcde withheld limit',
      'é emitted',
      'éé withheld limit',
    ]);
  });

  test('what is demoted to a tier without a pass for its kind tells why it was demoted', () => {
    const target = targetOf(
      { drop: { takes: ['ip', 'domain'], tier: 'block' }, log: { takes: ['ip'], tier: 'watch' } },
      { effect: 'block', tiers: ['block', 'watch'] },
    );
    const set = setOf([
      ['domain', 'host.example', { status: 'historical' }],
      ['domain', 'a.example', { confidence: 5 }],
      ['ip', '192.0.2.1', { confidence: 5 }],
    ]);
    expect(fatesOf(set, target)).toEqual([
      'host.example withheld status',
      'a.example withheld confidence',
      '192.0.2.1 emitted confidence (watch)',
    ]);
  });
});

test('a guard comes before policy, and after what the target cannot say', () => {
  const set = setOf([
    ['domain', 'host.example', { status: 'revoked' }],
    ['mutex', 'example'],
  ]);
  const definition = targetOf({ dns: { takes: ['domain'] } });
  const { verdicts } = planOf(set, definition, undefined, {
    guard: () => ({ consequence: 'refuse', reason: 'guard:special-use' }),
  });
  expect(Array.from(verdicts, ({ fate, reason }) => [fate, reason])).toEqual([
    ['withheld', 'guard:special-use'],
    ['unsupported', 'Test rules have no place for this kind (mutex)'],
  ]);
});

test('property: what is decided at once for many is what each of them is told alone', () => {
  fc.assert(
    fc.property(sets, targets, fc.array(guards, { maxLength: 20 }), (set, definition, guarded) => {
      const guard = (index: number) => guarded[index];
      const alone = planOf(set, definition, undefined, { guard });
      const together = planOf(set, definition, undefined, { guard, allPlain: true });
      expect([...together.verdicts]).toEqual([...alone.verdicts]);
      expect(together.switched).toEqual(alone.switched);
    }),
  );
});
