/** Valid values of all kinds that try to break out of where they are put. */

import fc from 'fast-check';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';

/** What ends a string, a comment, a block, a cell or a line somewhere, or begins something there. */
const BREAKOUTS = [
  ...['"', "'", '`', '\\', '\\\\', '"""', "'''", "')", '")', '";', '\\";', "';", '`)', '\\'],
  ...['$', `$${'{'}x}`, '$(id)', '$x$', '%', '%s', '%00', '%%', '%d{', '{{', '{{{value}}}', '}}', '{%', '<%'],
  ...['</script>', '<!--', '-->', '--', ']]>', '<![CDATA[', '&', '&amp;', '&#10;', '<x a="', '/>'],
  ...['/*', '*/', '//', '#', ';', '; drop', '|', '||', '!', '!!', '@@', '@', '=', '=cmd|x!A0', '-', '+'],
  ...[
    ':',
    ': ',
    ' #',
    ',',
    '\t',
    ' ',
    '  ',
    '*',
    '?',
    '[',
    ']',
    '(',
    ')',
    '^',
    '~',
    '.',
    '..',
    '{',
    '}',
    '<',
    '>',
  ],
  ...[
    '\u202e',
    '\u2067',
    '\u200f',
    '\ufeff',
    '\u200b',
    'é',
    'e\u0301',
    'ß',
    'İ',
    'ſ',
    '日本',
    '😀',
    '\u00a0',
    '＝',
  ],
  ...[
    'null',
    'true',
    '~',
    '0x1f',
    '1e5',
    '\\x41',
    '\\u0041',
    '\\n',
    '\\r\\n',
    '\\t',
    '|3b|',
    '\\E',
    '\\Q',
    'NOT',
  ],
];

const PLAIN = ['a', 'b', 'Z', '0', '9', '_', 'Mozilla/5.0', 'x'.repeat(120)];

/** A line of text without blanks around it, as readers of values and people both leave it. */
export const line = fc
  .array(fc.constantFrom(...BREAKOUTS, ...PLAIN), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').replace(/\t/g, ' ').trim());

const host = fc.constantFrom(
  ...['host.example', 'a-b.host.example', '_x.host.example', 'xn--bcher-kva.example', 'bücher.example'],
  ...[
    'www.host.example',
    `${'a'.repeat(63)}.${'b'.repeat(63)}.example`,
    'rpz-ip.host.example',
    'host.rpz-ip',
  ],
  ...[
    '1.2.3.example',
    'null.example',
    'com.example',
    'y.example',
    'on.example',
    '0x1f.example',
    'all',
    'include',
  ],
);
const v4 = fc.integer({ min: 0, max: 255 }).map((last) => `192.0.2.${last}`);
const v6 = fc.integer({ min: 0, max: 0xffff }).map((last) => `2001:db8::${last.toString(16)}`);
const request = fc
  .array(
    fc.constantFrom(
      ...'/?&=;+*^%.,"\'<>|\\{}[]()!$@:~`-_aZ9#',
      '%2F',
      '%00',
      '%0A',
      '%ff',
      '//',
      'é',
      '/*',
      '*/',
      '{{x}}',
      '</script>',
    ),
    {
      maxLength: 10,
    },
  )
  .map((pieces) => pieces.join(''));
const site = fc.oneof(
  host,
  v4,
  v6.map((address) => `[${address}]`),
);
const port = fc.constantFrom('', '', ':8080', ':443', ':80', ':1', ':65535');
const user = fc.constantFrom('', '', '', 'u:p@', "a'b;c@", '%22:%00@');
/** So many hexadecimal digits, of both cases. */
export const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** Text of each kind, most of it valid. */
const TEXTS: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  domain: fc.oneof(
    host,
    fc.tuple(fc.nat(99), host).map(([at, name]) => `n${at}.${name}`),
  ),
  ip: fc.oneof(v4, v6),
  cidr: fc.constantFrom(
    ...[
      '192.0.2.0/25',
      '198.51.100.0/24',
      '198.51.100.7-198.51.100.20',
      '0.0.0.0/1',
      '2001:db8::/32',
      '2001:db8:1::/127',
    ],
    ...['2001:db8::5-2001:db8::9', '203.0.113.0/31', '10.0.0.0/8'],
  ),
  endpoint: fc
    .tuple(site, fc.constantFrom('1', '53', '80', '443', '8443', '65535'))
    .map(([at, to]) => `${at}:${to}`),
  url: fc
    .tuple(fc.constantFrom('http', 'https', 'HTTPS', 'ftp', 'ws', 'tcp', 'udp'), user, site, port, request)
    .map(([scheme, name, at, to, rest]) => `${scheme}://${name}${at}${to}/${rest}`),
  email: fc
    .tuple(fc.array(fc.constantFrom(..."!#$%&'*+/=?^_`{|}~-aB1."), { minLength: 1, maxLength: 10 }), host)
    .map(([local, at]) => `${local.join('')}@${at}`),
  hash: fc.constantFrom(32, 40, 64, 128).chain(digits),
  ja3: digits(32),
  ja3s: digits(32),
  ja4: digits(24).map((all) => `t13d1516h2_${all.slice(0, 12)}_${all.slice(12)}`.toLowerCase()),
  certificate: fc.constantFrom(40, 64).chain(digits),
  user_agent: line,
  file_name: line.map((text) => text.replace(/[/\\]/g, '')),
  file_path: fc
    .tuple(
      fc.constantFrom('C:\\', '/tmp/', '\\\\host\\share\\', '%TEMP%\\', './', '-/'),
      line,
      fc.constantFrom('', '\\', '/', '\\\\'),
    )
    .map((pieces) => pieces.join('')),
  registry_key: fc
    .tuple(fc.constantFrom('HKLM\\', 'HKCU\\Software\\', 'HKU\\S-1-5\\', 'HKCR\\', 'HKCC\\'), line)
    .map((pieces) => pieces.join('')),
  mutex: fc
    .tuple(fc.constantFrom('', 'Global\\', 'Local\\', '{', '-'), line)
    .map((pieces) => pieces.join('')),
};

/** A record of a kind, with one value or several. */
function recordOf(kind: Kind): fc.Arbitrary<object> {
  const valid = TEXTS[kind].filter((text) => KIND_MODULES[kind].parse(text).ok);
  return fc.uniqueArray(valid, { minLength: 1, maxLength: 12 }).map((texts) => ({ [kind]: texts }));
}

/** A record of some kind. */
export const someKind: fc.Arbitrary<object> = fc.oneof(...KINDS.map(recordOf));

/** A record of each kind. */
export const eachKind: fc.Arbitrary<object[]> = fc.tuple(...KINDS.map(recordOf));
