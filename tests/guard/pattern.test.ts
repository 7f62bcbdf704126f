import { describe, expect, test } from 'vitest';
import { readPattern } from '../../compiler/guard/pattern.ts';

test.each<[pattern: string, value: string, matches: boolean]>([
  ['/^(security|noc|soc|abuse)\\@.*\\..*$/i', 'abuse@host.ru', true],
  ['/^(security|noc|soc|abuse)\\@.*\\..*$/i', 'noabuse@host.ru', false],
  ['^evil[0-9]{2}\\.com$', 'evil42.com', true],
  ['^evil[0-9]{2}\\.com$', 'evil4.com', false],
  ['/(^|\\.)duckdns\\.org$/', 'a.duckdns.org', true],
  ['/EVIL/', 'evil.com', true],
  ['/evil/u', 'evil.com', true],
])('%s on %s: %s', (text, value, matches) => {
  const pattern = readPattern(text);
  expect('test' in pattern && pattern.test(value)).toBe(matches);
});

test('a value longer than any name is not compared', () => {
  const pattern = readPattern('/a/');
  expect('test' in pattern && [pattern.test('a'.repeat(256)), pattern.test('a'.repeat(257))]).toEqual([
    true,
    false,
  ]);
});

describe('what is refused', () => {
  test.each<[pattern: string, why: string]>([
    ['/(a+)+$/', 'it repeats a group that holds repetitions or alternatives'],
    ['/^(a|aa)*$/', 'it repeats a group that holds repetitions or alternatives'],
    ['/((a{2,}))*b/', 'it repeats a group that holds repetitions or alternatives'],
    ['/(?:a?){50}b/', 'it repeats a group that holds repetitions or alternatives'],
    ['/a*a*a*a*b/', 'it could match in too many ways'],
    [`/${'a?'.repeat(30)}${'a'.repeat(30)}/`, 'it could match in too many ways'],
    [`/${'(a|a)'.repeat(30)}b/`, 'it could match in too many ways'],
    ['/(a)\\1/', 'it refers back to a group'],
    ['/(?=a+)a/', 'it looks ahead or behind'],
    ['/(?<!a)b/', 'it looks ahead or behind'],
    ['/(/', 'it is not a regular expression'],
    ['/[z-a]/', 'it is not a regular expression'],
    ['/a/g', 'the flag `g` is not supported'],
  ])('%s', (text, refused) => {
    expect(readPattern(text)).toEqual({ refused });
  });
});
