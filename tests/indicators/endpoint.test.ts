import { expect, test } from 'vitest';
import { endpoint } from '../../compiler/indicators/endpoint.ts';
import { testAccepted, testRefused } from './tables.ts';

testAccepted(endpoint, [
  ['c2.example:8443', 'c2.example:8443'],
  ['C2[.]Example[:]8443', 'c2.example:8443'],
  ['c2.example.:8443', 'c2.example:8443'],
  ['exämple.example:1', 'xn--exmple-cua.example:1'],
  ['192.0.2.1:443', '192.0.2.1:443'],
  ['192[.]0[.]2[.]1[:]65535', '192.0.2.1:65535'],
  ['[2001:DB8::0:1]:443', '[2001:db8::1]:443'],
  [
    '[::ffff:192.0.2.1]:443',
    '192.0.2.1:443',
    ['RF312 `::ffff:192.0.2.1` is IPv4-mapped: read as `192.0.2.1`'],
  ],
]);

testRefused(endpoint, [
  ['', 'RF301', 'the value is empty'],
  ['c2.example:«0»', 'RF319', '`c2.example:0` has the port `0`; ports are 1 to 65535'],
  ['c2[.]example[:]«65536»', 'RF319', '`c2[.]example[:]65536` has the port `65536`; ports are 1 to 65535'],
  ['c2.example:«080»', 'RF319', '`c2.example:080` has the port `080`; ports are 1 to 65535'],
  ['c2.example:«https»', 'RF319', '`c2.example:https` has the port `https`; ports are 1 to 65535'],
  ['c2.example:«»', 'RF319', '`c2.example:` has the port ``; ports are 1 to 65535'],
  [
    '«c2.example»',
    'RF302',
    '`c2.example` is a domain name, not a host with a port',
    'write it under `domain:`',
  ],
  ['«192.0.2.1»', 'RF302', '`192.0.2.1` is an IP address, not a host with a port', 'write it under `ip:`'],
  [
    '«2001:db8::1»',
    'RF302',
    '`2001:db8::1` is an IP address, not a host with a port',
    'write it under `ip:`',
  ],
  [
    '«[2001:db8::1]»',
    'RF302',
    '`[2001:db8::1]` is an IP address, not a host with a port',
    'write it under `ip:`',
  ],
  [
    '«tcp://c2.example:443»',
    'RF302',
    '`tcp://c2.example:443` is a URL, not a host with a port',
    'write it under `url:`',
  ],
  [
    '«c2»',
    'RF319',
    '`c2` has no port',
    'write `:` and the port behind the host; without a port use `domain:` or `ip:`',
  ],
  ['«c2»:443', 'RF305', '`c2` is a single label'],
  ['192.«010».2.1:443', 'RF309', '`192.010.2.1` has a number with a leading zero'],
  ['[«2001:db8»]:443', 'RF308', '`2001:db8` is not an IP address: an IPv6 address has eight groups, or `::`'],
  [
    '«2001:db8::g»:443',
    'RF308',
    '`2001:db8::g` has colons: an IPv6 address before a port stands in brackets',
    'write it as `[2001:db8::1]`',
  ],
]);

test.each([
  ['c2.example:8443', { host: 'c2.example', host_kind: 'domain', port: 8443 }],
  ['192.0.2.1:443', { host: '192.0.2.1', host_kind: 'ip4', port: 443 }],
  ['[2001:db8::1]:443', { host: '2001:db8::1', host_kind: 'ip6', port: 443 }],
])('describe %s', (value, fields) => {
  expect(endpoint.describe(value)).toEqual(fields);
});
