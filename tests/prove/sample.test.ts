import { expect, test } from 'vitest';
import { sampleOf } from '../../compiler/prove/sample.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test('all of few', () => {
  expect(sampleOf([3, 5, 8], 3, () => 'one')).toEqual([3, 5, 8]);
});

test('of many some at even distances, in their order, the same every time', () => {
  expect(sampleOf(numbers(100), 4, () => 'one')).toEqual([0, 25, 50, 75]);
});

test('strata share the room, and what small ones leave', () => {
  const sample = sampleOf(numbers(1000), 10, (at) => (at < 2 ? 'few' : at < 300 ? 'some' : 'many'));
  expect(sample.filter((at) => at < 2)).toEqual([0, 1]);
  expect(sample.filter((at) => at >= 2 && at < 300)).toHaveLength(4);
  expect(sample.filter((at) => at >= 300)).toHaveLength(4);
});

test('never more than there is room for, where every one is a stratum', () => {
  expect(sampleOf(numbers(100), 5, String)).toEqual([0, 20, 40, 60, 80]);
});
