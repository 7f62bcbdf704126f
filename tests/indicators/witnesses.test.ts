import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, formatRange, networkOf, rangeOf } from '../../compiler/indicators/address.ts';
import { KINDS, type Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import type { Witness, Witnesses } from '../../compiler/indicators/witnesses.ts';
import { dataLines, hasData } from './tables.ts';

function witnessesOf(kind: Kind, value: string, subdomains = true): Witnesses {
  const found = KIND_MODULES[kind].witnesses?.(value, { subdomains });
  if (!found) throw new Error(`${kind} has no witnesses`);
  return found;
}

/** The texts in order; behind `@` where they say something, if not everywhere. */
function texts(list: readonly Witness[]): string[] {
  return list.map(({ text, where }) => (where ? `${text} (${where})` : text));
}

/** Kind and value; what it matches beside itself; what it must not. */
type Row = readonly [kind: Kind, value: string, matches: readonly string[], misses: readonly string[]];

const ROWS: readonly Row[] = [
  [
    'domain',
    '1ds.me',
    ['1ds.me', '1DS.ME', 'www.1ds.me', 'a.b.c.1ds.me', 'WwW.1dS.Me'],
    ['evil1ds.me', 'foo-1ds.me', '1ds.me.example', '1ds.mex', '1ds.example', 'www.1dsxme'],
  ],
  [
    'domain',
    'a.host.example',
    ['a.host.example', 'A.HOST.EXAMPLE', 'www.a.host.example', 'a.b.c.a.host.example', 'WwW.A.HoSt.eXaMpLe'],
    [
      'evila.host.example',
      'foo-a.host.example',
      'a.host.example.test',
      'a.host.examplex',
      'a.host.test',
      'axhost.example',
      'sibling.host.example',
      'host.example',
    ],
  ],
  [
    'ip',
    '66.98.127.105',
    ['66.98.127.105'],
    [
      '66.98.127.104',
      '66.98.127.106',
      '166.98.127.105',
      '66.98.127.1051 (text)',
      '1.66.98.127.105 (text)',
      '66.98.127.105.1 (text)',
    ],
  ],
  [
    'ip',
    '192.0.2.0',
    ['192.0.2.0'],
    [
      '192.0.1.255',
      '192.0.2.1',
      '1192.0.2.0 (text)',
      '192.0.2.01 (text)',
      '1.192.0.2.0 (text)',
      '192.0.2.0.1 (text)',
    ],
  ],
  [
    'ip',
    '255.255.255.255',
    ['255.255.255.255'],
    [
      '255.255.255.254',
      '1255.255.255.255 (text)',
      '255.255.255.2551 (text)',
      '1.255.255.255.255 (text)',
      '255.255.255.255.1 (text)',
    ],
  ],
  [
    'ip',
    '2001:db8::1',
    ['2001:db8::1'],
    ['2001:db8::', '2001:db8::2', '12001:db8::1 (text)', '2001:db8::11', '1:2001:db8::1', '2001:db8::1:1'],
  ],
  ['ip', '::', ['::'], ['::1', '1::']],
  [
    'ip',
    '::ffff:0',
    ['::ffff:0'],
    ['::fffe:ffff', '::ffff:1', '1::ffff:0', '::ffff:01 (text)', '::ffff:0:1 (text)'],
  ],
  ['cidr', '192.0.2.0/24', ['192.0.2.0', '192.0.2.255', '192.0.2.127'], ['192.0.1.255', '192.0.3.0']],
  [
    'cidr',
    '203.0.113.16-203.0.113.22',
    ['203.0.113.16', '203.0.113.22', '203.0.113.19'],
    ['203.0.113.15', '203.0.113.23'],
  ],
  ['cidr', '192.0.2.0/31', ['192.0.2.0', '192.0.2.1'], ['192.0.1.255', '192.0.2.2']],
  ['cidr', '0.0.0.0/8', ['0.0.0.0', '0.255.255.255', '0.127.255.255'], ['1.0.0.0']],
  [
    'cidr',
    'ffff::/16',
    ['ffff::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:7fff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['fffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ],
  // Where IPv4-mapped addresses begin they are left out: they are other spellings of IPv4 ones.
  ['cidr', '::fffe:ffff:0-::ffff:0:ff', ['::fffe:ffff:0', '::fffe:ffff:807f'], ['::fffe:fffe:ffff']],
  [
    'endpoint',
    'c2.example:8443',
    ['c2.example:8443', 'C2.EXAMPLE:8443'],
    [
      'c2.example:8442',
      'c2.example:8444',
      'c2.example:84430 (text)',
      'evilc2.example:8443',
      'www.c2.example:8443',
    ],
  ],
  ['endpoint', '192.0.2.1:1', ['192.0.2.1:1'], ['192.0.2.1:2', '192.0.2.1:10', '192.0.2.0:1', '192.0.2.2:1']],
  [
    'endpoint',
    '[2001:db8::1]:65535',
    ['[2001:db8::1]:65535'],
    ['[2001:db8::1]:65534', '[2001:db8::1]:655350 (text)', '[2001:db8::]:65535', '[2001:db8::2]:65535'],
  ],
  [
    'url',
    'http://host.example/d/gate.php?id=1',
    [
      'http://host.example/d/gate.php?id=1',
      'http://HOST.EXAMPLE/d/gate.php?id=1 (wire)',
      'http://host.example/%64/gate.php?id=1 (wire)',
    ],
    [
      'http://host.example/d/gate.phpx?id=1',
      'http://host.example/d/gate.phx?id=1',
      'http://host.example/d/gate.php?id=1&x=1',
      'http://host.example/',
      'http://host.example/d/gate.php',
      'http://host.example/d/gate.phpxid=1',
      'http://evilhost.example/d/gate.php?id=1',
      'http://www.host.example/d/gate.php?id=1',
      'http://host.example:81/d/gate.php?id=1',
    ],
  ],
  [
    'url',
    'https://u:p@192.0.2.1:8443/%7e%2F',
    ['https://u:p@192.0.2.1:8443/%7e%2F'],
    [
      'https://u:p@192.0.2.1:8443/%7e%2Fx',
      'https://u:p@192.0.2.1:8443/%7e%2F?x=1',
      'https://u:p@192.0.2.1:8443/',
      'https://u:p@192.0.2.0:8443/%7e%2F',
      'https://u:p@192.0.2.2:8443/%7e%2F',
      'https://u:p@192.0.2.1:8444/%7e%2F',
    ],
  ],
  [
    'url',
    'ftp://[2001:db8::1]:65535/X',
    ['ftp://[2001:db8::1]:65535/X'],
    [
      'ftp://[2001:db8::1]:65535/Xx',
      'ftp://[2001:db8::1]:65535/y',
      'ftp://[2001:db8::1]:65535/X?x=1',
      'ftp://[2001:db8::1]:65535/',
      'ftp://[2001:db8::]:65535/X',
      'ftp://[2001:db8::2]:65535/X',
      'ftp://[2001:db8::1]:65534/X',
    ],
  ],
  [
    'url',
    'http://host.example/',
    ['http://host.example/', 'http://HOST.EXAMPLE/ (wire)'],
    [
      'http://host.example/x',
      'http://host.example/?x=1',
      'http://evilhost.example/',
      'http://www.host.example/',
      'http://host.example:81/',
    ],
  ],
  [
    'email',
    'joe@host.example',
    ['joe@host.example', 'JOE@HOST.EXAMPLE'],
    [
      'xjoe@host.example',
      'joex@host.example',
      'a.joe@host.example',
      'joe@host.example.example',
      'joe@evilhost.example',
      'joe@sub.host.example',
      'joe@mail.example',
    ],
  ],
  [
    'user_agent',
    'Mozilla/4.0 (x',
    ['Mozilla/4.0 (x'],
    ['Mozilla/4.0 (x x', 'xMozilla/4.0 (x', 'Mozilla/4.0 ('],
  ],
  ['user_agent', 'Agent 1', ['Agent 1'], ['Agent 1 x', 'xAgent 1', 'Agent']],
  ['user_agent', '\u{1f600}', ['\u{1f600}'], ['\u{1f600} x', 'x\u{1f600}']],
  ['file_name', 'Straße.exe', ['Straße.exe', 'STRAßE.EXE'], ['myStraße.exe', 'Straße.exe.txt', 'Straße.ex']],
  ['file_name', '..x', ['..x', '..X'], ['my..x', '..x.txt']],
  [
    'file_path',
    'C:\\Temp\\a.exe',
    ['C:\\Temp\\a.exe'],
    ['xC:\\Temp\\a.exe', 'C:\\Tempx\\a.exe', 'C:\\Temp\\a.exex', 'C:\\Temp\\xa.exe'],
  ],
  ['file_path', '/a', ['/a'], ['x/a', '/ax', '/xa']],
  // A folder stands for what is in it, so it gets no miss that begins with it.
  ['file_path', 'C:\\Temp\\', ['C:\\Temp\\'], ['xC:\\Temp\\', 'C:\\Tempx\\', 'C:\\Temp']],
  [
    'registry_key',
    'HKEY_LOCAL_MACHINE\\Software\\Bad',
    ['HKEY_LOCAL_MACHINE\\Software\\Bad'],
    [
      'HKEY_LOCAL_MACHINE\\Software\\Badx',
      'HKEY_LOCAL_MACHINE\\xSoftware\\Bad',
      'HKEY_LOCAL_MACHINE\\Software\\xBad',
      'HKEY_LOCAL_MACHINE\\x\\Software\\Bad',
      'HKEY_LOCAL_MACHINE\\Software',
      'HKEY_CURRENT_USER\\Software\\Bad',
    ],
  ],
  [
    'registry_key',
    'HKEY_USERS\\Bad',
    ['HKEY_USERS\\Bad'],
    ['HKEY_USERS\\Badx', 'HKEY_USERS\\xBad', 'HKEY_USERS\\x\\Bad', 'HKEY_LOCAL_MACHINE\\Bad'],
  ],
  ['mutex', 'Global\\m', ['Global\\m'], ['Global\\mx', 'xGlobal\\m', 'Global\\']],
];

describe('the texts of', () => {
  test.each(ROWS)('%s %s', (kind, value, matches, misses) => {
    const found = witnessesOf(kind, value);
    expect(texts(found.matches)).toEqual(matches);
    expect(texts(found.misses)).toEqual(misses);
  });
});

test('the names below a domain are misses where it stands for itself alone', () => {
  const { matches, misses } = witnessesOf('domain', '1ds.me', false);
  expect(texts(matches)).toEqual(['1ds.me', '1DS.ME']);
  expect(texts(misses).slice(0, 4)).toEqual(['www.1ds.me', 'a.b.c.1ds.me', 'WwW.1dS.Me', 'evil1ds.me']);
});

test('hashes and fingerprints have no witnesses', () => {
  const without = KINDS.filter((kind) => KIND_MODULES[kind].witnesses === undefined);
  expect(without).toEqual(['hash', 'ja3', 'ja3s', 'ja4', 'certificate']);
});

test('what would be too long is left out', () => {
  const label = 'a'.repeat(63);
  const name = `${'b.'.repeat(121)}${'c'.repeat(8)}.me`;
  expect(name).toHaveLength(253);
  expect(texts(witnessesOf('domain', `${label}.example`).misses)).toEqual([
    `${label}.example.test`,
    `${label}.examplex`,
    `${label}.test`,
  ]);
  expect(texts(witnessesOf('domain', name).matches)).toEqual([name, name.toUpperCase()]);
  expect(texts(witnessesOf('email', `${'x'.repeat(64)}@host.example`).misses).slice(0, 2)).toEqual([
    `${'x'.repeat(64)}@host.example.example`,
    `${'x'.repeat(64)}@evilhost.example`,
  ]);
  expect(texts(witnessesOf('mutex', 'm'.repeat(1024)).misses)).toEqual(['m'.repeat(1023)]);
});

test('the value itself is there even where its text would be read as defanged', () => {
  expect(texts(witnessesOf('url', 'http://[@]@192.0.2.1/').matches)).toEqual(['http://[@]@192.0.2.1/']);
});

test('a sibling of `sibling`, and a top-level domain that would make an internationalised one invalid', () => {
  expect(texts(witnessesOf('domain', 'sibling.host.example').misses)).toContain('other.host.example');
  const misses = texts(witnessesOf('domain', 'host.xn--fiqs8s').misses);
  expect(misses).toContain('host.example');
  expect(misses).not.toContain('host.xn--fiqs8sx');
});

test('only http and https get escapes, and only in paths that servers do not rewrite', () => {
  const escaped = (value: string) =>
    witnessesOf('url', value).matches.filter(({ about }) => about.includes('percent-encoded'));
  expect(texts(escaped('https://host.example/1/jo'))).toEqual(['https://host.example/1/%6Ao (wire)']);
  expect(texts(escaped('http://host.example/1/JO?jo'))).toEqual(['http://host.example/1/%4AO?jo (wire)']);
  expect(escaped('ftp://host.example/jo')).toEqual([]);
  expect(escaped('http://host.example/./jo')).toEqual([]);
  expect(escaped('http://host.example/jo?%20')).toEqual([]);
  expect(escaped('http://host.example/1?jo')).toEqual([]);
});

/* Properties: an independent rule for each kind says what the value stands for. */

const letters = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
const label = fc.oneof(
  letters('abcdefghijklmnopqrstuvwxyz0123456789_-', 1, 63),
  letters('abcx', 1, 3),
  fc.constantFrom('www', 'evil', 'sibling', 'example', 'test', 'xn--exmple-cua', 'mail'),
);
const top = fc.oneof(
  letters('abcdefghijklmnopqrstuvwxyz', 1, 63),
  fc.constantFrom('example', 'test', 'xn--p1ai', '1a'),
);
const name = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 6 }), top)
  .map(([labels, last]) => [...labels, last].join('.'));
const limits = [0n, 1n, 0xfffe_ffff_ffffn, 0xffff_0000_0000n, 0xffff_ffff_ffffn, 0x1_0000_0000_0000n];
const four = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
const six = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
  fc.constantFrom(...limits, 2n ** 128n - 1n),
  fc
    .array(fc.constantFrom<bigint[]>(0n, 1n, 0xffffn), { minLength: 8, maxLength: 8 })
    .map((groups) => groups.reduce((sum, group) => (sum << 16n) | group, 0n)),
);
const address = fc.oneof(
  four.map((number) => formatAddress(4, number)),
  six.map((number) => formatAddress(6, number)),
);
const bounds = (numbers: fc.Arbitrary<bigint>, family: 4 | 6) =>
  fc
    .tuple(numbers, numbers)
    .map(([a, b]) => formatRange({ family, first: a < b ? a : b, last: a < b ? b : a }));
const network = (numbers: fc.Arbitrary<bigint>, family: 4 | 6) =>
  fc
    .tuple(numbers, fc.integer({ min: 1, max: family === 4 ? 32 : 128 }))
    .map(([number, prefix]) => formatRange(networkOf(family, number, prefix)));
const host = fc.oneof(
  name,
  address.map((text) => (text.includes(':') ? `[${text}]` : text)),
);
const port = fc.oneof(
  fc.integer({ min: 1, max: 65535 }),
  fc.constantFrom(1, 79, 80, 443, 6553, 65534, 65535),
);
const piece = (characters: string) => letters(characters, 0, 8);
const URL_CHARACTERS = "abcxyzABX019-._~:/@!$&'()*+,;=%[]\\|";
const location = fc
  .tuple(
    fc.constantFrom('http', 'https', 'ftp', 'ws', 'foo+x'),
    fc.option(piece('ab:@[]%'), { nil: undefined }),
    host,
    fc.option(port, { nil: undefined }),
    piece(URL_CHARACTERS),
    fc.option(piece(`${URL_CHARACTERS}?`), { nil: undefined }),
  )
  .map(
    ([scheme, user, server, number, path, query]) =>
      `${scheme}://${user === undefined ? '' : `${user}@`}${server}${number ? `:${number}` : ''}/${path}${query === undefined ? '' : `?${query}`}`,
  );
const free = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  letters('xa. ', 1, 6),
);
const path = fc.oneof(
  fc.tuple(free, fc.constantFrom('/', '\\'), free).map((parts) => parts.join('')),
  letters('xa/\\.', 1, 6),
);
const key = fc
  .tuple(fc.constantFrom('HKLM', 'HKCU', 'HKU', 'HKCR', 'HKCC'), letters('xaB\\', 1, 8))
  .map((parts) => parts.join('\\'));

const VALUES: Readonly<Partial<Record<Kind, fc.Arbitrary<string>>>> = {
  domain: name,
  ip: address,
  cidr: fc.oneof(bounds(four, 4), bounds(six, 6), network(four, 4), network(six, 6)),
  endpoint: fc.tuple(host, port).map(([server, number]) => `${server}:${number}`),
  url: location,
  email: fc
    .tuple(fc.oneof(letters('abx.+', 1, 8), letters('ax', 60, 64)), name)
    .map((parts) => parts.join('@')),
  user_agent: free,
  file_name: free,
  file_path: path,
  registry_key: key,
  mutex: free,
};

function isBelow(domain: string, text: string): boolean {
  const wanted = domain.split('.').reverse();
  const seen = text.toLowerCase().split('.').reverse();
  return wanted.every((part, at) => seen[at] === part);
}

function isWithin(value: string, text: string): boolean {
  const outer = rangeOf(value);
  const inner = rangeOf(text);
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether a text is the same request, by the parser of browsers. */
function isSameRequest(value: string, text: string): boolean {
  const [a, b] = [value, text].map((one) => {
    const [, scheme, rest = ''] = /^([^:]*):\/\/(.*)$/s.exec(one) ?? [];
    const slash = rest.indexOf('/');
    const decoded = rest
      .slice(slash)
      .replace(/%([46][\dA-F]|[57][\dA])/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return `${scheme}://${rest.slice(0, slash).toLowerCase()}${decoded}`;
  });
  return a === b;
}

/** Whether a seen text is what the value stands for. */
function standsFor(kind: Kind, value: string, text: string, subdomains: boolean): boolean {
  switch (kind) {
    case 'domain':
      return subdomains ? isBelow(value, text) : value === text.toLowerCase();
    case 'ip':
    case 'cidr':
      return isWithin(value, text);
    case 'url':
      return isSameRequest(value, text);
    case 'file_path':
      return text === value || (/[/\\]$/.test(value) && text.startsWith(value));
    default:
      return value.toLowerCase() === text.toLowerCase();
  }
}

function check(kind: Kind, value: string, subdomains: boolean): void {
  const found = witnessesOf(kind, value, subdomains);
  const { matches, misses } = found;
  expect(witnessesOf(kind, value, subdomains)).toEqual(found);
  const all = [...matches, ...misses];
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  if (kind !== 'cidr') expect(matches[0]?.text).toBe(value);
  expect(matches.length).toBeGreaterThan(0);
  const seenAs = kind === 'cidr' ? 'ip' : kind;
  for (const { text, where, about } of all) {
    expect(about).toMatch(/^[a-z].*[^.]$/);
    if (text === value) continue;
    if (where === 'text')
      expect(KIND_MODULES[seenAs].parse(text)).not.toMatchObject({ ok: true, value: text });
    else expect(KIND_MODULES[seenAs].parse(text)).toMatchObject({ ok: true, kind: seenAs });
  }
  for (const { text } of matches)
    expect([text, standsFor(kind, value, text, subdomains)]).toEqual([text, true]);
  for (const { text, where } of misses) {
    if (where === 'text') expect(text).toContain(value);
    else expect([text, standsFor(kind, value, text, subdomains)]).toEqual([text, false]);
  }
}

describe('matches are what the value stands for, misses are not, each is valid and there once:', () => {
  test.each(Object.entries(VALUES))('%s', (kind, values) => {
    let tried = 0;
    fc.assert(
      fc.property(values, fc.boolean(), (written, subdomains) => {
        const result = KIND_MODULES[kind as Kind].parse(written);
        if (!result.ok) return;
        tried++;
        check(result.kind, result.value, subdomains);
      }),
      { numRuns: 500 },
    );
    expect(tried).toBeGreaterThan(150);
  });
});

describe.skipIf(!hasData)('public lists (skipped: the public data is not beside the checkout)', () => {
  test('2,000 domains of phishingdb-active2-domains.txt', () => {
    const lines = dataLines('lists/phishingdb-active2-domains.txt').slice(0, 2000);
    expect(lines).toHaveLength(2000);
    for (const line of lines) {
      const result = KIND_MODULES.domain.parse(line);
      if (!result.ok) continue;
      check('domain', result.value, true);
      const { matches, misses } = witnessesOf('domain', result.value);
      expect(matches.length).toBeGreaterThanOrEqual(4);
      expect(misses.length).toBeGreaterThanOrEqual(4);
    }
  });
});
