import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, rangeOf } from '../../compiler/indicators/address.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { Explainer } from '../../compiler/prove/explains.ts';
import { type Given, setOf } from '../plan/help.ts';

const LISTED: readonly Given[] = [
  ['domain', 'host.example'],
  ['domain', 'deep.host.example'],
  ['domain', 'exact.example', { match: 'exact' }],
  ['ip', '192.0.2.1'],
  ['ip', '2001:db8::1'],
  ['cidr', '198.51.100.0/24'],
  ['cidr', '203.0.113.4-203.0.113.9'],
  ['cidr', '2001:db8:1::/48'],
  ['endpoint', 'c2.example:8443'],
  ['endpoint', '[2001:db8::5]:443'],
  ['url', 'http://web.example/Path'],
  ['email', 'some.one@mail.example'],
  ['hash', '00112233445566778899aabbccddeeff'],
  ['file_name', 'Tool.exe'],
  ['file_path', 'C:\\Temp\\Evil\\'],
  ['registry_key', 'HKEY_LOCAL_MACHINE\\Software\\Evil'],
  ['mutex', 'Global\\Example'],
];

describe('explains', () => {
  const set = setOf(LISTED);
  const explainer = new Explainer(set, [...LISTED.keys()]);

  const table: [kind: Kind, text: string, ...values: string[]][] = [
    ['domain', 'host.example', 'host.example'],
    ['domain', 'HOST.Example', 'host.example'],
    ['domain', 'www.host.example', 'host.example'],
    ['domain', 'x.deep.host.example', 'deep.host.example', 'host.example'],
    ['domain', 'evilhost.example'],
    ['domain', 'foo-host.example'],
    ['domain', 'host.example.test'],
    ['domain', 'hostxexample.test'],
    ['domain', 'exact.example', 'exact.example'],
    ['domain', 'www.exact.example'],
    ['domain', 'example'],
    ['ip', '192.0.2.1', '192.0.2.1'],
    ['ip', '192.0.2.10'],
    ['ip', '1.192.0.2.1'],
    ['ip', '192.0.2.1.1'],
    ['ip', '2001:db8::1', '2001:db8::1'],
    ['ip', '2001:DB8:0::1', '2001:db8::1'],
    ['ip', '1:2001:db8::1'],
    ['ip', '2001:db8:1::ffff', '2001:db8:1::/48'],
    ['cidr', '198.51.100.0', '198.51.100.0/24'],
    ['cidr', '198.51.100.255', '198.51.100.0/24'],
    ['cidr', '198.51.101.0'],
    ['cidr', '203.0.113.4', '203.0.113.4-203.0.113.9'],
    ['cidr', '203.0.113.10'],
    ['endpoint', 'www.host.example:80', 'host.example'],
    ['endpoint', '192.0.2.1:80', '192.0.2.1'],
    ['endpoint', '[2001:db8::1]:80', '2001:db8::1'],
    ['endpoint', 'C2.example:8443', 'c2.example:8443'],
    ['endpoint', 'c2.example:84430'],
    ['url', 'HTTP://WEB.EXAMPLE/Path', 'http://web.example/Path'],
    ['url', 'http://web.example/Path/x'],
    ['url', 'https://www.host.example/x', 'host.example'],
    ['url', 'https://host.example:8443/x', 'host.example'],
    ['url', 'ftp://user:word@host.example/x', 'host.example'],
    ['url', 'http://[2001:db8::1]:8080/x', '2001:db8::1'],
    ['url', 'http://198.51.100.7/x', '198.51.100.0/24'],
    ['url', 'http://c2.example:8443/x', 'c2.example:8443'],
    ['url', 'http://[2001:db8::5]:443/x', '[2001:db8::5]:443'],
    ['url', 'ftp://some.one@mail.example/x', 'some.one@mail.example'],
    ['url', 'http://other.example/?u=http://web.example/Path', 'http://web.example/Path'],
    ['url', 'http://other.example/host.example', 'host.example'],
    ['url', 'http://evilhost.example/x'],
    ['email', 'any@www.host.example', 'host.example'],
    ['email', 'Some.One@mail.example', 'some.one@mail.example'],
    ['email', 'a.some.one@mail.example'],
    ['email', 'some.one@sub.mail.example'],
    ['user_agent', 'Bot/1.0 (+http://host.example/bot)', 'host.example'],
    ['mutex', 'global\\EXAMPLE', 'Global\\Example'],
    ['mutex', 'Global\\Examples'],
    ['file_path', 'C:\\Temp\\evil\\x.dll', 'C:\\Temp\\Evil\\'],
    ['file_path', 'C:\\Temp\\Evilx\\x.dll'],
    ['file_path', 'D:\\Temp\\tool.EXE', 'Tool.exe'],
    ['file_path', 'D:\\Temp\\xTool.exe'],
    ['registry_key', 'HKEY_LOCAL_MACHINE\\Software\\Evil\\Run', 'HKEY_LOCAL_MACHINE\\Software\\Evil'],
    ['registry_key', 'HKEY_LOCAL_MACHINE\\Software\\Evilx\\Run'],
    ['hash', '00112233445566778899aabbccddeefe'],
    ['ja3', '11112233445566778899aabbccddeeff'],
  ];

  test.each(table)('%s %s', (kind, text, ...values) => {
    expect(explainer.of(kind, text).map((index) => set.value(index))).toEqual(values);
  });

  test('only the candidates', () => {
    expect(new Explainer(set, [1]).of('domain', 'x.deep.host.example')).toEqual([1]);
    expect(new Explainer(set, []).of('domain', 'host.example')).toEqual([]);
  });
});

const label = fc.constantFrom('a', 'b', 'xa', 'a-b', 'host');
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join('.')}.example`);

test('names: the same as a naive check', () => {
  const listed = fc.uniqueArray(fc.tuple(name, fc.constantFrom('suffix' as const, 'exact' as const)), {
    selector: ([value]) => value,
  });
  const around = fc.constantFrom(['', ''], ['http://', ':8080/x'], ['any@', '']);
  fc.assert(
    fc.property(listed, name, around, (domains, seen, [before, after]) => {
      const set = setOf(domains.map(([value, match]) => ['domain', value, { match }]));
      const kind = before === '' ? 'domain' : before === 'any@' ? 'email' : 'url';
      const found = new Explainer(set, [...domains.keys()]).of(kind, `${before}${seen}${after}`);
      const naive = [...domains.entries()].filter(
        ([, [value, match]]) => seen === value || (match === 'suffix' && seen.endsWith(`.${value}`)),
      );
      expect(found.sort((a, b) => a - b)).toEqual(naive.map(([index]) => index));
    }),
  );
});

test('addresses: the same as a naive check', () => {
  const address = fc
    .tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(15))
    .map(([family, n]) =>
      formatAddress(family, (family === 4 ? 0xc0000200n : 0x20010db8n << 96n) + BigInt(n)),
    );
  const listed = fc.uniqueArray(
    fc.oneof(
      address,
      fc.tuple(address, fc.nat(5)).map(([first, more]) => {
        const range = rangeOf(first);
        return `${first}-${formatAddress(range.family, range.last + BigInt(more) + 1n)}`;
      }),
    ),
  );
  fc.assert(
    fc.property(listed, address, (ranges, seen) => {
      const set = setOf(ranges.map((value) => [value.includes('-') ? 'cidr' : 'ip', value]));
      const { family, first } = rangeOf(seen);
      const naive = [...ranges.keys()].filter((index) => {
        const range = rangeOf(ranges[index] as string);
        return range.family === family && range.first <= first && range.last >= first;
      });
      const found = new Explainer(set, [...ranges.keys()]).of('ip', seen);
      expect(found.sort((a, b) => a - b)).toEqual(naive);
    }),
  );
});
