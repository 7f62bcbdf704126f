/** Entries of reports and actors: who is named by which indicators. */

import { describe, expect, test } from 'vitest';
import type { Actor } from '../../compiler/indicators/context.ts';
import { type Given, planOf, setOf, targetOf } from './help.ts';

const actor = (id: string, ...linked_to: string[]): Actor => ({
  id,
  name: id,
  aliases: [],
  kind: 'group',
  linked_to,
});
const ACTORS = new Map(
  [actor('a', 'b'), actor('b', 'c'), actor('c', 'a'), actor('d')].map((one) => [one.id, one]),
);

const GIVEN: Given[] = [
  ['domain', 'one.example', { reports: ['r1', 'r2'], actors: ['a'] }],
  ['domain', 'two.example', { reports: ['r2'] }],
  ['domain', 'old.example', { reports: ['r3'], actors: ['d'], status: 'revoked' }],
  ['domain', 'none.example'],
  ['ip', '192.0.2.1', { reports: ['r2'] }],
];

function planned(passes: object) {
  const definition = targetOf(passes, { identity: 'uuid' });
  return planOf(setOf(GIVEN), definition, undefined, { actors: ACTORS });
}

/** `id: values` of each entry of a pass. */
function entriesOf(passes: object, name: string): string[] {
  const plans = planned(passes).outputs.flatMap((output) => output.passes);
  const entries = plans.find(({ pass }) => pass.name === name)?.entries ?? [];
  return Array.from(entries, (entry) =>
    entry.type === 'subject'
      ? `${entry.id}: ${Array.from(entry.members, (index) => GIVEN[index]?.[1]).join(' ')}`
      : entry.type,
  );
}

describe('reports', () => {
  test('each that an accepted indicator names, and one entry for what none names', () => {
    expect(entriesOf({ events: { takes: ['domain'], group: 'report' } }, 'events')).toEqual([
      ': none.example',
      'r1: one.example',
      'r2: one.example two.example',
    ]);
  });

  test('one with too many is split by the values of its indicators', () => {
    const many: Given[] = Array.from({ length: 9 }, (_, at) => [
      'domain',
      `host-${at}.example`,
      { reports: ['r1'] },
    ]);
    const partsOf = (given: readonly Given[]) => {
      const definition = targetOf(
        { events: { takes: ['domain'], group: 'report', pack: { count: 4 } } },
        { identity: 'uuid' },
      );
      const set = setOf(given);
      const entries = planOf(set, definition).outputs.flatMap((output) =>
        output.passes.flatMap((pass) => [...pass.entries]),
      );
      return new Map(
        entries.map((entry) =>
          entry.type === 'subject'
            ? [`${entry.id}/${entry.part}`, Array.from(entry.members, (index) => set.value(index))]
            : ['', []],
        ),
      );
    };
    const parts = partsOf(many);
    expect(parts.size).toBeGreaterThan(2);
    expect([...parts.keys()].every((key) => /^r1\/[01]+$/.test(key))).toBe(true);
    expect([...parts.values()].every((members) => members.length <= 4)).toBe(true);
    expect([...parts.values()].flat().sort()).toEqual(many.map(([, value]) => value));
    // One less changes its own part alone.
    const fewer = partsOf(many.slice(1));
    const changed = [...parts].filter(([key, members]) => String(fewer.get(key)) !== String(members));
    expect(changed.map(([, members]) => members.includes('host-0.example'))).toEqual([true]);
    expect([...partsOf(many.slice(0, 4)).keys()]).toEqual(['r1/']);
  });

  test('their indicators are said by it', () => {
    const { verdicts } = planned({ events: { takes: ['domain'], group: 'report' } });
    expect(Array.from(verdicts, ({ fate }) => fate)).toEqual([
      'emitted',
      'emitted',
      'withheld',
      'emitted',
      'unsupported',
    ]);
  });

  test('that refer to another pass name only what that pass has, and say nothing themselves', () => {
    const passes = {
      rules: { takes: ['domain'], upto: 9 },
      reports: { takes: ['domain', 'ip'], group: 'report', refers: 'rules' },
    };
    expect(entriesOf(passes, 'reports')).toEqual([
      ': none.example',
      'r1: one.example',
      'r2: one.example two.example',
    ]);
    expect(planned(passes).verdicts.at(4).fate).toBe('unsupported');
  });
});

test('actors: those named, and those that these are linked to; they say nothing of the indicators', () => {
  const passes = { who: { takes: ['domain'], group: 'actor' } };
  expect(entriesOf({ ...passes, names: { takes: ['domain'] } }, 'who')).toEqual([
    'a: one.example',
    'b: ',
    'c: ',
  ]);
  expect(Array.from(planned(passes).verdicts, ({ fate }) => fate)).toEqual(Array(5).fill('unsupported'));
});

test('an actor that no indicator names is known from those of the actors that lead to it', () => {
  const passes = { who: { takes: ['domain'], group: 'actor' } };
  const [plan] = planned({ ...passes, names: { takes: ['domain'] } }).outputs.flatMap((one) => one.passes);
  const known = Array.from(
    plan?.entries ?? [],
    (entry) => entry.type === 'subject' && [entry.id, ...entry.known],
  );
  expect(known).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 0],
  ]);
});
