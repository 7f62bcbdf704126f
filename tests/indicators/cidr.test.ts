import { expect, test } from 'vitest';
import { cidr } from '../../compiler/indicators/cidr.ts';
import { testAccepted, testRefused } from './tables.ts';

testAccepted(cidr, [
  ['192.0.2.0/24', '192.0.2.0/24'],
  ['192[.]0[.]2[.]0/24', '192.0.2.0/24'],
  ['2001:DB8:0::/32', '2001:db8::/32'],
  [
    '192.0.2.5/24',
    '192.0.2.0/24',
    ['RF314 `192.0.2.5/24` has host bits set: read as the network `192.0.2.0/24`'],
  ],
  [
    '2001:db8::1/64',
    '2001:db8::/64',
    ['RF314 `2001:db8::1/64` has host bits set: read as the network `2001:db8::/64`'],
  ],
  ['128.0.0.0/1', '128.0.0.0/1'],
  ['192.0.2.1/32', '192.0.2.1', [], 'ip'],
  ['2001:db8::1/128', '2001:db8::1', [], 'ip'],
  ['192.0.2.1', '192.0.2.1', [], 'ip'],
  ['192.0.2.1-192.0.2.9', '192.0.2.1-192.0.2.9'],
  ['192.0.2[.]1 - 192.0.2[.]9', '192.0.2.1-192.0.2.9'],
  ['192.0.2.1 – 192.0.2.9', '192.0.2.1-192.0.2.9'],
  ['192.0.2.0-192.0.2.255', '192.0.2.0/24'],
  ['192.0.2.7-192.0.2.7', '192.0.2.7', [], 'ip'],
  ['2001:db8::1-2001:DB8::0:ff', '2001:db8::1-2001:db8::ff'],
  ['2001:db8::-2001:db8::ffff', '2001:db8::/112'],
  [
    '::ffff:192.0.2.0/120',
    '192.0.2.0/24',
    ['RF312 `::ffff:192.0.2.0/120` is IPv4-mapped: read as `192.0.2.0/24`'],
  ],
  [
    '::ffff:192.0.2.9/120',
    '192.0.2.0/24',
    [
      'RF314 `::ffff:192.0.2.9/120` has host bits set: read as the network `192.0.2.0/24`',
      'RF312 `::ffff:192.0.2.9/120` is IPv4-mapped: read as `192.0.2.0/24`',
    ],
  ],
  [
    '::ffff:192.0.2.1-::ffff:192.0.2.9',
    '192.0.2.1-192.0.2.9',
    ['RF312 `::ffff:192.0.2.1-::ffff:192.0.2.9` is IPv4-mapped: read as `192.0.2.1-192.0.2.9`'],
  ],
  ['::ffff:192.0.2.1', '192.0.2.1', ['RF312 `::ffff:192.0.2.1` is IPv4-mapped: read as `192.0.2.1`'], 'ip'],
]);

testRefused(cidr, [
  ['', 'RF301', 'the value is empty'],
  ['«0.0.0.0/0»', 'RF315', '`0.0.0.0/0` holds every IPv4 address'],
  ['«192.0.2.1/0»', 'RF315', '`192.0.2.1/0` holds every IPv4 address'],
  ['«::/0»', 'RF315', '`::/0` holds every IPv6 address'],
  ['«::ffff:0:0/96»', 'RF315', '`::ffff:0:0/96` holds every IPv4 address'],
  ['«0.0.0.0-255.255.255.255»', 'RF315', '`0.0.0.0-255.255.255.255` holds every IPv4 address'],
  ['192.0.2.0/«33»', 'RF313', '`192.0.2.0/33` has no prefix length from 0 to 32'],
  ['2001:db8::/«129»', 'RF313', '`2001:db8::/129` has no prefix length from 0 to 128'],
  ['192.0.2.0/«-1»', 'RF313', '`192.0.2.0/-1` has no prefix length from 0 to 32'],
  ['«192.0.2.0/»', 'RF313', '`192.0.2.0/` has no prefix length from 0 to 32'],
  [
    '192.0.2.0/«255.255.255.0»',
    'RF316',
    '`192.0.2.0/255.255.255.0` is written with a netmask',
    'write `/24` in its place',
  ],
  [
    '192.0.2.0/«255.255.255.255»',
    'RF316',
    '`192.0.2.0/255.255.255.255` is written with a netmask',
    'write `/32` in its place',
  ],
  [
    '192.0.2.0/«128.0.0.0»',
    'RF316',
    '`192.0.2.0/128.0.0.0` is written with a netmask',
    'write `/1` in its place',
  ],
  [
    '192.0.2.0/«0.0.0.255»',
    'RF316',
    '`192.0.2.0/0.0.0.255` is written with a netmask',
    'write the prefix length of the network that is meant',
  ],
  ['«010».0.0.0/8', 'RF309', '`010.0.0.0` has a number with a leading zero'],
  ['«10.0»/16', 'RF310', '`10.0` is not spelled as four decimal numbers'],
  [
    '«192.0.2.9-192.0.2.1»',
    'RF317',
    '`192.0.2.9-192.0.2.1` ends before it begins',
    'if the two are swapped, write `192.0.2.1-192.0.2.9`',
  ],
  ['«192.0.2.1-2001:db8::1»', 'RF318', '`192.0.2.1-2001:db8::1` begins in IPv4 and ends in IPv6'],
  [
    '192.0.2.1-«9»',
    'RF308',
    '`192.0.2.1-9` is not a range: its end `9` is not an address',
    'write both addresses in full',
  ],
  ['192.0.2.1-192.0.2.«256»', 'RF308', '`192.0.2.256` is not an IP address: `256` is over 255'],
  ['fe80::1«%eth0»/64', 'RF311', '`fe80::1%eth0` has a zone'],
  [
    '«host-name.example»',
    'RF302',
    '`host-name.example` is a domain name, not a network',
    'write it under `domain:`',
  ],
  [
    '«http://192.0.2.1/24»',
    'RF302',
    '`http://192.0.2.1/24` is a URL, not a network',
    'write it under `url:`',
  ],
]);

test('describe gives the bounds and the exact cover', () => {
  expect(cidr.describe('192.0.2.0/24')).toEqual({
    family: 4,
    first: '192.0.2.0',
    last: '192.0.2.255',
    network: true,
    cidrs: ['192.0.2.0/24'],
  });
  expect(cidr.describe('192.0.2.1-192.0.2.6')).toEqual({
    family: 4,
    first: '192.0.2.1',
    last: '192.0.2.6',
    network: false,
    cidrs: ['192.0.2.1/32', '192.0.2.2/31', '192.0.2.4/31', '192.0.2.6/32'],
  });
  expect(cidr.describe('2001:db8::/32')).toMatchObject({
    family: 6,
    last: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
  });
});
