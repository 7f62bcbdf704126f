import { expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import { isObservable, observablesOf } from '../../../../compiler/prove/engines/stix/stix-observed.ts';

/** The objects of a text, without what all have. */
function seen(kind: Kind, text: string): unknown[] {
  const objects = observablesOf({ id: 0, kind, text, expect: 'match', about: '' });
  return objects.map(({ id, spec_version, ...own }) => {
    expect(id).toMatch(new RegExp(`^${own.type}--`));
    expect(spec_version).toBe('2.1');
    return own;
  });
}

test.each<[Kind, string, unknown[]]>([
  ['domain', 'WWW.host.example', [{ type: 'domain-name', value: 'www.host.example' }]],
  ['ip', '192.0.2.1', [{ type: 'ipv4-addr', value: '192.0.2.1' }]],
  ['cidr', '2001:db8::1', [{ type: 'ipv6-addr', value: '2001:db8::1' }]],
  [
    'endpoint',
    '[2001:db8::1]:443',
    [
      { type: 'ipv6-addr', value: '2001:db8::1' },
      {
        type: 'network-traffic',
        dst_ref: 'ipv6-addr--00000000-0000-4000-8000-000000000001',
        dst_port: 443,
        protocols: ['tcp'],
      },
    ],
  ],
  ['hash', 'ab'.repeat(20), [{ type: 'file', hashes: { 'SHA-1': 'ab'.repeat(20) } }]],
  ['certificate', 'ab'.repeat(32), [{ type: 'x509-certificate', hashes: { 'SHA-256': 'ab'.repeat(32) } }]],
  [
    'file_path',
    'C:\\a\\b.exe',
    [
      { type: 'directory', path: 'C:\\a\\' },
      {
        type: 'file',
        name: 'b.exe',
        parent_directory_ref: 'directory--00000000-0000-4000-8000-000000000001',
      },
    ],
  ],
  ['file_path', '/a/', [{ type: 'directory', path: '/a/' }]],
  ['ja3', 'ab'.repeat(16), []],
])('%s %s', (kind, text, objects) => {
  expect(seen(kind, text)).toEqual(objects);
  expect(isObservable(kind)).toBe(objects.length > 0);
});
