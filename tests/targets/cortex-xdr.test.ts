/** The Cortex XDR target: its files whole, what it cannot say, and a strict parser of the documented format. */

import { describe, expect, test } from 'vitest';
import { buildFiles, buildOne } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, lines, REPORT } from './list-files.ts';
import { parseCortex } from './parsers/cortex-xdr.ts';

const HEADER = 'indicator,type,severity,expiration_date,comment,reputation';

test('the file whole', async () => {
  const { text } = await buildOne(
    'cortex-xdr',
    String.raw`  - {domain: host.example, note: "a\n=b,c"}
  - {domain: alone.example, match: exact, severity: informational, confidence: 60}
  - {ip: 192.0.2.1, status: historical}
  - {hash: 00112233445566778899aabbccddeeff, expires: 2026-03-31, severity: critical}
  - file_name: "=a, b.exe"
  - file_path: C:\a,b\c.exe
`,
  );
  expect(text).toBe(
    lines(
      HEADER,
      'alone.example,DOMAIN_NAME,INFO,Never,REFANG example,SUSPICIOUS',
      '192.0.2.1,IP,LOW,Never,REFANG example historical,SUSPICIOUS',
      '00112233445566778899aabbccddeeff,HASH,CRITICAL,1775001600000,REFANG example,BAD',
      '"=a, b.exe",FILENAME,HIGH,Never,REFANG example,BAD',
      String.raw`"C:\a,b\c.exe",PATH,HIGH,Never,REFANG example,BAD`,
      'host.example,DOMAIN_NAME,HIGH,Never,REFANG example,BAD',
    ),
  );
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('cortex-xdr', HOSTILE);
  expect(await fateOf('host.example')).toBe(
    'approximated the documentation promises the listed name alone, so names below it may pass unseen',
  );
  expect(await fateOf('alone.example')).toBe('emitted');
  expect(await fateOf('2001:db8::1')).toBe('unsupported the documentation shows IPv4 addresses alone');
  expect(await fateOf('198.51.100.0/25')).toBe('unsupported an IP indicator is one address');
  expect(await fateOf('http://host.example/page')).toBe(
    'unsupported there is no type for URLs; the host alone would match the whole site',
  );
  expect(await fateOf('000102030405060708090a0b0c0d0e0f10111213')).toBe(
    'unsupported Cortex XDR knows files by MD5 and SHA-256',
  );
  const local = await buildFiles('cortex-xdr', '  - {file_name: "a*.exe", file_path: ./a}\n');
  expect(await local.fateOf('a*.exe')).toMatch(/^unsupported the documentation does not say whether /);
  expect(await local.fateOf('./a')).toBe('unsupported an indicator of a path is a full one');
  expect(await fateOf('Global\\*')).toBe(
    'unsupported Cortex XDR has types for hashes, addresses, paths, names of domains and of files alone',
  );
});

describe('a strict parser', () => {
  test.each([EXAMPLE, REPORT])('takes what %s makes, and finds what is said in it', async (file) => {
    const { files, said } = await compileFile('cortex-xdr', file);
    const read = [...files.values()].map(parseCortex);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(read.flatMap(({ entries }) => entries.map(({ indicator }) => indicator)).sort()).toEqual(said);
  });

  test('takes hostile values', async () => {
    const { files } = await buildFiles('cortex-xdr', HOSTILE);
    for (const text of files.values()) expect(parseCortex(text).problems).toEqual([]);
  });

  test('refuses what the product would', async () => {
    const { text } = await buildOne(
      'cortex-xdr',
      '  - domain: [host.example, other.example]\n  - ip: 192.0.2.1\n  - hash: 00112233445566778899aabbccddeeff\n',
    );
    expectFaults(parseCortex, text, [
      ['indicator,type', 'type,indicator', '1: not the columns'],
      ['DOMAIN_NAME', 'DOMAIN', 'no type DOMAIN'],
      ['HIGH', 'High', 'no severity High'],
      ['Never', 'never', 'an expiration that is no time'],
      ['Never', '1775001600', 'an expiration that is no time'],
      ['BAD', 'EVIL', 'no reputation EVIL'],
      ['other.example', 'host.example', 'a duplicate'],
      ['other.example', '*.other.example', 'not a host name'],
      ['192.0.2.1', '192.0.2.0/24', 'not an IPv4 address'],
      ['192.0.2.1', '192.0.2.01', 'not an IPv4 address'],
      ['00112233445566778899aabbccddeeff', '0011', 'neither an MD5'],
      ['REFANG example', 'REFANG, example', '7 fields'],
      ['REFANG example', '"REFANG example"', 'quoted for nothing'],
      ['REFANG example,BAD\n', 'REFANG example,BAD', '11 fields'],
    ]);
  });
});
