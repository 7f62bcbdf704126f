/** Random collections of all kinds: valid values that try to break out of where they are put, in contexts that do too. */

import fc from 'fast-check';
import { SEVERITIES, STATUSES, TLPS } from '../../compiler/indicators/context.ts';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { anyText, HOSTILE } from '../render/languages/hostile.ts';

/** What ends a string, a comment, a block, a cell or a line somewhere, or begins something there. */
const BREAKOUTS = [
  ...['"', "'", '`', '\\', '\\\\', '"""', "'''", "')", '")', '";', '\\";', "';", '`)', '\\'],
  ...['$', '${x}', '$(id)', '$x$', '%', '%s', '%00', '%%', '%d{', '{{', '{{{value}}}', '}}', '{%', '<%'],
  ...['</script>', '<!--', '-->', '--', ']]>', '<![CDATA[', '&', '&amp;', '&#10;', '<x a="', '/>'],
  ...['/*', '*/', '//', '#', ';', '; drop', '|', '||', '!', '!!', '@@', '@', '=', '=cmd|x!A0', '-', '+'],
  ...[':', ': ', ' #', ',', '\t', ' ', '  ', '*', '?', '[', ']', '(', ')', '^', '~', '.', '..', '{', '}', '<', '>'],
  ...['\u202e', '\u2067', '\u200f', '\ufeff', '\u200b', 'é', 'e\u0301', 'ß', 'İ', 'ſ', '日本', '😀', '\u00a0', '＝'],
  ...['null', 'true', '~', '0x1f', '1e5', '\\x41', '\\u0041', '\\n', '\\r\\n', '\\t', '|3b|', '\\E', '\\Q', 'NOT'],
];

const PLAIN = ['a', 'b', 'Z', '0', '9', '_', 'Mozilla/5.0', 'x'.repeat(120)];

/** A line of text without blanks around it, as readers of values and people both leave it. */
const line = fc
  .array(fc.constantFrom(...BREAKOUTS, ...PLAIN), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').replace(/\t/g, ' ').trim());

const host = fc.constantFrom(
  ...['host.example', 'a-b.host.example', '_x.host.example', 'xn--bcher-kva.example', 'bücher.example'],
  ...['www.host.example', `${'a'.repeat(63)}.${'b'.repeat(63)}.example`, 'rpz-ip.host.example', 'host.rpz-ip'],
  ...['1.2.3.example', 'null.example', 'com.example', 'y.example', 'on.example', '0x1f.example', 'all', 'include'],
);
const v4 = fc.integer({ min: 0, max: 255 }).map((last) => `192.0.2.${last}`);
const v6 = fc.integer({ min: 0, max: 0xffff }).map((last) => `2001:db8::${last.toString(16)}`);
const request = fc
  .array(fc.constantFrom(...'/?&=;+*^%.,"\'<>|\\{}[]()!$@:~`-_aZ9#', '%2F', '%00', '%0A', '%ff', '//', 'é', '/*', '*/', '{{x}}', '</script>'), {
    maxLength: 10,
  })
  .map((pieces) => pieces.join(''));
const site = fc.oneof(host, v4, v6.map((address) => `[${address}]`));
const port = fc.constantFrom('', '', ':8080', ':443', ':80', ':1', ':65535');
const user = fc.constantFrom('', '', '', 'u:p@', "a'b;c@", '%22:%00@');
const digits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdefABCDEF'), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** Text of each kind, most of it valid. */
const TEXTS: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  domain: fc.oneof(host, fc.tuple(fc.nat(99), host).map(([at, name]) => `n${at}.${name}`)),
  ip: fc.oneof(v4, v6),
  cidr: fc.constantFrom(
    ...['192.0.2.0/25', '198.51.100.0/24', '198.51.100.7-198.51.100.20', '0.0.0.0/1', '2001:db8::/32', '2001:db8:1::/127'],
    ...['2001:db8::5-2001:db8::9', '203.0.113.0/31', '10.0.0.0/8'],
  ),
  endpoint: fc.tuple(site, fc.constantFrom('1', '53', '80', '443', '8443', '65535')).map(([at, to]) => `${at}:${to}`),
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
    .tuple(fc.constantFrom('C:\\', '/tmp/', '\\\\host\\share\\', '%TEMP%\\', './', '-/'), line, fc.constantFrom('', '\\', '/', '\\\\'))
    .map((pieces) => pieces.join('')),
  registry_key: fc
    .tuple(fc.constantFrom('HKLM\\', 'HKCU\\Software\\', 'HKU\\S-1-5\\', 'HKCR\\', 'HKCC\\'), line)
    .map((pieces) => pieces.join('')),
  mutex: fc.tuple(fc.constantFrom('', 'Global\\', 'Local\\', '{', '-'), line).map((pieces) => pieces.join('')),
};

/** What is told of indicators is anything that YAML can write. */
const words = fc
  .oneof(line, fc.constantFrom(...HOSTILE), anyText, fc.constantFrom('\n', '\\', '"""', 'a\n---\nb', '\u0000', 'x\\\n'))
  .map((text) => text.replace(/\p{Cs}/gu, '') || 'x');
const link = fc
  .tuple(fc.constantFrom('https://', 'http://'), fc.oneof(line, words, fc.constantFrom('x'.repeat(3000), `a.example/${'é'.repeat(900)}`)))
  .map(([scheme, rest]) => scheme + rest.replace(/\s/g, ''))
  .filter((text) => text.length > 8);
const day = fc.constantFrom('0001-01-01', '1601-01-01', '1970-01-01', '2024-02-29', '2025-12-31', '2026-01-01', '2199-12-31', '9999-12-31');
const ID_TEXTS = ['r', 'constructor', 'a..b', '0', 'con', '1.0-x', 'x'.repeat(80)];
const ids = fc.constantFrom(...ID_TEXTS);

const report = fc.record(
  { title: words, author: words, published: day, notice: words, url: link },
  { requiredKeys: ['title', 'author', 'published'] },
);
const actor = fc.record(
  {
    name: words,
    aliases: fc.array(words, { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom('group', 'organization', 'person'),
    linked_to: fc.constantFrom('r', 'constructor'),
  },
  { requiredKeys: ['name', 'kind'] },
);

const context = fc.record(
  {
    report: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    actor: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    status: fc.constantFrom(...STATUSES, 'active', 'active'),
    confidence: fc.constantFrom(0, 1, 69, 70, 85, 100),
    severity: fc.constantFrom(...SEVERITIES),
    tlp: fc.constantFrom(...TLPS, 'clear', 'green'),
    attack: fc.constantFrom(['T1566'], ['T1566.002', 'T1041'], ['T9999']),
    tags: fc.uniqueArray(words, { minLength: 1, maxLength: 3 }),
    note: words,
    first_seen: day,
    last_seen: day,
    expires: day,
    references: fc.uniqueArray(link, { minLength: 1, maxLength: 3 }),
    match: fc.constantFrom('suffix', 'exact'),
  },
  { requiredKeys: [] },
);

const values = fc.constantFrom(...KINDS).chain((kind) =>
  fc
    .uniqueArray(TEXTS[kind], { minLength: 1, maxLength: 12 })
    .map((texts) => texts.filter((text) => KIND_MODULES[kind].parse(text).ok))
    .filter((texts) => texts.length > 0)
    .map((texts) => ({ [kind]: texts })),
);
const files = fc
  .record({ name: words, md5: digits(32), sha1: digits(40), sha256: digits(64), sha512: digits(128) }, { requiredKeys: ['sha256'] })
  .map((file) => ({ file }));

/** Dates in order, and `match` for domains alone. */
function record([own, { match, first_seen, last_seen, expires, ...about }]: [object, Record<string, unknown>]) {
  const seen = [first_seen, last_seen].filter(Boolean).sort();
  return {
    ...own,
    ...about,
    ...('domain' in own && match !== undefined && { match }),
    ...(first_seen !== undefined && { first_seen: seen[0] }),
    ...(last_seen !== undefined && { last_seen: seen.at(-1) }),
    ...(expires !== undefined && { expires }),
  };
}

/** YAML in flow style. Values stand in single quotes: in others a backslash would be an escape. */
function yaml(thing: unknown): string {
  if (Array.isArray(thing)) return `[${thing.map(yaml).join(',\n')}]`;
  if (typeof thing === 'object')
    return `{${Object.entries(thing as object).map(([key, value]) => `"${key}": ${yaml(value)}`).join(',\n')}}`;
  if (typeof thing === 'number') return String(thing);
  const text = String(thing);
  return /[^\x20-\x7e]/.test(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Each character but the plainest as its number. */
function doubleQuoted(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|["\\]/gu, (character) =>
    `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0')}`,
  );
  return `"${escaped}"`;
}

/** The text of an indicators.yaml with so many records. */
export function nastyCollection(records: number): fc.Arbitrary<string> {
  const subjects = <T>(each: fc.Arbitrary<T>) =>
    fc.tuple(...ID_TEXTS.map(() => each)).map((all) => Object.fromEntries(all.map((one, at) => [ID_TEXTS[at], one])));
  const one = fc.tuple(fc.oneof({ weight: 12, arbitrary: values }, files), context).map(record as never);
  return fc.record({ reports: subjects(report), actors: subjects(actor), indicators: fc.array(one as fc.Arbitrary<object>, { minLength: records, maxLength: records }) }).map((collection) =>
    yaml({
      refang: 1,
      ...collection,
      defaults: {
        status: 'active',
        confidence: 90,
        severity: 'high',
        tlp: 'green',
        allow: { guard: 'special-use', reason: 'documentation values', owner: 'Example CERT' },
      },
    }),
  );
}
