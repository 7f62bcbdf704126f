import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, isDay } from '../../compiler/indicators/day.ts';

test.each(['2024-03-20', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each([
  '',
  '2023-02-29',
  '2024-04-31',
  '2024-13-01',
  '2024-00-10',
  '2024-3-20',
  '20240320',
  '2024-03-20T00:00',
])('`%s` is none', (text) => {
  expect(isDay(text)).toBe(false);
});

test('property: a day is what JavaScript’s calendar has', () => {
  const digits = (length: number, max: number) =>
    fc.integer({ min: 0, max }).map((number) => String(number).padStart(length, '0'));
  const year = fc.oneof(digits(4, 9999), fc.constantFrom('1900', '2000', '2024', '2100'));
  fc.assert(
    fc.property(fc.tuple(year, digits(2, 13), digits(2, 32)), (parts) => {
      const text = parts.join('-');
      const date = new Date(`${text}T00:00:00Z`);
      expect(isDay(text)).toBe(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['2025-01-01', 0, '2025-01-01'],
  ['2025-01-01', 30, '2025-01-31'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2023-02-28', 1, '2023-03-01'],
  ['2025-12-31', 1, '2026-01-01'],
  ['0001-01-01', 365, '0002-01-01'],
  ['9999-12-30', 1, '9999-12-31'],
  ['9999-12-31', 1, '9999-12-31'],
  ['9999-01-01', 36_500, '9999-12-31'],
])('%s and %i days: %s', (day, days, expected) => {
  expect(dayAfter(day, days)).toBe(expected);
});
