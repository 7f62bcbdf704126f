import { describe, expect, test } from 'vitest';
import type { Kind } from '../../../../compiler/indicators/kind.ts';
import {
  logEvents,
  NOT_LOGGED,
  type SigmaEvent,
} from '../../../../compiler/prove/engines/sigma/sigma-events.ts';

/** The events of one text, by carrier. */
function eventsOf(kind: Kind, text: string): Map<string, SigmaEvent> {
  const shown = { id: 7, kind, text, expect: 'match', about: '' } as const;
  const events = logEvents([shown]).flatMap((source) => source.events);
  expect(events.every((event) => event.case === 7)).toBe(true);
  return new Map(events.map((event) => [event.carrier, event]));
}

/** The fields that tell the case to a rule, and what stands in them. */
function told(kind: Kind, text: string): Record<string, Record<string, unknown>> {
  const entries = [...eventsOf(kind, text)].map(([carrier, { fields, tells }]) => {
    const names = [...new Set(tells.flat())];
    return [carrier, Object.fromEntries(names.map((name) => [name, fields[name]]))] as const;
  });
  return Object.fromEntries(entries);
}

describe('each kind is carried by the log sources that have a field for it', () => {
  const table: [kind: Kind, text: string, carried: Record<string, Record<string, unknown>>][] = [
    [
      'domain',
      'A.example',
      {
        'dns_query/windows': { QueryName: 'A.example' },
        dns: { query: 'A.example' },
        proxy: { 'cs-host': 'A.example', 'r-dns': 'A.example' },
        'network_connection/windows': { DestinationHostname: 'A.example' },
      },
    ],
    [
      'ip',
      '192.0.2.1',
      {
        proxy: { dst_ip: '192.0.2.1' },
        'network_connection/windows': { DestinationIp: '192.0.2.1' },
        firewall: { dst_ip: '192.0.2.1' },
        'firewall, as source': { src_ip: '192.0.2.1' },
      },
    ],
    [
      'cidr',
      '2001:db8::bad:1',
      {
        proxy: { dst_ip: '2001:db8::bad:1' },
        'network_connection/windows': { DestinationIp: '2001:db8::bad:1' },
        'network_connection/windows, IPv6 in full': { DestinationIp: '2001:db8:0:0:0:0:bad:1' },
        firewall: { dst_ip: '2001:db8::bad:1' },
        'firewall, as source': { src_ip: '2001:db8::bad:1' },
      },
    ],
    [
      'endpoint',
      'c2.example:8443',
      { 'network_connection/windows': { DestinationHostname: 'c2.example', DestinationPort: 8443 } },
    ],
    [
      'endpoint',
      '[2001:db8::1]:53',
      {
        'network_connection/windows': { DestinationIp: '2001:db8::1', DestinationPort: 53 },
        'network_connection/windows, IPv6 in full': {
          DestinationIp: '2001:db8:0:0:0:0:0:1',
          DestinationPort: 53,
        },
        firewall: { dst_ip: '2001:db8::1', dst_port: 53 },
      },
    ],
    [
      'url',
      'https://me@a.example:8443/x/y.php?id=1&z=?',
      {
        proxy: {
          'c-uri': 'https://me@a.example:8443/x/y.php?id=1&z=?',
          'cs-uri': 'https://me@a.example:8443/x/y.php?id=1&z=?',
          'c-uri-stem': '/x/y.php',
          'c-uri-query': 'id=1&z=?',
        },
      },
    ],
    ['user_agent', 'Bad "1"', { proxy: { 'c-useragent': 'Bad "1"' } }],
    [
      'file_name',
      'bad.exe',
      { 'file_event/windows': { TargetFilename: 'C:\\Users\\Public\\Documents\\bad.exe' } },
    ],
    ['file_path', 'C:\\x\\bad.exe', { 'file_event/windows': { TargetFilename: 'C:\\x\\bad.exe' } }],
    [
      'registry_key',
      'HKEY_LOCAL_MACHINE\\Software\\Bad',
      {
        'registry_event/windows': { TargetObject: 'HKLM\\Software\\Bad' },
        'registry_event/windows, a value below': { TargetObject: 'HKLM\\Software\\Bad\\Filler' },
      },
    ],
    ['mutex', 'x', {}],
  ];
  for (const [kind, text, carried] of table) {
    test(`${kind} ${text}`, () => expect(told(kind, text)).toEqual(carried));
  }

  test('a URL has its host too, without user and port', () => {
    expect(eventsOf('url', 'https://me@a.example:8443/').get('proxy')?.fields).toMatchObject({
      'cs-host': 'a.example',
      'c-uri-stem': '/',
    });
  });

  test('the kinds without a log source', () => {
    expect(NOT_LOGGED).toEqual(['email', 'ja3', 'ja3s', 'ja4', 'certificate', 'mutex']);
  });
});

describe('Sysmon', () => {
  const hashes = (text: string) => eventsOf('hash', text).get('process_creation/windows')?.fields.Hashes;

  test('writes every hash of a file, in upper case', () => {
    const one = 'ab'.repeat(16);
    expect(hashes(one)).toMatch(
      new RegExp(`^SHA1=[0-9A-F]{40},MD5=${one.toUpperCase()},SHA256=[0-9A-F]{64},IMPHASH=[0-9A-F]{32}$`),
    );
    expect(hashes('cd'.repeat(20))).toContain(`SHA1=${'CD'.repeat(20)},MD5=`);
    expect(hashes('ef'.repeat(32))).toContain(`,SHA256=${'EF'.repeat(32)},IMPHASH=`);
    expect(hashes('0'.repeat(128))).toBeUndefined();
  });

  const USER = 'HKU\\S-1-5-21-1004336348-1177238915-682003330-1001';
  const keys: [key: string, written: string][] = [
    ['HKEY_CURRENT_USER\\Software\\Bad', `${USER}\\Software\\Bad`],
    ['HKEY_CURRENT_USER\\Software\\Classes\\.bad', `${USER}_Classes\\.bad`],
    ['HKEY_CURRENT_USERX\\Bad', 'HKEY_CURRENT_USERX\\Bad'],
    ['HKEY_USERS\\.DEFAULT\\Bad', 'HKU\\.DEFAULT\\Bad'],
    ['HKEY_CLASSES_ROOT\\.bad', 'HKCR\\.bad'],
    ['HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\.bad', 'HKCR\\.bad'],
    [
      'HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\Bad',
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Bad',
    ],
    ['HKEY_CURRENT_CONFIG\\Bad', 'HKLM\\System\\CurrentControlSet\\Hardware Profiles\\Current\\Bad'],
  ];
  for (const [key, written] of keys) {
    test(`writes ${key} as ${written}`, () => {
      expect(eventsOf('registry_key', key).get('registry_event/windows')?.fields.TargetObject).toBe(written);
    });
  }
});
