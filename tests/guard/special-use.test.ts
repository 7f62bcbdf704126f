import { expect, test } from 'vitest';
import { specialUse } from '../../compiler/guard/special-use.ts';
import { subjectOf } from '../../compiler/guard/subject.ts';
import type { Kind } from '../../compiler/indicators/kind.ts';
import { setOf } from '../plan/help.ts';

function aboutOf(kind: Kind, value: string): string | undefined {
  const subject = subjectOf(setOf([[kind, value]]), 0);
  return subject && specialUse(subject)[0]?.about;
}

test.each<[Kind, string, string, string]>([
  ['ip', '0.0.0.0', 'this network', 'RFC 791'],
  ['ip', '10.255.255.255', 'private network', 'RFC 1918'],
  ['ip', '100.64.0.1', 'carrier-grade NAT', 'RFC 6598'],
  ['ip', '127.0.0.1', 'loopback', 'RFC 1122'],
  ['ip', '169.254.169.254', 'link-local', 'RFC 3927'],
  ['ip', '172.31.0.1', 'private network', 'RFC 1918'],
  ['ip', '192.168.0.1', 'private network', 'RFC 1918'],
  ['ip', '192.0.2.1', 'documentation', 'RFC 5737'],
  ['ip', '198.19.255.255', 'benchmarking', 'RFC 2544'],
  ['ip', '224.0.0.1', 'multicast', 'RFC 5771'],
  ['ip', '240.0.0.1', 'reserved', 'RFC 1112'],
  ['ip', '255.255.255.255', 'limited broadcast', 'RFC 8190'],
  ['ip', '::', 'unspecified', 'RFC 4291'],
  ['ip', '::1', 'loopback', 'RFC 4291'],
  ['ip', '::2', 'reserved', 'RFC 4291'],
  ['ip', '64:ff9b::c000:201', 'IPv4/IPv6 translation', 'RFC 6052'],
  ['ip', '100::1', 'discard-only', 'RFC 6666'],
  ['ip', '2001::1', 'Teredo', 'RFC 4380'],
  ['ip', '2001:1::1', 'IETF protocol assignments', 'RFC 2928'],
  ['ip', '2001:db8::1', 'documentation', 'RFC 3849'],
  ['ip', '2002:c000:201::1', '6to4', 'RFC 3056'],
  ['ip', '3fff::1', 'documentation', 'RFC 9637'],
  ['ip', '4000::1', 'reserved', 'RFC 4291'],
  ['ip', 'fd00::1', 'unique local', 'RFC 4193'],
  ['ip', 'fe80::1', 'link-local', 'RFC 4291'],
  ['ip', 'ff02::1', 'multicast', 'RFC 4291'],
  ['cidr', '10.1.0.0/16', 'private network', 'RFC 1918'],
  ['cidr', '8.0.0.0/6', 'private network', 'RFC 1918'],
  ['cidr', '9.255.255.255-10.0.0.0', 'private network', 'RFC 1918'],
  ['cidr', '2001:d00::/24', 'documentation', 'RFC 3849'],
  ['domain', 'host.example', 'documentation', 'RFC 6761'],
  ['domain', 'example.com', 'documentation', 'RFC 6761'],
  ['domain', 'a.b.example.org', 'documentation', 'RFC 6761'],
  ['domain', 'host.test', 'testing', 'RFC 6761'],
  ['domain', 'host.invalid', 'invalid names', 'RFC 6761'],
  ['domain', 'host.localhost', 'loopback', 'RFC 6761'],
  ['domain', 'printer.local', 'multicast DNS', 'RFC 6762'],
  ['domain', 'a.onion', 'Tor', 'RFC 7686'],
  ['domain', 'a.home.arpa', 'home network', 'RFC 8375'],
  ['domain', '1.168.192.in-addr.arpa', 'infrastructure of the DNS', 'RFC 3172'],
  ['domain', 'git.internal', 'private network', 'ICANN Board, 29 July 2024'],
  ['domain', 'nas.lan', 'private network', 'RFC 6762'],
  ['url', 'http://10.0.0.1/a', 'private network', 'RFC 1918'],
  ['url', 'http://[fe80::1]:8080/a', 'link-local', 'RFC 4291'],
  ['url', 'http://user@printer.local/a', 'multicast DNS', 'RFC 6762'],
  ['endpoint', '127.0.0.1:80', 'loopback', 'RFC 1122'],
  ['endpoint', '[::1]:80', 'loopback', 'RFC 4291'],
  ['endpoint', 'host.test:80', 'testing', 'RFC 6761'],
  ['email', 'user@example.com', 'documentation', 'RFC 6761'],
])('%s %s is special: %s', (kind, value, name, source) => {
  expect(aboutOf(kind, value)).toBe(`${name} (${source})`);
});

/* Neighbours of the special ones. */
test.each<[Kind, string]>([
  ['ip', '1.0.0.0'],
  ['ip', '9.255.255.255'],
  ['ip', '11.0.0.0'],
  ['ip', '100.128.0.0'],
  ['ip', '172.32.0.0'],
  ['ip', '198.17.255.255'],
  ['ip', '223.255.255.255'],
  ['ip', '2001:200::1'],
  ['ip', '2001:db9::1'],
  ['ip', '2600::1'],
  ['cidr', '11.0.0.0/8'],
  ['cidr', '2600::/12'],
  ['domain', 'example.de'],
  ['domain', 'myexample.com'],
  ['domain', 'local.host'],
  ['domain', 'test.co'],
  ['url', 'https://home.arpa.co/10.0.0.1'],
  ['email', 'localhost@test.co'],
  ['file_path', '/tmp/10.0.0.1'],
  ['hash', '00112233445566778899aabbccddeeff'],
])('%s %s is not', (kind, value) => {
  expect(aboutOf(kind, value)).toBeUndefined();
});
