import { describe, expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { HOSTILE, LEAVE, LEAVE_HINT, lines, manyLines, readAll, testSaid } from './list-files.ts';
import { LIST_PARSERS } from './parsers/list-parsers.ts';
import { parseDestinations } from './parsers/umbrella.ts';

const parse = LIST_PARSERS.umbrella;
const bare = (value: string) => value.replace(/^https?:\/\//, '');

const NO_PLACE =
  'unsupported a URL matches all that begins with it: one that ends in `/` would be a whole folder or site; it is not known to hold a port or a user, and holds no `*`; one of an address could be read as a network';

const LONGER = 'matches longer addresses that begin with it as well';

describe('the lists', () => {
  test('names, URLs without their protocol, IPv4', async () => {
    const { files } = await buildFiles(
      'umbrella',
      `  - domain: [host.example, below.host.example]
  - {domain: old.example, status: historical}
  - ip: [192.0.2.9, 198.51.100.1]
  - cidr: 198.51.100.0/24
  - url: ["http://host.example/page", "https://host.example/page", "https://host.example/a?b=c"]
`,
      LEAVE,
    );
    expect(Object.fromEntries(files)).toEqual({
      'block-addresses-1.txt': lines('192.0.2.9', '198.51.100.0/24'),
      'block-domains-1.txt': lines('host.example'),
      'block-urls-1.txt': lines('host.example/page', 'host.example/a?b=c'),
      'watch-addresses-1.txt': '',
      'watch-domains-1.txt': lines('old.example'),
      'watch-urls-1.txt': '',
    });
  });

  test('what one upload has no room for is in another', async () => {
    const { files } = await buildFiles(
      'umbrella',
      `  - domain: |\n${manyLines(5001, (at) => `      h${at}.example`)}`,
    );
    const sizes = ['block-domains-1.txt', 'block-domains-2.txt'].map((name) =>
      parseDestinations(files.get(name) ?? ''),
    );
    expect(sizes.map(({ entries, problems }) => [entries.length, problems])).toEqual([
      [5000, []],
      [1, []],
    ]);
  });

  test('what a destination cannot be is not listed', async () => {
    const { files, fateOf } = await buildFiles('umbrella', HOSTILE, LEAVE);
    expect(readAll(files, parse)).toContain('host.example/a,b";\'c');
    expect(await fateOf('http://host.example/page')).toBe(`approximated ${LONGER} (block)`);
    expect(await fateOf('alone.example')).toBe(
      'unsupported a domain in a destination list always stands for the names below it too',
    );
    expect(await fateOf('2001:db8::1')).toBe('unsupported a destination is an IPv4 address or network');
    expect(await fateOf('198.51.100.128-198.51.100.130')).toBe(
      'unsupported a destination is an IPv4 address or one network; a range would be several',
    );
    for (const value of [
      'http://host.example/',
      'http://host.example/folder/',
      'http://host.example/a*b',
      'http://host.example:8080/page',
      'http://user:password@host.example/page',
      'http://[2001:db8::1]/page',
      'http://192.0.2.1/9',
      'ftp://host.example/page',
    ])
      expect(await fateOf(value), value).toBe(NO_PLACE);
  });

  test('without leave a URL stands for no longer ones', async () => {
    const { files, fateOf } = await buildFiles('umbrella', HOSTILE);
    expect([files.get('block-urls-1.txt'), files.get('watch-urls-1.txt')]).toEqual(['', '']);
    expect(await fateOf('http://host.example/page')).toBe(`unsupported ${LONGER}${LEAVE_HINT}`);
    expect(await fateOf('http://host.example/folder/')).toBe(NO_PLACE);
    expect(await fateOf('host.example')).toBe('emitted (block)');
  });

  testSaid('umbrella', parse, 2, bare);
});

test.each([
  ['192.0.2.9/24', 'host bits are set'],
  ['192.0.2.1-192.0.2.9', 'a number in place of a top-level domain'],
  ['300.0.2.1', 'not an address'],
  ['2001:db8::1', 'an address, not a name'],
  ['Host.example', 'upper case'],
  ['*.host.example', 'a wildcard'],
  ['host.example/a*', 'a wildcard'],
  ['https://host.example/a', 'a scheme'],
  ['host.example:8080/a', 'not a name'],
  ['host.example/ü', 'not printable ASCII'],
  ['example', 'a single label'],
  ['# comment', 'a single label'],
  ['# host.example', 'not a name'],
])('the parser refuses %s', (line, problem) => {
  expect(parseDestinations(lines(line)).problems).toEqual([`1: ${problem}`]);
});

test('the parser refuses doubles, and more than 5,000', () => {
  expect(parseDestinations(lines('host.example', 'host.example')).problems).toEqual(['2: a duplicate']);
  const crowd = manyLines(5001, (at) => `h${at}.example`);
  expect(parseDestinations(crowd).problems).toEqual(['more than 5000 entries']);
});
