import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../../compiler/plan/number-order.ts';

test('property: numbers are in order with what stands beside them, equal ones as they stood', () => {
  const number = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(2 ** 32 - 1));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 150, size: 'max' }), (numbers) => {
      const expected = numbers
        .map((_, place) => place)
        .sort((a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b);
      const sorted = inOrder({
        numbers: Uint32Array.from(numbers),
        beside: Uint32Array.from(numbers, (_, place) => place),
      });
      expect([...sorted.beside]).toEqual(expected);
      expect([...sorted.numbers]).toEqual(expected.map((place) => numbers[place]));
    }),
  );
});
