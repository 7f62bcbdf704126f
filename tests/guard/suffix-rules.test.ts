/** Which rule of the Public Suffix List decides about a name: what the library says that the list comes with. */

import fc from 'fast-check';
import { parse } from 'tldts';
import { expect, test } from 'vitest';
import { suffixOf, suffixRules } from '../../compiler/guard/suffix-rules.ts';

test.each([
  ['1ds.me', 'me', false],
  ['x.co.uk', 'co.uk', false],
  ['co.uk', 'co.uk', false],
  ['lengmo.myds.me', 'myds.me', true],
  // `公司.cn`
  ['a.xn--55qx5d.cn', 'xn--55qx5d.cn', false],
  // `*.ck`, and its exception `!www.ck`.
  ['a.b.ck', 'b.ck', false],
  ['www.ck', 'ck', false],
  ['a.www.ck', 'ck', false],
])('the suffix of %s is %s', (name, suffix, isPrivate) => {
  expect(suffixOf(name)).toEqual({ suffix, isPrivate });
});

test('of a name below no listed domain there is none', () => {
  expect(suffixOf('host.nosuchdomain')).toBeUndefined();
});

test('the list has each rule in Punycode, and none in other letters', () => {
  const names = [...suffixRules()].map(({ name }) => name);
  expect(names.filter((name) => /[^!-~]/.test(name))).toEqual([]);
  expect(names).toContain('xn--p1ai');
});

/** As the library tells it. */
function told(name: string) {
  const { publicSuffix, isIcann, isPrivate } = parse(name, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
  });
  return isIcann || isPrivate ? { suffix: publicSuffix, isPrivate } : undefined;
}

test('names of any labels below any rule have the suffix that the library finds', () => {
  const names = [...suffixRules()].map(({ name }) => name);
  expect(names.length).toBeGreaterThan(9000);
  const label = fc.constantFrom('a', 'www', 'com', 'co', 's3', 'kawasaki', 'city', 'xn--p1ai');
  const below = fc
    .tuple(fc.array(label, { maxLength: 3 }), fc.constantFrom(...names))
    .map(([labels, name]) => [...labels, name].join('.'));
  fc.assert(
    fc.property(below, (name) => {
      expect(suffixOf(name)).toEqual(told(name));
    }),
    { seed: 20, numRuns: 5000 },
  );
  for (const name of names) expect(suffixOf(name)).toEqual(told(name));
});
