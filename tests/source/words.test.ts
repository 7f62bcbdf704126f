import { expect, test } from 'vitest';
import { choices, enumerated } from '../../compiler/source/words.ts';

test.each([
  [[], '', ''],
  [['a'], '`a`', '`a`'],
  [['a', 'b'], '`a` or `b`', '`a` and `b`'],
  [['a', 'b or c', 'd'], '`a`, `b or c` or `d`', '`a`, `b or c` and `d`'],
])('%j', (words, any, all) => {
  expect([choices(words), enumerated(words)]).toEqual([any, all]);
});
