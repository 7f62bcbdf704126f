import { expect, test } from 'vitest';
import { isDay } from '../../compiler/indicators/day.ts';

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
