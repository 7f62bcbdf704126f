import { expect, test } from 'vitest';
import { contextsIn, sameIn } from '../../compiler/indicators/same.ts';
import { type Given, setOf } from '../plan/help.ts';

const BEFORE: Given[] = [
  ['domain', 'one.example', { note: 'first' }],
  ['ip', '192.0.2.1', { note: 'second' }],
  ['domain', 'two.example'],
];
const AFTER: Given[] = [
  ['domain', 'two.example', { note: 'first' }],
  ['domain', 'one.example', { note: 'first' }],
  ['url', 'https://one.example/'],
  ['ip', '192.0.2.1', { note: 'new' }],
];

test('the same values, whatever is known of them', () => {
  expect([...sameIn(setOf(BEFORE), setOf(AFTER))]).toEqual([2, 0, -1, 1]);
});

test('the same contexts, whoever has them', () => {
  const [before, after] = [setOf(BEFORE), setOf(AFTER)];
  const contexts = contextsIn(before, after);
  const sameOf = (index: number) => contexts[after.contextId(index)];
  expect(sameOf(1)).toBe(before.contextId(0));
  expect(sameOf(0)).toBe(before.contextId(0));
  expect(sameOf(2)).toBe(before.contextId(2));
  expect(sameOf(3)).toBe(-1);
});
