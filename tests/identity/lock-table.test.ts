import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LockLine } from '../../compiler/identity/lock.ts';
import { LockColumns } from '../../compiler/identity/lock-columns.ts';
import { LockTable } from '../../compiler/identity/lock-table.ts';
import { columnPieces } from '../../compiler/identity/lock-text.ts';
import { textOf, written } from './written.ts';

const A: LockLine = {
  key: 'suricata/dns/domain/a.example',
  id: '4294967295',
  revision: 2 ** 31 - 1,
  digest: '0123456789abcdef',
  created: '2025-01-01',
  changed: '2025-02-03',
};

const key = fc.stringMatching(/^[a-c-]{1,2}\/[ab@]{1,2}(?:\/[ab/.]{0,4}){0,2}$/);
const id = fc.oneof(fc.constant('-'), fc.uuid(), fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String));
const line = fc.record({
  key,
  id,
  revision: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  digest: fc.stringMatching(/^[0-9a-f]{16}$/),
  created: fc.constantFrom('2025-01-01', '2025-01-02', '2025-01-03'),
  changed: fc.constantFrom('2025-01-01', '2025-01-02', '2025-01-03'),
});

describe.each([
  ['few lines', LockTable],
  ['lines as columns', LockColumns],
])('%s', (_, Table) => {
  test('a line is what it was, and another of its key takes its place', () => {
    const table = Table.of([A]);
    expect(table.get(A.key)).toEqual(A);
    const other = { ...A, id: '-', former: ['7'], contested: true } as const;
    table.set(other);
    expect([table.size, table.get(A.key)]).toEqual([1, other]);
    table.set(A);
    expect(table.get(A.key)).toEqual(A);
  });

  test.each([
    'suricata/dns/domain/a.exampl',
    'suricata/dns/',
    'suricata',
    'sigma/dns/domain/a.example',
    '\ud800',
  ])('a key that is not there: %j', (key) => {
    const table = Table.of([A]);
    expect([table.get(key), table.has(key), table.has(A.key)]).toEqual([undefined, false, true]);
  });

  test('no key has other characters than those of ASCII', () => {
    expect(() => Table.of([{ ...A, key: 'sigma/dns/é' }])).toThrow(
      new RangeError('the key `sigma/dns/é` is not ASCII'),
    );
  });

  test('property: it is what a map would be, whatever is put into it', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 200 }), fc.array(key), (lines, others) => {
        const table = Table.of(lines);
        const map = new Map(lines.map((one) => [one.key, one]));
        expect(table.size).toBe(map.size);
        expect([...table.keys()]).toEqual([...map.keys()]);
        expect([...table.values()]).toEqual([...map.values()]);
        for (const one of [...map.keys(), ...others]) expect(table.get(one)).toEqual(map.get(one));
      }),
    );
  });
});

test('property: several are written as one, sorted by key; of two lines with a key the later counts', () => {
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 70 }), { maxLength: 4 }), (locks) => {
      const map = new Map(locks.flat().map((one) => [one.key, one]));
      const expected = [...map.values()]
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((one) => [one.key, one.id, one.revision, one.digest, one.created, one.changed].join(' '));
      const text = textOf(locks.map((some) => LockTable.of(some)));
      const [header, ...lines] = text.split('\n');
      expect(header).toMatch(/^# refang\.lock: /);
      expect(lines).toEqual([...expected, '']);
      const pieces = columnPieces(locks.map((some) => LockColumns.of(some)));
      expect(Array.from(pieces, (piece) => Buffer.from(piece).toString()).join('')).toBe(text);
    }),
  );
});

test('when there are more than a few, all are what they were', () => {
  const lines = Array.from({ length: 6000 }, (_, at) => ({
    ...A,
    key: `suricata/dns/domain/${at}`,
    id: `${at + 1}`,
  }));
  const table = LockTable.of(lines);
  table.set({ ...(lines[7] as LockLine), revision: 9 });
  expect(table.size).toBe(6000);
  expect([...table]).toEqual(lines.map((one, at) => [one.key, at === 7 ? { ...one, revision: 9 } : one]));
});

test.each([
  ['few long stretches in order', 3],
  ['many of them', 40],
])('a table with %s is written sorted', (_, stretches) => {
  const keys: string[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const kind = `k${(stretch * 7) % stretches}`;
    for (let at = 0; at < 1200; at++) keys.push(`stix/indicator/${kind}/${String(at).padStart(5, '0')}`);
    for (let at = 0; at < 50; at++) keys.push(`stix/indicator/${kind}/${(at * 37) % 50}`);
  }
  const text = written(keys.map((one) => ({ ...A, key: one })));
  const sorted = text
    .split('\n')
    .slice(1, -1)
    .map((one) => one.split(' ')[0]);
  expect(sorted).toEqual(keys.toSorted());
});
