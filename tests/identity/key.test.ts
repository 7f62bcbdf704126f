import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupKey, indicatorKey } from '../../compiler/identity/key.ts';

const cases: [kind: string, value: string, key: string][] = [
  ['domain', '1ds.me', 'suricata/dns/domain/1ds.me'],
  ['url', 'http://host.example/a?b=c&d=%41', 'suricata/dns/url/http://host.example/a?b=c&d=%2541'],
  ['mutex', 'Global\\a b', 'suricata/dns/mutex/Global\\a%20b'],
  ['mutex', 'tab\tline\n\u007f', 'suricata/dns/mutex/tab%09line%0A%7F'],
  ['mutex', 'ä€😀', 'suricata/dns/mutex/%C3%A4%E2%82%AC%F0%9F%98%80'],
  ['mutex', '\ud800', 'suricata/dns/mutex/%EF%BF%BD'],
  ['user_agent', `!"#$%&'()*+`, `suricata/dns/user_agent/!"#$%25&'()*+`],
];

test.each(cases)('%s %j', (kind, value, key) => {
  expect(indicatorKey('suricata', 'dns', kind, value)).toBe(key);
});

test('groups, with their tier where there is one', () => {
  expect(groupKey('sigma', 'dns', '@insikt-i-soon/5c1f0a9e', undefined)).toBe(
    'sigma/dns/@insikt-i-soon/5c1f0a9e',
  );
  expect(groupKey('nftables', 'set', '@r/5c1f0a9e/01', 'watch')).toBe('nftables/set/watch/@r/5c1f0a9e/01');
});

test('property: a key is one printable word, and different values have different keys', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (one, two) => {
      const [first, second] = [one, two].map((value) => indicatorKey('t', 'p', 'mutex', value));
      expect(first).toMatch(/^[!-~]+$/);
      expect(first === second).toBe(one === two);
    }),
  );
});
