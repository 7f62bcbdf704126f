import { describe, expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, lines, REPORT, readAll } from './list-files.ts';
import { parsePlainList } from './parsers/lists.ts';

describe('the files', () => {
  test('one for each kind and tier, one value a line', async () => {
    const { files } = await buildFiles(
      'lists',
      `  - domain: [host.example, below.host.example, xn--bcher-kva.example]
  - {domain: alone.example, match: exact}
  - {domain: old.example, status: historical}
  - ip: [192.0.2.8, 192.0.2.9, 192.0.2.20, "2001:db8::1"]
  - cidr: 198.51.100.0-198.51.100.4
  - url: "https://host.example/a?b=c"
  - email: a@host.example
  - hash: [00112233445566778899aabbccddeeff, 000102030405060708090a0b0c0d0e0f10111213]
`,
    );
    const filled = [...files].filter(([, text]) => text !== '');
    expect(Object.fromEntries(filled)).toEqual({
      'block-addresses.txt': lines(
        '192.0.2.8/31',
        '192.0.2.20',
        '198.51.100.0/30',
        '198.51.100.4/32',
        '2001:db8::1',
      ),
      'block-domains.txt': lines('host.example', 'xn--bcher-kva.example'),
      'block-domains-exact.txt': lines('alone.example'),
      'block-urls.txt': lines('https://host.example/a?b=c'),
      'block-emails.txt': lines('a@host.example'),
      'block-md5.txt': lines('00112233445566778899aabbccddeeff'),
      'block-sha1.txt': lines('000102030405060708090a0b0c0d0e0f10111213'),
      'watch-domains.txt': lines('old.example'),
    });
    expect(files.size).toBe(18);
  });

  test('what is listed and what is not', async () => {
    const { files, fateOf } = await buildFiles('lists', HOSTILE);
    expect(readAll(files, parsePlainList)).toContain('http://host.example/a*b');
    expect(await fateOf('a-b_c.host.example')).toBe('covered (block)');
    expect(await fateOf('alone.example')).toBe('emitted (block)');
    expect(await fateOf('=cmd@host.example')).toBe(
      'unsupported a line that begins with such a sign may be read as a comment',
    );
    expect(await fateOf('host.example:443')).toBe(
      'unsupported a list of addresses has no ports: every service of the host would be blocked',
    );
    expect(await fateOf('Global\\*')).toBe('unsupported no common list holds values of this kind');
  });

  test.each([EXAMPLE, REPORT])('%s: what is emitted is read, and nothing else', async (file) => {
    const { files, said } = await compileFile('lists', file);
    expect(readAll(files, parsePlainList)).toEqual(said);
  });
});

test.each([
  ['block-addresses.txt', '192.0.2.9/24', 'host bits are set'],
  ['block-addresses.txt', '192.0.2.01', 'not an address'],
  ['block-addresses.txt', '2001:DB8::1', 'not canonical'],
  ['block-addresses.txt', '2001:db8:0:0::1', 'not canonical'],
  ['block-addresses.txt', '0.0.0.0/0', 'everything'],
  ['block-addresses.txt', '192.0.2.0/33', 'no such prefix length'],
  ['block-addresses.txt', '192.0.2.9-192.0.2.1', 'a range that ends before it begins'],
  ['block-addresses.txt', '192.0.2.9-2001:db8::1', 'a range of two families'],
  ['block-addresses.txt', 'host.example', 'not an address'],
  ['block-domains.txt', 'Host.example', 'upper case'],
  ['block-domains.txt', 'host.example.', 'an empty label'],
  ['block-domains.txt', 'example', 'a single label'],
  ['block-domains.txt', `${'a'.repeat(64)}.example`, 'a label longer than 63 characters'],
  ['block-domains.txt', `${'a.'.repeat(124)}example`, 'a name longer than 253 characters'],
  ['block-domains.txt', 'http://host.example', 'a scheme'],
  ['block-domains.txt', '192.0.2.1', 'an address, not a name'],
  ['block-domains.txt', '*.host.example', 'not a name'],
  ['block-domains.txt', 'bücher.example', 'not printable ASCII'],
  ['block-domains.txt', ' host.example', 'a blank at an end'],
  ['block-domains.txt', '', 'a blank line'],
  ['block-urls.txt', 'host.example/a', 'not a URL'],
  ['block-emails.txt', 'host.example', 'not an email address'],
  ['block-md5.txt', '000102030405060708090a0b0c0d0e0f10111213', 'not a hash of md5'],
])('the parser refuses in %s: %s', (name, line, problem) => {
  expect(parsePlainList(name, `${line}\n`).problems).toEqual([`1: ${problem}`]);
});

test('the parser refuses duplicates, an open end and other files', () => {
  expect(parsePlainList('block-md5.txt', '').problems).toEqual([]);
  expect(parsePlainList('block-domains.txt', 'a.example\na.example\n').problems).toEqual(['2: a duplicate']);
  expect(parsePlainList('block-domains.txt', 'a.example').problems).toEqual(['the last line has no end']);
  expect(parsePlainList('block.txt', '').problems).toEqual(['block.txt is no list of this target']);
});
