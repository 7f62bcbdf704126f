import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import { type Group, groupByContext } from '../../compiler/plan/group.ts';
import { allInOrder } from '../../compiler/plan/order.ts';
import type { Pass } from '../../compiler/targets/definition.ts';
import { type Given, setOf, targetOf } from './help.ts';

function passOf(pack?: object): Pass {
  const [output] = targetOf({
    rules: { takes: ['domain', 'mutex'], group: 'context', ...(pack && { pack }) },
  }).outputs;
  return output?.passes[0] as Pass;
}

/** The groups as `key → values`. */
function grouped(given: readonly Given[], pack?: object): Map<string, string[]> {
  const set = setOf(given);
  const members = allInOrder(set);
  const groups = groupByContext(set, members, passOf(pack));
  return new Map(
    groups.map(({ key, members: some }: Group) => [key, Array.from(some, (index) => set.value(index))]),
  );
}

const different: [about: string, over: Partial<Context>][] = [
  ['reports', { reports: ['other'] }],
  ['actors', { actors: ['example-group'] }],
  ['status', { status: 'historical' }],
  ['severity', { severity: 'low' }],
  ['confidence', { confidence: 81 }],
  ['TLP', { tlp: 'amber' }],
  ['ATT&CK', { attack: ['T1071.001'] }],
  ['tags', { tags: ['example'] }],
  ['references', { references: ['https://www.example.com/'] }],
];

test.each(different)('%s that differ make two rules', (_, over) => {
  const groups = grouped([
    ['domain', 'a.example'],
    ['domain', 'b.example', over],
  ]);
  expect([...groups.values()].sort()).toEqual([['a.example'], ['b.example']]);
});

const same: [about: string, over: Partial<Context>][] = [
  ['notes', { note: 'a note' }],
  ['days', { first_seen: '2025-01-01', last_seen: '2025-01-02', expires: '2027-01-01' }],
  ['the match of a domain', { match: 'exact' }],
  ['the override of a guard', { allow: [{ guard: 'special-use', reason: 'r', owner: 'o' }] }],
];

test.each(same)('%s that differ do not', (_, over) => {
  const groups = grouped([
    ['domain', 'a.example'],
    ['domain', 'b.example', over],
  ]);
  expect([...groups.values()]).toEqual([['a.example', 'b.example']]);
});

describe('keys', () => {
  test('name the reports, and nothing of what is in the group', () => {
    const reports = { reports: ['one', 'two'] };
    const [small] = grouped([['domain', 'a.example', reports]]).keys();
    const [large] = grouped([
      ['domain', 'a.example', reports],
      ['domain', 'b.example', reports],
    ]).keys();
    expect(small).toMatch(/^@one\+two\/[0-9a-f]{12}$/);
    expect(large).toBe(small);
  });

  test('without a report', () => {
    expect([...grouped([['domain', 'a.example']]).keys()][0]).toMatch(/^@unreported\/[0-9a-f]{12}$/);
  });
});

const names = (count: number) =>
  Array.from({ length: count }, (_, at): Given => ['domain', `host-${at}.example`]);

test('a full group is halved by hash: every part fits, and its key tells its bits', () => {
  const groups = grouped(names(100), { count: 10 });
  expect(Math.max(...[...groups.values()].map((values) => values.length))).toBeLessThanOrEqual(10);
  expect([...groups.values()].flat().sort()).toEqual(
    names(100)
      .map(([, value]) => value)
      .sort(),
  );
  for (const key of groups.keys()) expect(key).toMatch(/^@unreported\/[0-9a-f]{12}\/[01]+$/);
});

test('a group that is just full is not split', () => {
  expect(grouped(names(10), { count: 10 }).size).toBe(1);
  expect(grouped(names(11), { count: 10 }).size).toBeGreaterThan(1);
  // `host-0.example` and one byte between values: 15 each.
  expect(grouped(names(10), { bytes: 150 }).size).toBe(1);
  expect(grouped(names(10), { bytes: 149 }).size).toBeGreaterThan(1);
});

test('free text is counted at the most bytes UTF-8 can take', () => {
  const values: Given[] = ['ä', 'ö'].map((value) => ['mutex', value.repeat(10)]);
  expect(grouped(values, { bytes: 62 }).size).toBe(1);
  expect(grouped(values, { bytes: 61 }).size).toBe(2);
});

test('a range is counted as the networks that cover it', () => {
  // 192.0.2.1/32,192.0.2.2/31,192.0.2.4/31,192.0.2.6/32 and one byte more: 52, the other 56.
  const ranges: Given[] = ['192.0.2', '198.51.1'].map((net) => ['cidr', `${net}.1-${net}.6`]);
  expect(grouped(ranges, { bytes: 108 }).size).toBe(1);
  expect(grouped(ranges, { bytes: 107 }).size).toBe(2);
});

test('the id of a group is its key in the letters of a file name', () => {
  const set = setOf(names(20));
  const members = set.values.map((_, index) => index);
  for (const pack of [undefined, { count: 3 }]) {
    for (const { id, key } of groupByContext(set, members, passOf(pack))) {
      expect(id).toMatch(/^[0-9a-f]{12}(-[01]+)?$/);
      expect(key).toBe(`@unreported/${id.replace('-', '/')}`);
    }
  }
});

const value = fc.stringMatching(/^[a-z]{1,12}$/).map((name): Given => ['domain', `${name}.example`]);
const values = fc.uniqueArray(value, { selector: ([, name]) => name, minLength: 1, maxLength: 60 });
const pack = fc.record({ count: fc.integer({ min: 1, max: 8 }), bytes: fc.integer({ min: 22, max: 200 }) });

test('property: every part is within both limits, and nothing is lost or doubled', () => {
  fc.assert(
    fc.property(values, pack, (given, limits) => {
      const parts = [...grouped(given, limits).values()];
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(limits.count);
        const bytes = part.reduce((sum, name) => sum + Buffer.byteLength(name) + 1, 0);
        expect(bytes).toBeLessThanOrEqual(limits.bytes);
      }
      expect(parts.flat().sort()).toEqual(given.map(([, name]) => name).sort());
    }),
  );
});

test('property: one more indicator changes one part, or splits one', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 8 }), (given, count) => {
      const before = grouped(given.slice(1), { count });
      const after = grouped(given, { count });
      const changed = [...before].filter(([key, part]) => after.get(key)?.join() !== part.join());
      expect(changed.length).toBeLessThanOrEqual(1);
      const [added] = given.map(([, name]) => name);
      const made = [...after].filter(([key, part]) => before.get(key)?.join() !== part.join());
      const remade = made.flatMap(([, part]) => part).sort();
      expect(remade).toEqual([...(changed[0]?.[1] ?? []), added].sort());
    }),
  );
});

/** The plain definition of the parts: halved by the next binary digit of the hash while they do not fit. */
function halved(given: readonly string[], fits: (part: readonly string[]) => boolean, prefix = ''): string[] {
  if (given.length <= 1 || prefix.length === 64 || fits(given))
    return given.length > 0 ? [`${prefix} ${given.join()}`] : [];
  return ['0', '1'].flatMap((bit) => {
    const half = given.filter((name) => digitsOf(name)[prefix.length] === bit);
    return halved(half, fits, prefix + bit);
  });
}

function digitsOf(name: string): string {
  const hash = createHash('sha256').update(`domain ${name}`).digest();
  return hash.readBigUInt64BE().toString(2).padStart(64, '0');
}

test('property: parts are those of the plain definition, whatever order the contexts come in', () => {
  fc.assert(
    fc.property(
      values,
      pack,
      fc.array(fc.constantFrom('low', 'high'), { minLength: 1 }),
      (given, limits, words) => {
        const fits = (part: readonly string[]) =>
          part.length <= limits.count && part.reduce((sum, name) => sum + name.length + 1, 0) <= limits.bytes;
        const severities = given.map((_, at) => words[at % words.length] as 'low' | 'high');
        const groups = grouped(
          given.map(
            ([kind, name], at): Given => [kind, name, { severity: severities[at] as 'low' | 'high' }],
          ),
          limits,
        );
        const expected = ['low', 'high'].flatMap((severity) => {
          const names = given.flatMap(([, name], at) => (severities[at] === severity ? [name] : []));
          return halved(names.sort(), fits);
        });
        const parts = Array.from(groups, ([key, part]) => `${key.split('/')[2] ?? ''} ${part.join()}`);
        expect(parts.sort()).toEqual(expected.sort());
      },
    ),
  );
});
