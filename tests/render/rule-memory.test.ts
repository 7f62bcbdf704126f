import { describe, expect, test } from 'vitest';
import { RuleMemory, sourceOf } from '../../compiler/render/rule-memory.ts';
import { type Given, planOf, setOf, targetOf } from '../plan/help.ts';

const RULE = {
  source: 'a',
  digest: '0123456789abcdef',
  identity: { id: '', short: '', sid: 1, rev: 1, created: '', modified: '' } as const,
  text: 'rule',
};

describe('what is remembered', () => {
  test('is what was rendered the last time, by key and source', () => {
    const memory = new RuleMemory();
    memory.begin('basis');
    memory.keep('one', RULE);
    expect(memory.find('one', 'a')).toBeUndefined();
    memory.begin('basis');
    expect(memory.find('one', 'a')).toBe(RULE);
    expect(memory.find('one', 'b')).toBeUndefined();
    expect(memory.find('other', 'a')).toBeUndefined();
  });

  test('is nothing on another basis', () => {
    const memory = new RuleMemory();
    memory.begin('basis');
    memory.keep('one', RULE);
    memory.begin('other');
    expect(memory.find('one', 'a')).toBeUndefined();
  });

  test('is forgotten when it is not rendered again', () => {
    const memory = new RuleMemory();
    memory.begin('basis');
    memory.keep('one', RULE);
    memory.begin('basis');
    memory.begin('basis');
    expect(memory.find('one', 'a')).toBeUndefined();
  });
});

describe('what a rule is made from', () => {
  const PASSES = { rules: { takes: ['domain'], group: 'context' } };
  const GIVEN: Given[] = [
    ['domain', 'one.example', { note: 'first' }],
    ['domain', 'two.example'],
  ];

  /** That of the only group of some indicators. */
  function sourceFor(given: readonly Given[], tier?: 'block' | 'watch'): string | undefined {
    const set = setOf(given);
    const [entry] = planOf(set, targetOf(PASSES, { identity: 'uuid' })).outputs.flatMap(({ passes }) =>
      passes.flatMap(({ entries }) => [...entries]),
    );
    return entry && sourceOf(set, entry, () => tier);
  }

  const [first, second] = GIVEN as [Given, Given];
  test.each<[about: string, given: Given[]]>([
    ['another value', [first, ['domain', 'three.example']]],
    ['one less', [first]],
    ['another note', [['domain', 'one.example', { note: 'other' }], second]],
    [
      'the note of another',
      [
        ['domain', 'one.example'],
        ['domain', 'two.example', { note: 'first' }],
      ],
    ],
    [
      'another severity of all',
      [first, second].map(([kind, value, over]) => [kind, value, { ...over, severity: 'low' }]),
    ],
  ])('tells %s', (_, given) => {
    expect(sourceFor(given)).not.toBe(sourceFor(GIVEN));
  });

  test('tells the tier, and is the same of the same', () => {
    expect(sourceFor(GIVEN, 'watch')).not.toBe(sourceFor(GIVEN, 'block'));
    expect(sourceFor(GIVEN)).toBe(sourceFor(structuredClone(GIVEN)));
    expect(sourceFor(GIVEN)).toBeDefined();
  });
});
