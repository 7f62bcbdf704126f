import { describe, expect, test } from 'vitest';
import { ip } from '../../compiler/indicators/ip.ts';
import { dataLines, hasData, testAccepted, testRefused } from './tables.ts';

testAccepted(ip, [
  ['192.0.2.1', '192.0.2.1'],
  [' 0.0.0.0 ', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['192[.]0[.]2[.]1', '192.0.2.1'],
  ['1.192.194[.]162', '1.192.194.162'],
  ['192(.)0(dot)2{.}1', '192.0.2.1'],
  ['192\\.0\\.2\\.1', '192.0.2.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001[:]db8::1', '2001:db8::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['::', '::'],
  ['2001:db8::192.0.2.1', '2001:db8::c000:201'],
  ['::ffff:192.0.2.1', '192.0.2.1', ['RF312 `::ffff:192.0.2.1` is IPv4-mapped: read as `192.0.2.1`']],
  ['[::FFFF:c000:201]', '192.0.2.1', ['RF312 `::FFFF:c000:201` is IPv4-mapped: read as `192.0.2.1`']],
]);

testRefused(ip, [
  ['', 'RF301', 'the value is empty'],
  ['«010».0.0.1', 'RF309', '`010.0.0.1` has a number with a leading zero'],
  ['192.0[.]«02».1', 'RF309', '`192.0[.]02.1` has a number with a leading zero'],
  ['192.0.2.«256»', 'RF308', '`192.0.2.256` is not an IP address: `256` is over 255'],
  ['192[.]«1000»[.]2.1', 'RF308', '`192[.]1000[.]2.1` is not an IP address: `1000` is over 255'],
  ['«192.0.2»', 'RF310', '`192.0.2` is not spelled as four decimal numbers'],
  ['«0x7f.0.0.1»', 'RF310', '`0x7f.0.0.1` is not spelled as four decimal numbers'],
  ['«3232235777»', 'RF310', '`3232235777` is not spelled as four decimal numbers'],
  ['«192.0.2.1.5»', 'RF308', '`192.0.2.1.5` is not an IP address'],
  ['«192..2.1»', 'RF308', '`192..2.1` is not an IP address'],
  ['«-192.0.2.1»', 'RF308', '`-192.0.2.1` is not an IP address'],
  ['fe80::1«%eth0»', 'RF311', '`fe80::1%eth0` has a zone'],
  ['2001:«g»::1', 'RF308', '`2001:g::1` is not an IP address: it holds `g`'],
  ['2001:«12345»::1', 'RF308', '`2001:12345::1` is not an IP address: `12345` is over `ffff`'],
  ['2001::db8«::»1', 'RF308', '`2001::db8::1` is not an IP address: it holds `::` twice'],
  ['«2001:db8:1»', 'RF308', '`2001:db8:1` is not an IP address: an IPv6 address has eight groups, or `::`'],
  [
    '«1:2:3:4:5:6:7::8:9»',
    'RF308',
    '`1:2:3:4:5:6:7::8:9` is not an IP address: an IPv6 address has eight groups, or `::`',
  ],
  [
    '«192.0.2.1:443»',
    'RF302',
    '`192.0.2.1:443` is a host with a port, not an IP address',
    'write it under `endpoint:`',
  ],
  [
    '«[2001:db8::1]:443»',
    'RF302',
    '`[2001:db8::1]:443` is a host with a port, not an IP address',
    'write it under `endpoint:`',
  ],
  ['«192.0.2.1/32»', 'RF302', '`192.0.2.1/32` is a network, not an IP address', 'write it under `cidr:`'],
  [
    '«192.0.2.1-192.0.2.9»',
    'RF302',
    '`192.0.2.1-192.0.2.9` is a network, not an IP address',
    'write it under `cidr:`',
  ],
  [
    '«host[.]example»',
    'RF302',
    '`host[.]example` is a domain name, not an IP address',
    'write it under `domain:`',
  ],
  [
    '«http://192.0.2.1/»',
    'RF302',
    '`http://192.0.2.1/` is a URL, not an IP address',
    'write it under `url:`',
  ],
]);

test('describe gives the family', () => {
  expect(ip.describe('192.0.2.1')).toEqual({ family: 4 });
  expect(ip.describe('2001:db8::1')).toEqual({ family: 6 });
});

describe.skipIf(!hasData)('public list (skipped: the public data is not beside the checkout)', () => {
  test('every address of phishingdb-active-ips.txt is canonical already', () => {
    const lines = dataLines('lists/phishingdb-active-ips.txt');
    expect(lines).toHaveLength(7120);
    for (const line of lines)
      expect(ip.parse(line)).toEqual({ ok: true, kind: 'ip', value: line, notes: [] });
  });
});
