import { describe, expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import type { Group } from '../../compiler/plan/group.ts';
import { allInOrder } from '../../compiler/plan/order.ts';
import { groupByRating } from '../../compiler/plan/rating.ts';
import type { Pass } from '../../compiler/targets/definition.ts';
import { type Given, setOf, targetOf } from './help.ts';

const REPORTED = { reports: ['one', 'two'] };

function groupsOf(given: readonly Given[], more: object = {}): (Group & { values: string[] })[] {
  const set = setOf(given);
  const pass = targetOf({ names: { takes: ['domain'], group: 'rating', ...more } }).outputs[0]?.passes[0];
  const all = allInOrder(set);
  return groupByRating(set, all, pass as Pass).map((group) => ({
    ...group,
    values: Array.from(group.members, (index) => set.value(index)),
  }));
}

test('one for each severity and status, whatever else differs', () => {
  const groups = groupsOf([
    ['domain', 'b.example', REPORTED],
    ['domain', 'a.example', { actors: ['someone'] }],
    ['domain', 'old.example', { status: 'historical' }],
    ['domain', 'low.example', { severity: 'low' }],
  ]);
  expect(groups.map(({ id, key, values, labels }) => [id, key, values, labels])).toEqual([
    ['high', '@high', ['a.example', 'b.example'], undefined],
    ['high-historical', '@high-historical', ['old.example'], undefined],
    ['low', '@low', ['low.example'], undefined],
  ]);
});

test('split by labels, one for each number of them', () => {
  const groups = groupsOf(
    [
      ['domain', 'b.example'],
      ['domain', 'x.b.test'],
      ['domain', 'a.example'],
      ['domain', 'a.b.c.test', { severity: 'low' }],
    ],
    { split: 'labels' },
  );
  expect(groups.map(({ id, values, labels }) => [id, values, labels])).toEqual([
    ['high-2', ['a.example', 'b.example'], 2],
    ['high-3', ['x.b.test'], 3],
    ['low-4', ['a.b.c.test'], 4],
  ]);
});

describe('what is said of all is what each has:', () => {
  const shared: [about: string, a: Partial<Context>, b: Partial<Context>, of: Partial<Context>][] = [
    ['reports', REPORTED, { reports: ['two', 'three'] }, { reports: ['two'] }],
    ['the very same', REPORTED, REPORTED, REPORTED],
    ['actors, where one has none', { actors: ['someone'] }, {}, { actors: [] }],
    ['tags', { tags: ['c2', 'rat'] }, { tags: ['rat'] }, { tags: ['rat'] }],
    ['techniques', { attack: ['T1566'] }, { attack: ['T1566', 'T1071'] }, { attack: ['T1566'] }],
    ['references', { references: ['https://a.example/'] }, {}, { references: [] }],
    ['the least confidence', { confidence: 40 }, { confidence: 90 }, { confidence: 40 }],
    ['the strictest TLP', { tlp: 'green' }, { tlp: 'amber' }, { tlp: 'amber' }],
  ];
  test.each(shared)('%s', (_, a, b, of) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const [group, ...others] = groupsOf([
        ['domain', 'a.example', one],
        ['domain', 'b.example', other],
      ]);
      expect(others).toEqual([]);
      expect(group?.context).toMatchObject(of);
    }
  });

  test('and neither a note nor a date of one', () => {
    const [group] = groupsOf([['domain', 'a.example', { note: 'mine', expires: '2030-01-01' }]]);
    expect(group?.context.note).toBeUndefined();
    expect(group?.context.expires).toBeUndefined();
  });
});
