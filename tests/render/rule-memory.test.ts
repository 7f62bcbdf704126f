import { describe, expect, test } from 'vitest';
import { RuleMemory, type RuleSource, sourceOf } from '../../compiler/render/rule-memory.ts';
import { type Given, planOf, setOf, targetOf } from '../plan/help.ts';

const SOURCE: RuleSource = { members: [4, 7], tiers: '', labels: undefined };
const RULE = {
  source: SOURCE,
  digest: '0123456789abcdef',
  identity: { id: '', short: '', sid: 1, rev: 1, created: '', modified: '' } as const,
  text: 'rule',
};
const [FIRST, SECOND, THIRD] = [setOf([]), setOf([]), setOf([])];

/** By index in the second set, that in the first: each stands one further on, and 9 has another context. */
const indexes = Int32Array.from({ length: 10 }, (_, index) => (index === 9 ? -1 : index - 1));

/** One that has rendered `RULE` on the basis `one` of the first set. */
function remembering(): RuleMemory {
  const memory = new RuleMemory();
  memory.begin('one', FIRST, undefined);
  memory.keep('key', RULE);
  return memory;
}

describe('what is remembered', () => {
  const SAME: RuleSource = { ...SOURCE, members: [5, 8] };

  test('a rule of the same key and the same members, by their indexes now', () => {
    const memory = remembering();
    expect(memory.find('key', SOURCE)).toBeUndefined();
    memory.begin('one', SECOND, { before: FIRST, indexes });
    expect(memory.find('key', SAME)).toBe(RULE);
  });

  test.each<[about: string, key: string, source: RuleSource]>([
    ['another key', 'other', SAME],
    ['another member', 'key', { ...SAME, members: [5, 7] }],
    ['one more', 'key', { ...SAME, members: [5, 6, 8] }],
    ['one less', 'key', { ...SAME, members: [5] }],
    ['another order', 'key', { ...SAME, members: [8, 5] }],
    ['another context of one', 'key', { ...SAME, members: [5, 9] }],
    ['another tier', 'key', { ...SAME, tiers: 'watch,watch' }],
    ['another number of labels', 'key', { ...SAME, labels: 2 }],
  ])('but not with %s', (_, key, source) => {
    const memory = remembering();
    memory.begin('one', SECOND, { before: FIRST, indexes });
    expect(memory.find(key, source)).toBeUndefined();
  });

  test.each<[about: string, between: (memory: RuleMemory) => void]>([
    ['on another basis', (memory) => memory.begin('other', SECOND, { before: FIRST, indexes })],
    ['without knowing the set before', (memory) => memory.begin('one', SECOND, undefined)],
    [
      'when a set between was not rendered',
      (memory) => memory.begin('one', THIRD, { before: SECOND, indexes }),
    ],
    [
      'when it was not rendered again',
      (memory) => {
        memory.begin('one', SECOND, { before: FIRST, indexes });
        memory.begin('one', THIRD, { before: SECOND, indexes });
      },
    ],
  ])('nothing %s', (_, between) => {
    const memory = remembering();
    between(memory);
    expect(memory.find('key', SAME)).toBeUndefined();
  });
});

describe('what a rule is made from', () => {
  const GIVEN: Given[] = [
    ['domain', 'one.example'],
    ['domain', 'two.example'],
    ['ip', '192.0.2.1'],
  ];

  /** Of the first entry of a pass. */
  function sourceFor(pass: object, tierOf?: (index: number) => 'block' | 'watch'): RuleSource | undefined {
    const set = setOf(GIVEN);
    const plan = planOf(set, targetOf({ rules: pass }, { identity: 'uuid' }));
    const [entry] = plan.outputs.flatMap(({ passes }) => passes.flatMap(({ entries }) => [...entries]));
    return entry && sourceOf(entry, tierOf);
  }

  test('its indicators, and their tiers where the pass has none', () => {
    const pass = { takes: ['domain'], group: 'context' };
    expect(sourceFor(pass)).toEqual({ members: [0, 1], tiers: '', labels: undefined });
    expect(sourceFor(pass, (index) => (index === 0 ? 'block' : 'watch'))).toMatchObject({
      tiers: 'block,watch,',
    });
    expect(sourceFor({ takes: ['domain'] })).toEqual({ members: [0], tiers: '', labels: undefined });
  });

  test('of reports and intervals it is not known', () => {
    expect(sourceFor({ takes: ['domain'], group: 'report' })).toBeUndefined();
    expect(sourceFor({ takes: ['ip'], merge: true })).toBeUndefined();
  });
});
