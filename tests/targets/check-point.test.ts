import { describe, expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, LEAVE, LEAVE_HINT, lines, REPORT } from './list-files.ts';
import { parseFeed } from './parsers/check-point.ts';

const HEADER = '# UNIQ-NAME,VALUE,TYPE,CONFIDENCE,SEVERITY,PRODUCT,COMMENT';

const LONGER = 'Check Point does not say that longer addresses that begin with it are left out';

/** The value that an observable stands for. */
function listedBy({ type, value }: { type: string; value: string }): string {
  return type === 'IP Range' ? `range from ${value.split('-')[0]}` : value;
}

describe('the feed', () => {
  test('whole', async () => {
    const { files } = await buildFiles(
      'check-point',
      `  - {domain: host.example, note: "say \\"x\\", or =1"}
  - {ip: 192.0.2.1, severity: informational, confidence: 70}
  - {cidr: 198.51.100.0/24, note: =1+1}
  - {hash: 00112233445566778899aabbccddeeff, confidence: 20}
`,
    );
    const title = '"Names of ""the"" group local-zone: ""x."" refuse"';
    expect(Object.fromEntries(files)).toEqual({
      'block.csv': lines(
        '#! DESCRIPTION = Indicators to block',
        HEADER,
        'refang-5dd2471cd48d4848c770ca36f3dd7474,host.example,Domain,high,high,AV,"say ""x"", or =1"',
        `refang-1c58d3913e361461539fdabdd48b29c9,192.0.2.1,IP,high,low,AV,${title}`,
        "refang-16d4e4ca1e4145b82c8de6dc6958a911,198.51.100.0-198.51.100.255,IP Range,high,high,AV,'=1+1",
      ),
      'watch.csv': lines(
        '#! DESCRIPTION = Indicators to watch',
        HEADER,
        `refang-aee0e1b66db3ba4c9d53320fa052ac76,00112233445566778899aabbccddeeff,MD5,low,high,AV,${title}`,
      ),
    });
  });

  test('what an observable cannot be is not listed', async () => {
    const { files, fateOf } = await buildFiles('check-point', HOSTILE, LEAVE);
    const { observables, problems } = parseFeed(files.get('block.csv') ?? '');
    expect(problems).toEqual([]);
    const sender = observables.find(({ value }) => value === '=cmd@host.example');
    expect(sender).toMatchObject({ type: 'Mail-from', comment: '\'=HYPERLINK("x"), "quoted" second line' });
    expect(await fateOf('host.example')).toBe(
      'approximated Check Point does not say whether a domain stands for the names below it too (block)',
    );
    expect(await fateOf('alone.example')).toBe(
      'unsupported Check Point does not say whether a domain leaves out the names below it',
    );
    expect(await fateOf('2001:db8::1')).toBe('unsupported an observable is an IPv4 address');
    expect(await fateOf('2001:db8:1::/48')).toBe('unsupported an observable is a range of IPv4 addresses');
    expect(await fateOf('host.example:443')).toBe(
      'unsupported an observable is an address without a port: every service of the host would be blocked',
    );
    expect(await fateOf('http://host.example/page')).toBe(`approximated ${LONGER} (block)`);
    for (const value of ['http://host.example/', 'http://host.example/a*b', 'ftp://host.example/page'])
      expect(await fateOf(value), value).toMatch(/^unsupported an observable may match all that begins/);
    expect(await fateOf('ab'.repeat(64))).toBe('unsupported an observable is an MD5, SHA-1 or SHA-256');
  });

  test('without leave a URL stands for no longer ones', async () => {
    const { files, fateOf } = await buildFiles('check-point', HOSTILE);
    const { observables } = parseFeed(files.get('block.csv') ?? '');
    expect(observables.filter(({ type }) => type === 'URL')).toEqual([]);
    expect(await fateOf('http://host.example/page')).toBe(`unsupported ${LONGER}${LEAVE_HINT}`);
    expect(await fateOf('http://host.example/')).toMatch(/^unsupported an observable may match all that/);
  });

  // For `match: exact` names below would be more than is listed, and no word in refang.yaml allows that.
  test.each(['', LEAVE])('settings `%s`: a domain is said less widely, never more', async (settings) => {
    const { files, fateOf } = await buildFiles(
      'check-point',
      '  - domain: [host.example, below.host.example]\n  - {domain: alone.example, match: exact}\n',
      settings,
    );
    const { observables } = parseFeed(files.get('block.csv') ?? '');
    expect(observables.map(({ value }) => value)).toEqual(['below.host.example', 'host.example']);
    expect(await fateOf('alone.example')).toBe(
      'unsupported Check Point does not say whether a domain leaves out the names below it',
    );
  });

  test.each([
    [EXAMPLE, '', 0],
    [EXAMPLE, LEAVE, 2],
    [REPORT, '', 0],
  ])('%s with settings `%s`: what is emitted is read, and nothing else', async (file, settings, urls) => {
    const { files, said } = await compileFile('check-point', file, settings);
    expect(said.filter((value) => value.startsWith('http'))).toHaveLength(urls);
    const read = [...files.values()].map(parseFeed);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    const ranges = said.map((value) =>
      value.includes('/') && !value.includes(':') ? `range from ${value.split('/')[0]}` : value,
    );
    expect(read.flatMap(({ observables }) => observables.map(listedBy)).sort()).toEqual(ranges.sort());
  });
});

test.each([
  ['a,192.0.2.1,IP,high,high,AV', '6 fields'],
  [',192.0.2.1,IP,high,high,AV,', 'a mandatory field is empty'],
  ['a,,IP,high,high,AV,', 'a mandatory field is empty'],
  ['a,2001:db8::1,IP,high,high,AV,', 'not an IPv4 address'],
  ['a,192.0.2.0/24,IP,high,high,AV,', 'not an address'],
  ['a,192.0.2.0/24,IP Range,high,high,AV,', 'not a range of addresses'],
  ['a,192.0.2.9-192.0.2.1,IP Range,high,high,AV,', 'a range that ends before it begins'],
  ['a,host.example,Hostname,high,high,AV,', 'no type `Hostname`'],
  ['a,Host.example,Domain,high,high,AV,', 'upper case'],
  ['a,host.example/a,URL,high,high,AV,', 'not a URL of the web'],
  ['a,00112233445566778899aabbccddeeff,SHA1,high,high,AV,', 'not a hash of sha1'],
  ['a,00112233445566778899aabbccddeeff,MD5,high,high,AB,', 'Anti-Bot does not process MD5'],
  ['a,host.example,Domain,90,high,AV,', 'no confidence `90`'],
  ['a,host.example,Domain,high,informational,AV,', 'no severity `informational`'],
  ['a,host.example,Domain,high,high,IPS,', 'no product `IPS`'],
  ['a,host.example,Domain,high,high,AV,say "x"', 'text beside quotes'],
  ['a,host.example,Domain,high,high,AV,one, two', '8 fields'],
])('the parser refuses %s', (record, problem) => {
  expect(parseFeed(lines(HEADER, record)).problems).toEqual([`2: ${problem}`]);
});

test('the parser refuses doubles, other line ends and a file without a header', () => {
  const record = 'a,host.example,Domain,high,high,AV,';
  expect(parseFeed(lines(HEADER, record, `b${record.slice(1)}`)).problems).toEqual(['3: a duplicate']);
  expect(parseFeed(lines(HEADER, record, record.replace('host', 'other'))).problems).toEqual([
    '3: a name that is taken',
  ]);
  expect(parseFeed(lines(record)).problems).toEqual(['no header with the names of the columns']);
  expect(parseFeed(`${HEADER}\r\n`).problems).toContain('lines end in more than a line feed');
});
