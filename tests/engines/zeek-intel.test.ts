import { describe, expect, test } from 'vitest';
import { readZeekIntel } from './zeek-intel.ts';

const COLUMNS = ['indicator', 'indicator_type', 'meta.source', 'meta.desc', 'meta.url'];
const HEADER = `#fields\t${COLUMNS.join('\t')}`;

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (...lines: string[]) => readZeekIntel(bytes(`${lines.join('\n')}\n`));
const row = (indicator: string, type: string, source = 'example', desc = 'a note', url = '-') =>
  [indicator, `Intel::${type}`, source, desc, url].join('\t');

/** The problems of one row, without the line. */
const faults = (...cells: Parameters<typeof row>) =>
  read(HEADER, row(...cells)).problems.map(({ message }) => message);

describe('a good file', () => {
  test('gives its rows, decoded, with unset cells absent', () => {
    const { rows, problems } = read(
      HEADER,
      '# a comment',
      row('evil.example', 'DOMAIN', 'example', 'C2 \\x23 server', 'https://report.example/one'),
      row('192.0.2.1', 'ADDR', 'example', '-'),
      row('\\x23agent\\x09caf\\xc3\\xa9 \\x5cx41', 'SOFTWARE', 'example', '\\x2d'),
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        line: 3,
        cells: {
          indicator: 'evil.example',
          indicator_type: 'Intel::DOMAIN',
          'meta.source': 'example',
          'meta.desc': 'C2 # server',
          'meta.url': 'https://report.example/one',
        },
      },
      { line: 4, cells: { indicator: '192.0.2.1', indicator_type: 'Intel::ADDR', 'meta.source': 'example' } },
      {
        line: 5,
        cells: {
          indicator: '#agent\tcafé \\x41',
          indicator_type: 'Intel::SOFTWARE',
          'meta.source': 'example',
          'meta.desc': '-',
        },
      },
    ]);
  });

  test('may have no rows', () => {
    expect(read(HEADER)).toEqual({ rows: [], problems: [] });
  });

  test('takes the columns of the scripts that Zeek brings, and an expiry of ours', () => {
    const { problems } = read(
      `${HEADER}\tmeta.do_notice\tmeta.if_in\tmeta.remove\tmeta.expires`,
      `${row('evil.example', 'DOMAIN')}\tT\tDNS::IN_REQUEST\t-\t1798761600`,
      `${row('c2.example', 'DOMAIN')}\tF\t-\tF\t-`,
    );
    expect(problems).toEqual([]);
  });

  test.each([
    ['ADDR', '2001:db8::1'],
    ['SUBNET', '192.0.2.0/24'],
    ['SUBNET', '192.0.2.1/32'],
    ['SUBNET', '2001:db8::/32'],
    ['SUBNET', '2001:db8:0:8000::/49'],
    ['DOMAIN', 'xn--bcher-kva.example'],
    ['DOMAIN', '_dmarc.evil.example'],
    ['URL', 'evil.example/'],
    ['URL', 'evil.example/a b/c.php?x=1'],
    ['URL', 'evil.example:8080:8080/p'],
    ['URL', 'http://evil.example/p'],
    ['URL', '192.0.2.1/p'],
    ['URL', '[2001:db8::1]:8080/p'],
    ['EMAIL', 'a.b+c@evil.example'],
    ['FILE_HASH', 'd'.repeat(32)],
    ['FILE_HASH', 'D'.repeat(64)],
    ['CERT_HASH', 'a'.repeat(40)],
    ['PUBKEY_HASH', Array(16).fill('ab').join(':')],
    ['FILE_NAME', 'invoice "x".exe'],
    ['FILE_NAME', 'back\\x5cslash.exe'],
    ['SOFTWARE', 'Evil Agent/1.0 (x; y)'],
    ['USER_NAME', 'mallory'],
  ])('takes %s %s', (type, indicator) => {
    expect(faults(indicator, type)).toEqual([]);
  });
});

describe('the file as a whole', () => {
  test.each([
    ['a byte order mark', `\ufeff${HEADER}\n`, 1, 'the first bytes are not "#fields" and a tab'],
    ['a comment before the header', `# hello\n${HEADER}\n`, 1, 'the first bytes are not "#fields" and a tab'],
    [
      'a blank after #fields',
      `${HEADER.replace('#fields\t', '#fields ')}\n`,
      1,
      'the first bytes are not "#fields" and a tab',
    ],
    ['no header', `${row('evil.example', 'DOMAIN')}\n`, 1, 'the first bytes are not "#fields" and a tab'],
    ['a header of other case', `${HEADER.replace('indicator\t', 'Indicator\t')}\n`, 1, 'no column indicator'],
    ['a column Zeek does not know', `${HEADER}\tmeta.note\n`, 1, 'unknown column "meta.note"'],
    ['a column twice', `${HEADER}\tmeta.url\n`, 1, 'column meta.url twice'],
    [
      'no line break at the end',
      `${HEADER}\n${row('evil.example', 'DOMAIN')}`,
      2,
      'no line break at the end',
    ],
    ['an empty line', `${HEADER}\n\n`, 2, 'empty line'],
    ['a second header', `${HEADER}\n${HEADER}\n`, 2, 'a second header'],
    [
      'a row lost as a comment',
      `${HEADER}\n${row('#evil', 'SOFTWARE')}\n`,
      2,
      'a row that Zeek reads as a comment',
    ],
    ['lines that end in CRLF', `${HEADER}\r\n`, 1, 'unknown column "meta.url\\r"'],
  ])('refuses %s', (_, text, line, message) => {
    expect(readZeekIntel(bytes(text)).problems).toContainEqual({ line, message });
  });

  test('refuses bytes that are no UTF-8', () => {
    expect(readZeekIntel(new Uint8Array([0x23, 0xff])).problems).toEqual([{ line: 1, message: 'not UTF-8' }]);
  });

  test('refuses the same indicator, type and source, whatever the case of the indicator', () => {
    const { rows, problems } = read(
      HEADER,
      row('evil.example', 'DOMAIN'),
      row('evil.example', 'DOMAIN', 'other'),
      row('EVIL.example', 'DOMAIN', 'Example'),
      row('Evil.Example', 'DOMAIN'),
    );
    expect(problems).toEqual([{ line: 5, message: 'the same indicator, type and source as line 2' }]);
    expect(rows.map(({ line }) => line)).toEqual([2, 3, 4]);
  });
});

describe('cells', () => {
  test.each([
    ['too few', 'evil.example\tIntel::DOMAIN\texample', '3 cells where the header has 5'],
    ['too many', `${row('evil.example', 'DOMAIN')}\tx`, '6 cells where the header has 5'],
    [
      'one parted by a raw tab',
      row('evil.example', 'DOMAIN', 'example', 'a\tb'),
      '6 cells where the header has 5',
    ],
    ['a CR at the end', `${row('evil.example', 'DOMAIN')}\r`, 'meta.url: a blank at the edge'],
  ])('refuses %s', (_, line, message) => {
    expect(read(HEADER, line).problems).toEqual([{ line: 2, message }]);
  });

  test.each([
    [['', 'DOMAIN'], 'indicator: empty'],
    [['-', 'DOMAIN'], 'indicator: unset'],
    [['evil.example', 'DOMAIN', ''], 'meta.source: empty'],
    [['evil.example', 'DOMAIN', '-'], 'meta.source: unset'],
    [['evil.example', 'DOMAIN', 'example', ''], 'meta.desc: empty'],
    [['evil.example ', 'DOMAIN'], 'indicator: a blank at the edge'],
    [[' evil.example', 'DOMAIN'], 'indicator: a blank at the edge'],
    [['evil.example', 'DOMAIN', 'example', 'a\u0007b'], 'meta.desc: a control character'],
    [['a\\x4', 'SOFTWARE'], 'indicator: a backslash that begins no \\xHH'],
    [['a\\xZZ', 'SOFTWARE'], 'indicator: a backslash that begins no \\xHH'],
    [['a\\X41', 'SOFTWARE'], 'indicator: a backslash that begins no \\xHH'],
    [['a\\tb', 'SOFTWARE'], 'indicator: a backslash that begins no \\xHH'],
    [['a\\', 'SOFTWARE'], 'indicator: a backslash that begins no \\xHH'],
    [['evil.example', 'HOSTNAME'], 'indicator_type: unknown type "Intel::HOSTNAME"'],
    [['evil.example', 'Domain'], 'indicator_type: unknown type "Intel::Domain"'],
  ] as [Parameters<typeof row>, string][])('refuses %j', (cells, message) => {
    expect(faults(...cells)).toEqual([message]);
  });

  test.each([
    ['meta.expires', '2026-01-01', 'no time in seconds since 1970'],
    ['meta.expires', '2026', 'no time in seconds since 1970'],
    ['meta.do_notice', 't', 'neither T nor F'],
    ['meta.do_notice', 'true', 'neither T nor F'],
    ['meta.if_in', 'DNS', 'no place where Zeek sees indicators'],
  ])('refuses %s %s', (column, cell, message) => {
    const { problems } = read(`${HEADER}\t${column}`, `${row('evil.example', 'DOMAIN')}\t${cell}`);
    expect(problems).toEqual([{ line: 2, message: `${column}: ${message}` }]);
  });
});

describe('indicators', () => {
  test.each([
    ['ADDR', '192.0.2.0/24', 'no address'],
    ['ADDR', '192.0.2.1:80', 'no address'],
    ['ADDR', '192.0.2', 'no address'],
    ['ADDR', '256.0.2.1', 'no address'],
    ['ADDR', '192.000.002.001', 'no address'],
    ['ADDR', '3221225985', 'no address'],
    ['ADDR', '[2001:db8::1]', 'no address'],
    ['ADDR', 'fe80::1%eth0', 'no address'],
    ['ADDR', 'evil.example', 'no address'],
    ['ADDR', '2001:DB8::1', 'not the usual spelling'],
    ['ADDR', '2001:db8:0:0::1', 'not the usual spelling'],
    ['ADDR', '::ffff:192.0.2.1', 'an IPv4 address written as IPv6'],
    ['SUBNET', '192.0.2.1', 'no network with a length above 0'],
    ['SUBNET', '0.0.0.0/0', 'no network with a length above 0'],
    ['SUBNET', '::/0', 'no network with a length above 0'],
    ['SUBNET', '192.0.2.0/024', 'no network with a length above 0'],
    ['SUBNET', '192.0.2.0/255.255.255.0', 'no network with a length above 0'],
    ['SUBNET', '192.0.2.0/33', 'a length above 32'],
    ['SUBNET', '2001:db8::/129', 'a length above 128'],
    ['SUBNET', '192.0.2.5/24', 'host bits are set'],
    ['SUBNET', '2001:db8::1/64', 'host bits are set'],
    ['SUBNET', 'garbage/24', 'no address'],
    ['DOMAIN', 'evil.example.', 'no domain'],
    ['DOMAIN', '.evil.example', 'no domain'],
    ['DOMAIN', '*.evil.example', 'no domain'],
    ['DOMAIN', 'bücher.example', 'no domain'],
    ['DOMAIN', 'evil.example/a', 'no domain'],
    ['DOMAIN', `${'a'.repeat(64)}.example`, 'no domain'],
    ['DOMAIN', '192.0.2.1', 'an address'],
    ['URL', 'https://evil.example/p', 'a scheme'],
    ['URL', 'evil.example', 'no host and path'],
    ['URL', 'evil.example:80/p', 'the port 80, which Zeek leaves out'],
    ['URL', 'user@evil.example/p', 'no domain'],
    ['EMAIL', '<a@evil.example>', 'no e-mail address'],
    ['EMAIL', 'evil.example', 'no e-mail address'],
    ['EMAIL', 'a@evil', 'no domain'],
    ['FILE_HASH', 'd'.repeat(33), 'no MD5, SHA-1 or SHA-256'],
    ['CERT_HASH', 'a'.repeat(64), 'no SHA-1'],
    ['PUBKEY_HASH', 'a'.repeat(32), 'no MD5 with colons'],
    ['FILE_NAME', '/tmp/a.exe', 'a path'],
  ])('refuses %s %s', (type, indicator, message) => {
    expect(faults(indicator, type)).toEqual([`indicator: ${message}`]);
  });
});
