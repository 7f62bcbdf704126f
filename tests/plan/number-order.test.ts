import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOfNumbers } from '../../compiler/plan/number-order.ts';

test('property: numbers are in order, equal ones as they stood', () => {
  const number = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(2 ** 32 - 1));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
      const before = Uint32Array.from(numbers);
      const expected = numbers
        .map((_, place) => place)
        .sort((a, b) => (numbers[a] as number) - (numbers[b] as number) || a - b);
      expect([...orderOfNumbers(before)]).toEqual(expected);
      expect([...before]).toEqual(numbers);
    }),
  );
});
