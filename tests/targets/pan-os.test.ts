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
import { LIST_PARSERS } from './parsers/list-parsers.ts';
import { parseExternalDynamicList } from './parsers/pan-os.ts';

type ListType = 'ip' | 'domain' | 'url';

const parse = LIST_PARSERS['pan-os'];

/** The value of an indicator without what the list has no place for. */
const bare = (value: string) => value.replace(/^(?:\*\.|\^|https?:\/\/)/, '');

const NO_PLACE =
  'unsupported an entry matches all that begins with it: one that ends in `/` would be a whole folder or site; it is not known to hold a port, a user or IPv6, and `*` and `^` are wildcards';
const LONGER = 'matches longer addresses that begin with it as well, and any case of letters';

describe('the lists', () => {
  test('a name with those below it is two entries, one alone has a caret', async () => {
    const { files } = await buildFiles(
      'pan-os',
      `  - domain: [host.example, below.host.example]
  - {domain: alone.example, match: exact}
  - {domain: old.example, status: historical}
  - ip: [192.0.2.8, 192.0.2.9, 192.0.2.10]
  - url: ["http://host.example/Page", "https://host.example/page", "https://host.example/page/b?c=1"]
`,
      LEAVE,
    );
    expect(Object.fromEntries(files)).toEqual({
      'block-ip.txt': lines('192.0.2.8-192.0.2.10'),
      'block-domain.txt': lines('host.example', '*.host.example', '^alone.example'),
      'block-url.txt': lines('host.example/Page', 'host.example/page/b?c=1'),
      'watch-ip.txt': '',
      'watch-domain.txt': lines('old.example', '*.old.example'),
      'watch-url.txt': '',
    });
  });

  test('what a list has no place for is not listed', async () => {
    const { files, fateOf } = await buildFiles('pan-os', HOSTILE, LEAVE);
    expect(readAll(files, parse)).toContain('host.example/a,b";\'c');
    expect(await fateOf('http://host.example/page')).toBe(`approximated ${LONGER} (block)`);
    expect(await fateOf('https://host.example/page')).toBe(`approximated ${LONGER} (block)`);
    expect(await fateOf('alone.example')).toBe('emitted (block)');
    for (const value of [
      'http://host.example/',
      'http://host.example/folder/',
      'http://host.example/a*b',
      'http://host.example/?a=^',
      'http://host.example:8080/page',
      'http://user:password@host.example/page',
      'http://[2001:db8::1]/page',
      'ftp://host.example/page',
    ])
      expect(await fateOf(value), value).toBe(NO_PLACE);
    expect(await fateOf('a+b@host.example')).toBe(
      'unsupported an external dynamic list holds addresses, domains or URLs',
    );
  });

  test('without leave a URL stands for no longer ones', async () => {
    const { files, fateOf } = await buildFiles('pan-os', HOSTILE);
    expect([files.get('block-url.txt'), files.get('watch-url.txt')]).toEqual(['', '']);
    expect(await fateOf('http://host.example/page')).toBe(`unsupported ${LONGER}${LEAVE_HINT}`);
    expect(await fateOf('http://host.example/folder/')).toBe(NO_PLACE);
    expect(await fateOf('alone.example')).toBe('emitted (block)');
  });

  test('each list has the lines that the firewall takes', async () => {
    const [first, second, third] = ['h1.example', 'h2.example', 'h3.example'];
    const source = `  - domain: [${first}, ${second}, ${third}]\n  - ip: [192.0.2.1, 192.0.2.3, 192.0.2.5]\n`;
    const of = (capacity: number) => settingsInReadme('pan-os').replace('150000', String(capacity));
    const low = await buildFiles('pan-os', source, of(2));
    expect(low.files.get('block-domain.txt')).toBe(lines(first, `*.${first}`));
    expect(low.files.get('block-ip.txt')).toBe(lines('192.0.2.1', '192.0.2.3'));
    expect(await low.fateOf(third)).toBe('withheld limit (block)');
    const high = await buildFiles('pan-os', source, of(4));
    expect(high.files.get('block-domain.txt')).toBe(lines(first, `*.${first}`, second, `*.${second}`));
    expect(high.files.get('block-ip.txt')).toBe(lines('192.0.2.1', '192.0.2.3', '192.0.2.5'));
  });

  test('an entry has at most 255 characters', async () => {
    const fits = `http://host.example/${'a'.repeat(242)}`;
    const { files, fateOf } = await buildFiles('pan-os', `  - url: [${fits}, ${fits}b]\n`, LEAVE);
    expect(files.get('block-url.txt')).toBe(lines(bare(fits)));
    expect(bare(fits)).toHaveLength(255);
    expect(await fateOf(`${fits}b`)).toBe('withheld limit');
  });

  testSaid('pan-os', parse, 2, bare);
});

test.each<[ListType, string, string]>([
  ['ip', '192.0.2.9/24 with host bits', 'host bits are set'],
  ['ip', 'host.example', 'not an address'],
  ['ip', '192.0.2.1, a comment', 'not an address'],
  ['ip', '192.0.2.1-192.0.2.1', 'a range that ends before it begins'],
  ['domain', 'http://host.example', 'a URL in a list of domains'],
  ['domain', 'host.example/', 'a URL in a list of domains'],
  ['domain', '192.0.2.1', 'an address, not a name'],
  ['domain', 'www.*.example', 'a wildcard that is not the first token'],
  ['domain', 'w*.host.example', 'a wildcard that is not the first token'],
  ['domain', '*host.example', 'a wildcard that is not the first token'],
  ['domain', 'host.example # comment', 'not a name'],
  ['domain', 'Host.example', 'upper case'],
  ['url', 'https://host.example/page', 'a scheme'],
  ['url', 'host.example', 'no path'],
  ['url', 'host.example/a*b', 'a wildcard inside a token'],
  ['url', `host.example/${'a'.repeat(243)}`, 'longer than 255 characters'],
  ['url', 'host.example/a b', 'not a path and query'],
])('the parser refuses in a list of type %s: %s', (type, line, problem) => {
  expect(parseExternalDynamicList(type, lines(line)).problems).toEqual([`1: ${problem}`]);
});

test('the parser takes comments behind addresses, and refuses doubles and too many', () => {
  const { entries, problems } = parseExternalDynamicList(
    'ip',
    lines('2001:db8:1::/64 internal', '192.0.2.1 #x'),
  );
  expect({ entries, problems }).toEqual({ entries: ['2001:db8:1::/64', '192.0.2.1'], problems: [] });
  const doubled = parseExternalDynamicList('url', lines('host.example/a', 'host.example/A'));
  expect(doubled.problems).toEqual(['2: a duplicate']);
  const crowd = manyLines(50_001, (at) => `h${at}.example`);
  expect(parseExternalDynamicList('domain', crowd).problems).toEqual(['more than 50000 entries']);
});
