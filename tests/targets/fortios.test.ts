import { describe, expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import {
  HOSTILE,
  LEAVE,
  LEAVE_HINT,
  lines,
  manyLines,
  readAll,
  settingsInReadme,
  testSaid,
} from './list-files.ts';
import { parseThreatFeed } from './parsers/fortios.ts';
import { LIST_PARSERS } from './parsers/list-parsers.ts';

type FeedType = 'address' | 'domain' | 'category' | 'malware';

const parse = LIST_PARSERS.fortios;

const withoutWildcard = (entry: string) => entry.replace(/^\*\./, '');

const NO_PLACE =
  'unsupported an entry may match all that begins with it: one that ends in `/` would be a whole folder or site; it is not known to hold a user, and `*` is a wildcard';

const LONGER = 'Fortinet does not say that longer addresses that begin with it are left out';

describe('the feeds', () => {
  test('one of each type, hashes apart by algorithm', async () => {
    const { files } = await buildFiles(
      'fortios',
      `  - domain: [host.example, below.host.example]
  - {domain: old.example, status: historical}
  - ip: [192.0.2.8, "2001:db8::1"]
  - cidr: 198.51.100.0-198.51.100.4
  - url: ["http://host.example:8080/Page", "https://[2001:db8::1]/page"]
  - hash: [00112233445566778899aabbccddeeff, 000102030405060708090a0b0c0d0e0f10111213]
`,
      LEAVE,
    );
    const filled = [...files].filter(([, text]) => text !== '');
    expect(Object.fromEntries(filled)).toEqual({
      'block-address.txt': lines('192.0.2.8', '198.51.100.0-198.51.100.4', '2001:db8::1'),
      'block-domain.txt': lines('host.example', '*.host.example'),
      'block-category.txt': lines('http://host.example:8080/Page', 'https://[2001:db8::1]/page'),
      'block-malware-md5.txt': lines('00112233445566778899aabbccddeeff'),
      'block-malware-sha1.txt': lines('000102030405060708090a0b0c0d0e0f10111213'),
      'watch-domain.txt': lines('old.example', '*.old.example'),
    });
    expect(files.size).toBe(12);
  });

  test('what a feed has no place for is not listed', async () => {
    const { files, fateOf } = await buildFiles('fortios', HOSTILE, LEAVE);
    expect(readAll(files, parse)).toContain('http://host.example/a,b";\'c');
    expect(await fateOf('http://host.example/page')).toBe(`approximated ${LONGER} (block)`);
    expect(await fateOf('alone.example')).toBe(
      'unsupported Fortinet does not say whether a name alone leaves out the names below it',
    );
    for (const value of [
      'http://host.example/',
      'http://host.example/folder/',
      'http://host.example/a*b',
      'http://user:password@host.example/page',
      'ftp://host.example/page',
    ])
      expect(await fateOf(value), value).toBe(NO_PLACE);
    expect(await fateOf('00112233445566778899aabbccddeeff')).toBe('emitted (block)');
    expect(await fateOf('ab'.repeat(64))).toBe('unsupported a malware feed takes MD5, SHA-1 and SHA-256');
  });

  test('without leave a URL stands for no longer ones', async () => {
    const { files, fateOf } = await buildFiles('fortios', HOSTILE);
    expect([files.get('block-category.txt'), files.get('watch-category.txt')]).toEqual(['', '']);
    expect(await fateOf('http://host.example/page')).toBe(`unsupported ${LONGER}${LEAVE_HINT}`);
    expect(await fateOf('http://host.example/folder/')).toBe(NO_PLACE);
    expect(await fateOf('host.example')).toBe('emitted (block)');
  });

  test('each feed has the lines that the FortiGate takes', async () => {
    const [first, second, third] = ['h1.example', 'h2.example', 'h3.example'];
    const hash = (at: number) => `${at}`.repeat(32);
    const source = `  - domain: [${first}, ${second}, ${third}]\n  - hash: ["${hash(1)}", "${hash(2)}", "${hash(3)}"]\n`;
    const of = (capacity: number) => settingsInReadme('fortios').replace('300000', String(capacity));
    const low = await buildFiles('fortios', source, of(2));
    expect(low.files.get('block-domain.txt')).toBe(lines(first, `*.${first}`));
    expect(low.files.get('block-malware-md5.txt')).toBe(lines(hash(1), hash(2)));
    expect(await low.fateOf(third)).toBe('withheld limit (block)');
    const high = await buildFiles('fortios', source, of(4));
    expect(high.files.get('block-domain.txt')).toBe(lines(first, `*.${first}`, second, `*.${second}`));
    expect(high.files.get('block-malware-md5.txt')).toBe(lines(hash(1), hash(2), hash(3)));
  });

  testSaid('fortios', parse, 2, withoutWildcard);
});

test.each<[FeedType, string, string]>([
  ['address', '192.0.2.9/24', 'host bits are set'],
  ['address', '192.0.2.9-192.0.2.1', 'a range that ends before it begins'],
  ['address', 'host.example', 'not an address'],
  ['address', '2001:DB8::1', 'not canonical'],
  ['domain', 'https://host.example', 'a scheme'],
  ['domain', 'Host.example', 'upper case'],
  ['domain', 'host.example/a', 'not a name'],
  ['domain', '192.0.2.1', 'an address, not a name'],
  ['domain', '*.*', 'everything'],
  ['category', 'host.example/a', 'not a URL of the web'],
  ['category', 'http://host.example', 'not a URL of the web'],
  ['category', 'http://host.example/a*b', 'a wildcard that is neither first nor last'],
  ['category', 'http://host.example:70000/a', 'no such port'],
  ['category', 'http://user@host.example/a', 'not a host and port'],
  ['category', `http://host.example/${'a'.repeat(4096)}`, 'longer than 4096 characters'],
  ['malware', 'ab'.repeat(64), 'neither MD5, SHA-1 nor SHA-256'],
  ['malware', 'AB'.repeat(16), 'not a hash of md5'],
])('the parser refuses in a feed of type %s: %s', (type, line, problem) => {
  expect(parseThreatFeed(type, lines(line)).problems).toEqual([`1: ${problem}`]);
});

test('the parser takes comments and descriptions, and refuses mixtures, doubles and too much', () => {
  expect(parseThreatFeed('malware', lines('# seen', `${'ab'.repeat(16)} Trojan`)).entries).toEqual([
    'ab'.repeat(16),
  ]);
  const mixed = parseThreatFeed('malware', lines('ab'.repeat(16), 'ab'.repeat(20)));
  expect(mixed.problems).toEqual(['2: not a hash of md5']);
  expect(parseThreatFeed('domain', lines('a.example', 'a.example')).problems).toEqual(['2: a duplicate']);
  const crowd = manyLines(131_073, (at) => `h${at}.example`);
  expect(parseThreatFeed('domain', crowd).problems).toEqual(['more than 131072 entries']);
  const large = manyLines(100_000, (at) => `http://host.example/${'a'.repeat(80)}${at}`);
  expect(parseThreatFeed('category', large).problems).toEqual(['more than 10000000 bytes']);
});
