import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, explain } from '../../compiler/index.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { readZeekIntel } from '../engines/zeek-intel.ts';
import { zeekScriptTest, zeekSyntaxError } from '../engines/zeek-script.ts';
import { folderWith } from '../temporary.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const HEAD = `refang: 1
reports:
  one: {title: First report, author: Example CERT, published: 2025-01-15, url: https://www.example.com/one}
  two: {title: "Second: report", author: Example CERT, published: 2025-02-15}
actors:
  red: {name: Red Group, kind: group}
  ann: {name: Ann Example, kind: person}
defaults: {report: one, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;

/** What follows the type in a row of `HEAD`'s defaults. */
const META = 'refang\thigh; First report\thttps://www.example.com/one\t-';

const SCRIPTS = ['__load__', 'dns-answers', 'expires', 'sha256', 'subdomains', 'udp'].map(
  (name) => `${name}.zeek`,
);

/** Compiles the text of an indicators.yaml for Zeek alone and returns the folder of its files. */
async function compile(yaml: string, settings = ''): Promise<{ folder: string; fates: unknown }> {
  const cwd = folderWith({ 'indicators.yaml': yaml, 'refang.yaml': settings });
  const report = await build({ cwd, out: 'out', targets: ['zeek'], asOf: '2026-01-01' });
  const errors = report.session.diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message)).toEqual([]);
  return { folder: join(cwd, 'out', 'zeek'), fates: report.fates.get('zeek') };
}

/** The lines below the header of a file; intel.dat must satisfy the strict reader. */
function linesOf(folder: string, name: 'intel.dat' | 'names.dat'): string[] {
  const bytes = readFileSync(join(folder, name));
  if (name === 'intel.dat') expect(readZeekIntel(bytes).problems).toEqual([]);
  return bytes.toString('utf8').split('\n').slice(1, -1);
}

/** Indicator and type of every row, as written. */
async function rows(indicators: string): Promise<string[]> {
  const { folder } = await compile(HEAD + indicators);
  return linesOf(folder, 'intel.dat').map((line) => line.split('\t').slice(0, 2).join(' '));
}

/** The indicators of a type, decoded by the strict reader. */
async function decoded(type: string, indicators: string): Promise<(string | undefined)[]> {
  const { folder } = await compile(HEAD + indicators);
  const { rows: found, problems } = readZeekIntel(readFileSync(join(folder, 'intel.dat')));
  expect(problems).toEqual([]);
  return found.filter(({ cells }) => cells.indicator_type === type).map(({ cells }) => cells.indicator);
}

async function reasons(indicators: string, value: string): Promise<string[]> {
  const cwd = folderWith({ 'indicators.yaml': HEAD + indicators });
  const { explanations } = await explain({ cwd, targets: ['zeek'], asOf: '2026-01-01', value });
  return explanations.flatMap(({ fates }) => fates.map(({ fate, reason, by }) => `${fate}: ${reason ?? by}`));
}

describe('intel.dat', () => {
  test('begins with the header and has one row for a plain indicator', async () => {
    const { folder } = await compile(`${HEAD}  - domain: evil.example\n`);
    expect(readFileSync(join(folder, 'intel.dat'), 'utf8')).toBe(
      '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\tmeta.expires\n' +
        `evil.example\tIntel::DOMAIN\t${META}\n`,
    );
  });

  test.each([
    ['domain: evil.example', ['evil.example Intel::DOMAIN']],
    ['domain: bücher.example', ['xn--bcher-kva.example Intel::DOMAIN']],
    ['ip: [192.0.2.10, "2001:db8::bad:1"]', ['192.0.2.10 Intel::ADDR', '2001:db8::bad:1 Intel::ADDR']],
    ['cidr: 198.51.100.0/25', ['198.51.100.0/25 Intel::SUBNET']],
    ['cidr: "2001:db8:bad::/48"', ['2001:db8:bad::/48 Intel::SUBNET']],
    [
      'cidr: 192.0.2.1-192.0.2.6',
      [
        '192.0.2.1/32 Intel::SUBNET',
        '192.0.2.2/31 Intel::SUBNET',
        '192.0.2.4/31 Intel::SUBNET',
        '192.0.2.6/32 Intel::SUBNET',
      ],
    ],
    ['email: Billing@phishing.example', ['billing@phishing.example Intel::EMAIL']],
    ['hash: cafe00112233445566778899aabbccdd', ['cafe00112233445566778899aabbccdd Intel::FILE_HASH']],
    [`hash: ${'0a'.repeat(20)}`, [`${'0a'.repeat(20)} Intel::FILE_HASH`]],
    [`hash: ${'0a'.repeat(32)}`, [`${'0a'.repeat(32)} Intel::FILE_HASH`]],
    [`certificate: ${'0b'.repeat(20)}`, [`${'0b'.repeat(20)} Intel::CERT_HASH`]],
    ['user_agent: ExampleBot/1.0 (made up)', ['ExampleBot/1.0 (made up) Intel::SOFTWARE']],
    ['file_name: Dropper 1.exe', ['Dropper 1.exe Intel::FILE_NAME']],
  ])('writes %s', async (indicator, expected) => {
    expect(await rows(`  - ${indicator}\n`)).toEqual(expected);
  });

  test('takes the strongest hash of a file', async () => {
    const { folder, fates } = await compile(
      `${HEAD}  - file: {name: a.exe, md5: ${'0c'.repeat(16)}, sha256: ${'0d'.repeat(32)}}\n`,
    );
    expect(linesOf(folder, 'intel.dat').map((line) => line.split('\t')[0])).toEqual(['0d'.repeat(32)]);
    expect(fates).toMatchObject({ emitted: 1, covered: 1 });
  });

  test('leaves an address to the listed network around it', async () => {
    expect(await rows('  - cidr: 192.0.2.0/24\n  - ip: 192.0.2.77\n')).toEqual([
      '192.0.2.0/24 Intel::SUBNET',
    ]);
    expect(await reasons('  - cidr: 192.0.2.0/24\n  - ip: 192.0.2.77\n', '192.0.2.77')).toEqual([
      'covered: 192.0.2.0/24',
    ]);
  });

  test('writes a network once that overlapping ranges share', async () => {
    expect(await rows('  - cidr: [192.0.2.0-192.0.2.191, 192.0.2.128-192.0.2.200]\n')).toEqual([
      '192.0.2.0/25 Intel::SUBNET',
      '192.0.2.128/26 Intel::SUBNET',
      '192.0.2.192/29 Intel::SUBNET',
      '192.0.2.200/32 Intel::SUBNET',
    ]);
  });
});

describe('a URL', () => {
  test.each([
    ['http://evil.example', ['evil.example/', 'http://evil.example/']],
    ['http://evil.example/a?b=c', ['evil.example/a?b=c', 'http://evil.example/a?b=c']],
    [
      'http://evil.example:8080/a%20b',
      [
        'evil.example:8080/a%20b',
        'evil.example:8080/a b',
        'evil.example:8080:8080/a b',
        'http://evil.example:8080/a b',
      ],
    ],
    [
      'http://evil.example:8080/p',
      ['evil.example:8080/p', 'evil.example:8080:8080/p', 'http://evil.example:8080/p'],
    ],
    ['http://192.0.2.1/p', ['192.0.2.1/p', 'http://192.0.2.1/p']],
    ['http://[2001:db8::1]/p', ['[2001:db8::1]/p', 'http://[2001:db8::1]/p']],
    ['http://user:pass@evil.example/p', ['evil.example/p', 'http://evil.example/p']],
    ['https://evil.example/a%20b', ['evil.example/a%20b']],
    ['https://evil.example:8443/p', ['evil.example:8443/p']],
    ['http://evil.example/%C3%A9', ['evil.example/%C3%A9', 'evil.example/é', 'http://evil.example/é']],
    ['http://evil.example/é', ['evil.example/%C3%A9', 'evil.example/é', 'http://evil.example/é']],
    ['http://evil.example/d%2541', ['evil.example/d%2541', 'evil.example/d%41', 'http://evil.example/d%41']],
    ['http://evil.example/a%09', ['evil.example/a%09', 'evil.example/a\t', 'http://evil.example/a\t']],
    ['http://evil.example/a%20', ['evil.example/a%20', 'evil.example/a ', 'http://evil.example/a ']],
    [
      'http://evil.example/%5cx41',
      ['evil.example/%5cx41', 'evil.example/\\x41', 'http://evil.example/\\x41'],
    ],
    [
      'http://evil.example/%%41%zz',
      ['evil.example/%%41%zz', 'evil.example/A%zz', 'http://evil.example/A%zz'],
    ],
  ])('%s has a row for each form that traffic shows', async (url, expected) => {
    expect(await decoded('Intel::URL', `  - url: '${url}'\n`)).toEqual(expected);
  });

  test('keeps bytes that are no UTF-8', async () => {
    expect(await rows("  - url: 'http://evil.example/%ff%00'\n")).toEqual([
      'evil.example/%ff%00 Intel::URL',
      'evil.example/\\xff\\x00 Intel::URL',
      'http://evil.example/\\xff\\x00 Intel::URL',
    ]);
  });

  test('shares its rows with one that differs in scheme or letter case only, and none of them is lost', async () => {
    const urls = '  - url: [https://evil.example/A, http://evil.example/a, http://evil.example/%61]\n';
    const { folder, fates } = await compile(HEAD + urls);
    expect(linesOf(folder, 'intel.dat').map((line) => line.split('\t')[0])).toEqual([
      'evil.example/%61',
      'evil.example/a',
      'http://evil.example/a',
    ]);
    expect(fates).toMatchObject({ emitted: 3 });
  });

  test('is never widened to its host', async () => {
    const all = '  - url: [https://evil.example/a, http://evil.example:8080/]\n';
    expect((await rows(all)).filter((row) => !row.endsWith('Intel::URL'))).toEqual([]);
  });

  test.each(['ftp://evil.example/a', 'ldap://evil.example/a', 'wss://evil.example/a'])(
    '%s is not said',
    async (url) => {
      expect(await reasons(`  - url: ${url}\n`, url)).toEqual([
        'unsupported: Zeek compares the addresses of HTTP requests and of links in mails; other schemes are not among them',
      ]);
    },
  );
});

describe('what is known of an indicator', () => {
  /** The last four cells of the one row. */
  async function meta(indicator: string, settings = ''): Promise<string[]> {
    const { folder } = await compile(`${HEAD}  - ${indicator}\n`, settings);
    return (linesOf(folder, 'intel.dat')[0] as string).split('\t').slice(2);
  }

  test('shows that it is historical, at low severity', async () => {
    expect(await meta('{domain: evil.example, status: historical}')).toEqual([
      'refang',
      'low, historical; First report',
      'https://www.example.com/one',
      '-',
    ]);
  });

  test('names all reports and actors', async () => {
    expect((await meta('{domain: evil.example, report: [one, two], actor: [red, ann]}'))[1]).toBe(
      'high; First report; Second: report; actors: Ann Example, Red Group',
    );
  });

  test('is the same for the networks of a range', async () => {
    const { folder } = await compile(
      `${HEAD}  - {cidr: 192.0.2.1-192.0.2.2, status: historical, actor: [red, ann], expires: 2026-06-30}\n`,
    );
    const known =
      'refang\tlow, historical; First report; actors: Ann Example, Red Group\thttps://www.example.com/one\t1782864000';
    expect(linesOf(folder, 'intel.dat')).toEqual([
      `192.0.2.1/32\tIntel::SUBNET\t${known}`,
      `192.0.2.2/32\tIntel::SUBNET\t${known}`,
    ]);
  });

  test('has no link where there is none', async () => {
    expect((await meta('{domain: evil.example, report: two}'))[2]).toBe('-');
  });

  test('comes from the publisher', async () => {
    expect((await meta('domain: evil.example', 'publisher: {id: example-cert}\n'))[0]).toBe('example-cert');
  });

  test('ends with the last valid day', async () => {
    const [, , , expires] = await meta('{domain: evil.example, expires: 2026-06-30}');
    expect(new Date(Number(expires) * 1000).toISOString()).toBe('2026-07-01T00:00:00.000Z');
  });

  test('cannot break a row', async () => {
    const yaml = `${HEAD.replace('title: First report', 'title: "#a\\tb\\n\\\\x41 \\0-"')}  - domain: evil.example\n`;
    const { folder } = await compile(yaml);
    const { rows: found } = readZeekIntel(readFileSync(join(folder, 'intel.dat')));
    expect(linesOf(folder, 'intel.dat')).toHaveLength(1);
    expect(found[0]?.cells['meta.desc']).toBe('high; #a\tb\n\\x41 \0-');
  });
});

describe('names.dat', () => {
  test('has the domains that stand for the names below them, and no others', async () => {
    const { folder } = await compile(
      `${HEAD}  - domain: [b.example, a.example]\n  - {domain: exact.example, match: exact}\n  - ip: 192.0.2.1\n`,
    );
    expect(readFileSync(join(folder, 'names.dat'), 'utf8')).toBe('#fields\tdomain\na.example\nb.example\n');
    expect(linesOf(folder, 'intel.dat').map((line) => line.split('\t')[0])).toEqual([
      'a.example',
      'b.example',
      'exact.example',
      '192.0.2.1',
    ]);
  });

  test('is there without a domain too, since it is loaded', async () => {
    const { folder } = await compile(`${HEAD}  - ip: 192.0.2.1\n`);
    expect(readFileSync(join(folder, 'names.dat'), 'utf8')).toBe('#fields\tdomain\n');
  });

  test('does not list what a name above covers, but what stands below an exact name', async () => {
    const indicators =
      '  - domain: [a.example, x.a.example, y.b.example]\n  - {domain: b.example, match: exact}\n';
    const { folder } = await compile(HEAD + indicators);
    expect(linesOf(folder, 'names.dat')).toEqual(['a.example', 'y.b.example']);
    expect(await reasons(indicators, 'x.a.example')).toEqual(['covered: a.example']);
  });
});

/** Whether both kinds take a text. */
function isFreeText(value: string): boolean {
  return KIND_MODULES.user_agent.parse(value).ok && KIND_MODULES.file_name.parse(value).ok;
}

describe('free text', () => {
  test.each([
    '\\x41',
    '#lead',
    '-',
    '--',
    'C:\\temp\\x',
    'a # b',
    '(empty)',
    'Ägent',
    '\u202eexe.txt',
    'a"b\',c',
  ])('the user agent %j is read back', async (value) => {
    expect(await decoded('Intel::SOFTWARE', `  - user_agent: [${JSON.stringify(value)}]\n`)).toEqual([value]);
  });

  test('any user agents and file names are read back, once each', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((value) => `x${value}x`);
    const wanted = fc.sample(text, 300).filter((value) => !value.includes('\ufeff') && isFreeText(value));
    const yaml = wanted.map(
      (value) => `  - {user_agent: [${JSON.stringify(value)}], file_name: [${JSON.stringify(value)}]}\n`,
    );
    const once = [
      ...new Map(
        wanted.sort().map((value) => [value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()), value]),
      ).keys(),
    ];
    for (const type of ['Intel::SOFTWARE', 'Intel::FILE_NAME']) {
      const found = await decoded(type, yaml.join(''));
      expect(found.map((value) => value?.replace(/[A-Z]/g, (letter) => letter.toLowerCase())).sort()).toEqual(
        once.sort(),
      );
    }
  });

  test('names that differ in the case of ASCII letters only are one row; Zeek tells others apart', async () => {
    expect(await rows('  - file_name: [SETUP.exe, setup.exe, Ä.exe, ä.exe]\n')).toEqual([
      'SETUP.exe Intel::FILE_NAME',
      'Ä.exe Intel::FILE_NAME',
      'ä.exe Intel::FILE_NAME',
    ]);
  });
});

describe('what Zeek cannot say', () => {
  test.each([
    ['endpoint', '203.0.113.77:8443', 'the Intel framework has no type for an address with a port'],
    ['hash', '0e'.repeat(64), 'Zeek computes MD5, SHA-1 and SHA-256 of files, no SHA-512'],
    ['certificate', '0f'.repeat(32), 'the Intel framework compares certificates by their SHA-1 alone'],
    [
      'ja4',
      't13d1516h2_8daaf6152771_02713d6af862',
      'the Intel framework has no type for fingerprints of TLS clients',
    ],
    ['mutex', 'Global\\example', 'Zeek sees network traffic, not the mutexes of a machine'],
    [
      'file_path',
      'C:\\Example\\a.exe',
      'Zeek sees the names of files on the wire, not where they lie on a disk',
    ],
    ['registry_key', 'HKLM\\Software\\Example', 'Zeek sees network traffic, not the registry of a machine'],
  ])('%s', async (kind, value, why) => {
    expect(await reasons(`  - ${kind}: '${value}'\n`, value)).toContain(`unsupported: ${why}`);
  });

  test('leaves a weaker hash of the file in place of a SHA-512', async () => {
    expect(await rows(`  - file: {md5: ${'0c'.repeat(16)}, sha512: ${'0e'.repeat(64)}}\n`)).toEqual([
      `${'0c'.repeat(16)} Intel::FILE_HASH`,
    ]);
  });
});

describe('the inputs that come with Refang', () => {
  for (const input of ['indicators.yaml', 'examples/all-kinds.yaml'])
    test(`${input} becomes a file that Zeek takes whole`, async () => {
      const { folder } = await compile(readFileSync(join(ROOT, input), 'utf8'));
      expect(linesOf(folder, 'intel.dat').length).toBeGreaterThan(10);
      expect(readdirSync(folder).sort()).toEqual([...SCRIPTS, 'intel.dat', 'names.dat'].sort());
    });
});

describe('the scripts', () => {
  test('are loaded by __load__.zeek where they must be, from their own folder', async () => {
    const { folder } = await compile(`${HEAD}  - domain: evil.example\n`);
    const load = readFileSync(join(folder, '__load__.zeek'), 'utf8');
    const loaded = [...load.matchAll(/^@load \.\/(.+)$/gm)].map(([, name]) => `${name}.zeek`);
    expect(loaded.sort()).toEqual(['expires.zeek', 'sha256.zeek', 'subdomains.zeek']);
    expect(load).toContain('redef Intel::read_files += { @DIR + "/intel.dat" };');
    expect(load).toContain('redef Refang::names_files += { @DIR + "/names.dat" };');
  });

  test.each(SCRIPTS.filter((name) => name !== '__load__.zeek'))(
    '%s takes effect once, however many folders bring it',
    async (name) => {
      const { folder } = await compile(`${HEAD}  - domain: evil.example\n`);
      const text = readFileSync(join(folder, name), 'utf8');
      const [, guard] = /^@ifndef \( Refang::(\w+) \)$/m.exec(text) ?? [];
      // What the guard asks for is what the script itself brings, in its module.
      expect(text).toMatch(
        new RegExp(
          `\nmodule Refang;\n\nexport \\{[^}]*(?:\\{[^}]*\\}[^}]*)*\n\t(?:option|const|global) ${guard}\\b`,
        ),
      );
      expect(text.endsWith('\n@endif\n')).toBe(true);
      // Outside the guard stand only comments and what else is loaded.
      expect(text.slice(0, text.indexOf('@ifndef'))).toMatch(/^(?:(?:#.*|@load .*)?\n)+$/);
    },
  );

  for (const script of SCRIPTS)
    zeekScriptTest(`${script} is well-formed`, async () => {
      const { folder } = await compile(`${HEAD}  - domain: evil.example\n`);
      expect(await zeekSyntaxError(join(folder, script))).toBeUndefined();
    });

  test('name no file outside their folder', async () => {
    const { folder } = await compile(`${HEAD}  - domain: evil.example\n`);
    for (const script of SCRIPTS) {
      const text = readFileSync(join(folder, script), 'utf8');
      expect(text).not.toContain(dirname(folder));
      expect(text).not.toMatch(/system\(|open\(|exec/);
    }
  });
});
