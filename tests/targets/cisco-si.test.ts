import { describe, expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { HOSTILE, LEAVE, LEAVE_HINT, lines, readAll, testSaid } from './list-files.ts';
import { parseSecurityIntelligence } from './parsers/cisco-si.ts';
import { LIST_PARSERS } from './parsers/list-parsers.ts';

type ListType = 'network' | 'dns' | 'url';

const parse = LIST_PARSERS['cisco-si'];

const NO_PLACE =
  'unsupported an entry of a URL list is not known to hold a port or a user, holds no IPv6 address, and no `*` behind the host';

const NEAR =
  'Cisco promises an exact match only of a URL that ends in `/`: names below the host, or longer addresses that begin with it, may match as well';

describe('the lists', () => {
  test('networks in place of ranges, names once, URLs whole', async () => {
    const { files } = await buildFiles(
      'cisco-si',
      `  - domain: [host.example, below.host.example]
  - {domain: old.example, status: historical}
  - ip: [192.0.2.9, "2001:db8::1"]
  - cidr: 198.51.100.0-198.51.100.4
  - url: ["http://host.example/", "https://host.example/Page", "https://host.example/page"]
`,
      LEAVE,
    );
    expect(Object.fromEntries(files)).toEqual({
      'block-network.txt': lines('192.0.2.9', '198.51.100.0/30', '198.51.100.4/32', '2001:db8::1'),
      'block-dns.txt': lines('host.example'),
      'block-url.txt': lines(
        'http://host.example/',
        'https://host.example/Page',
        'https://host.example/page',
      ),
      'watch-network.txt': '',
      'watch-dns.txt': lines('old.example'),
      'watch-url.txt': '',
    });
  });

  test('what a list has no place for is not listed', async () => {
    const { files, fateOf } = await buildFiles('cisco-si', HOSTILE, LEAVE);
    expect(readAll(files, parse)).toContain('http://host.example/a,b";\'c');
    expect(await fateOf('http://host.example/')).toBe('emitted (block)');
    expect(await fateOf('http://host.example/folder/')).toBe('emitted (block)');
    expect(await fateOf('http://host.example/page')).toBe(`approximated ${NEAR} (block)`);
    expect(await fateOf('alone.example')).toBe(
      'unsupported a name in a DNS list always stands for those below it too',
    );
    for (const value of [
      'http://host.example/a*b',
      'http://host.example:8080/page',
      'http://user:password@host.example/page',
      'http://[2001:db8::1]/page',
      'ftp://host.example/page',
    ])
      expect(await fateOf(value), value).toBe(NO_PLACE);
    expect(await fateOf('ab'.repeat(64))).toBe(
      'unsupported a Security Intelligence list holds addresses, domains or URLs',
    );
  });

  test('without leave a URL stands for no other ones', async () => {
    const { files, fateOf } = await buildFiles('cisco-si', HOSTILE);
    expect(files.get('block-url.txt')).toBe(
      lines(
        'http://host.example/',
        'http://host.example/folder/',
        'http://host.example/page?a=1&b=http://other.example/',
      ),
    );
    expect(await fateOf('http://host.example/')).toBe('emitted (block)');
    expect(await fateOf('http://host.example/page')).toBe(`unsupported ${NEAR}${LEAVE_HINT}`);
    expect(await fateOf('http://host.example:8080/page')).toBe(NO_PLACE);
  });

  testSaid('cisco-si', parse, 2);
});

test.each<[ListType, string, string]>([
  ['network', '192.0.2.9/24', 'host bits are set'],
  ['network', '0.0.0.0/0', 'everything'],
  ['network', '::/0', 'everything'],
  ['network', '192.0.2.1-192.0.2.9', 'not an address'],
  ['network', 'host.example', 'not an address'],
  ['dns', 'Host.example', 'upper case'],
  ['dns', 'w*.host.example', 'not a name'],
  ['dns', 'http://host.example', 'a scheme'],
  ['dns', '192.0.2.1', 'an address, not a name'],
  ['dns', 'bücher.example', 'not printable ASCII'],
  ['url', 'http://host.example/a*', 'a wildcard behind the first slash'],
  ['url', 'http://[2001:db8::1]/a', 'an IPv6 address'],
  ['url', 'http://host.example:8080/a', 'not a name'],
  ['url', 'ftp://host.example/a', 'a single label'],
  ['url', 'example*.test/', 'not a name'],
])('the parser refuses in a list of type %s: %s', (type, line, problem) => {
  expect(parseSecurityIntelligence(type, lines(line)).problems).toEqual([`1: ${problem}`]);
});

test('the parser takes comments and whole labels as wildcards, and refuses doubles', () => {
  const dns = parseSecurityIntelligence('dns', lines('# ours', 'www.host.*', '*.host.example'));
  expect(dns).toEqual({ entries: ['www.host.*', '*.host.example'], problems: [] });
  expect(parseSecurityIntelligence('dns', lines('a.example', 'a.example')).problems).toEqual([
    '2: a duplicate',
  ]);
});
