import { expect, test } from 'vitest';
import { randomNumbers } from '../../compiler/digest/random.ts';

test.each([0, 1, 3, 16_384, 40_000])('%d numbers, each of which is filled once', (size) => {
  const pieces: number[] = [];
  const numbers = randomNumbers(size, (piece) => {
    pieces.push(piece.length);
    for (let at = 0; at < piece.length; at++) piece[at] = (piece[at] as number) + 1;
  });
  expect(numbers).toEqual(new Int32Array(size).fill(1));
  // Web Crypto refuses more than 65,536 bytes.
  expect(pieces.every((length) => length * 4 <= 65_536)).toBe(true);
});

test('all bits of them are random', () => {
  const ones = Array.from({ length: 32 }, (_, bit) => {
    return randomNumbers(1000).filter((number) => (number >>> bit) & 1).length;
  });
  // Of a thousand fair coins hardly ever more than 650 or less than 350 show the same side: once in 10^20 throws.
  expect(Math.min(...ones)).toBeGreaterThan(350);
  expect(Math.max(...ones)).toBeLessThan(650);
});

test('they differ from one time to the next', () => {
  expect(randomNumbers(8)).not.toEqual(randomNumbers(8));
});
