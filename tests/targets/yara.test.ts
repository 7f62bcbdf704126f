import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import init, { Compiler, type Rules } from '@virustotal/yara-x';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { build, explain } from '../../compiler/index.ts';
import { yara } from '../../compiler/prove/engines/yara/yara.ts';
import { yaraX } from '../../compiler/prove/engines/yara/yara-x.ts';
import { findProgram, run } from '../../compiler/prove/process.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';

const yaraTest = await engineTest('yara');

const HEAD = `refang: 1
reports:
  example: {title: Strings of the example group, author: Example CERT, published: 2025-01-15}
defaults: {report: example, status: active, confidence: 90, severity: high, tlp: green, allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;

interface Built {
  cwd: string;
  /** Of refang.yar. */
  path: string;
  text: string;
  fates: unknown;
}

/** Compiles inline YAML for YARA alone; with `cwd` as the project of that folder, which has a lock. */
async function compile(yaml: string, options: { cwd?: string; asOf?: string } = {}): Promise<Built> {
  const cwd = options.cwd ?? folderWith();
  writeFileSync(join(cwd, 'indicators.yaml'), yaml);
  const files = options.cwd ? [] : ['indicators.yaml'];
  const asOf = options.asOf ?? '2026-01-01';
  const report = await build({ cwd, files, out: 'out', targets: ['yara'], asOf, allowShrink: true });
  expect(report.session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const path = join(cwd, 'out/yara/refang.yar');
  return { cwd, path, text: readFileSync(path, 'utf8'), fates: report.fates.get('yara') };
}

/** The fate of a value of a build, with its reason. */
async function fateOf({ cwd }: Built, value: string) {
  const options = { cwd, files: ['indicators.yaml'], targets: ['yara'], asOf: '2026-01-01' };
  const { explanations } = await explain({ ...options, value });
  return explanations[0]?.fates[0];
}

beforeAll(async () => {
  const wasm = new URL('./yara_x_js_bg.wasm', import.meta.resolve('@virustotal/yara-x'));
  await init({ module_or_path: readFileSync(wasm) });
});

/** The rules as YARA-X compiles them; it must have nothing to say. */
function rulesOf(text: string): Rules {
  const compiler = new Compiler();
  compiler.addSource(text);
  expect([...compiler.errors, ...compiler.warnings]).toEqual([]);
  const rules = compiler.build();
  compiler.free();
  onTestFinished(() => rules.free());
  return rules;
}

function finds(rules: Rules, bytes: Uint8Array): boolean {
  return (rules.scan(bytes) as { matches: unknown[] }).matches.length > 0;
}

const ascii = (text: string) => Buffer.from(text, 'utf8');
const wide = (text: string) => Buffer.from(text, 'utf16le');
const around = (before: number[], text: Buffer, after: number[]) =>
  Buffer.concat([Buffer.from(before), text, Buffer.from(after)]);

/** How files hold a text. */
const HOLDERS: Readonly<Record<string, (text: string) => Buffer>> = {
  'as the whole of the file': ascii,
  'between NUL bytes': (text) => around([0], ascii(text), [0]),
  'behind other bytes': (text) => around([0xff, 0x90], ascii(text), [0xfe]),
  'as UTF-16': wide,
  'as UTF-16 behind a byte order mark': (text) => around([0xff, 0xfe], wide(text), [0x0d, 0, 0x0a, 0]),
  'as UTF-16 at an odd place': (text) => around([0x41], wide(text), [0x42]),
  'as UTF-16 behind a NUL byte': (text) => around([0], wide(text), []),
  'as a string of .NET metadata': (text) => around([0x01, 0x1b], wide(text), [0x00, 0x2d]),
  'in UTF-16 text without blanks': (text) => wide(`地址${text}。`),
};

/** The probes of every kind: a record, texts that it is found in, and texts that it is not found in. */
const PROBES: Readonly<Record<string, { record: string; hits: string[]; misses: string[] }>> = {
  domain: {
    record: 'domain: host.example',
    hits: [
      'host.example',
      'HOST.Example',
      'www.host.example',
      'http://host.example/a',
      'joe@host.example',
      'host.example.',
      'see host.example. Then',
      '"host.example"',
      'host.example:443',
      'é host.example',
    ],
    misses: [
      'evilhost.example',
      'my-host.example',
      'my_host.example',
      'host.example.org',
      'host.examples',
      'host.example-cdn.org',
      'hostXexample',
      'host.example.evil.com',
    ],
  },
  'domain that stands for itself alone': {
    record: 'domain: host.example\n    match: exact',
    hits: ['host.example', 'http://HOST.example/a', 'host.example.'],
    misses: ['www.host.example', 'evilhost.example', 'host.example.org'],
  },
  'IPv4 address': {
    record: 'ip: 192.0.2.10',
    hits: [
      '192.0.2.10',
      '192.0.2.10:80',
      'ip=192.0.2.10;',
      'at 192.0.2.10.',
      '[192.0.2.10]',
      '192.0.2.10/32',
    ],
    misses: [
      '1192.0.2.10',
      '192.0.2.100',
      '192.0.2.1055',
      '9.192.0.2.10',
      '192.0.2.10.9',
      'v192.0.2.10',
      '192.0.2.10.host.example',
      '192a0b2c10',
    ],
  },
  'IPv6 address': {
    record: 'ip: 2001:db8::bad:1',
    hits: ['2001:db8::bad:1', '[2001:DB8::BAD:1]:443', '2001:db8::bad:1/128', 'at 2001:db8::bad:1.'],
    misses: [
      '2001:db8::bad:12',
      '2001:db8::bad:1:2',
      '12001:db8::bad:1',
      '1:2001:db8::bad:1',
      '2001:db8:0::bad:1',
    ],
  },
  endpoint: {
    record: 'endpoint: host.example:8443',
    hits: ['host.example:8443', 'https://HOST.example:8443/a', 'host.example:8443,other'],
    misses: ['host.example:84430', 'host.example:844', 'www.host.example:8443', 'host.example'],
  },
  'endpoint of an IPv6 address': {
    record: 'endpoint: "[2001:db8::1]:8443"',
    hits: ['[2001:db8::1]:8443', 'https://[2001:DB8::1]:8443/'],
    misses: ['[2001:db8::1]:84431', '2001:db8::1', '[12001:db8::1]:8443'],
  },
  URL: {
    record: 'url: http://host.example/a/b.php?id=1',
    hits: [
      'http://host.example/a/b.php?id=1',
      '"http://host.example/a/b.php?id=1"',
      "get('http://host.example/a/b.php?id=1')",
      '(http://host.example/a/b.php?id=1).',
      'http://host.example/a/b.php?id=1, and',
      'http://host.example/a/b.php?id=1#top',
      'https://other.example/?u=http://host.example/a/b.php?id=1',
    ],
    misses: [
      'http://host.example/a/b.php?id=12',
      'http://host.example/a/b.php?id=1&x',
      'http://host.example/a/b.php?id=1.5',
      'http://host.example/a/b.php?id=1/',
      'http://host.example/a/b.php',
      'https://host.example/a/b.php?id=1',
      'xhttp://host.example/a/b.php?id=1',
      'http://host.example/A/b.php?id=1',
      'http://host.example/a/bXphp?id=1',
    ],
  },
  'e-mail address': {
    record: 'email: joe@host.example',
    hits: [
      'joe@host.example',
      '<Joe@HOST.example>',
      'mailto:joe@host.example?x',
      'from=joe@host.example.',
      'joe@host.example,a',
    ],
    misses: [
      'a.joe@host.example',
      'a+joe@host.example',
      'a-joe@host.example',
      'ajoe@host.example',
      'joe@host.example.org',
      'joe@host.examples',
      'joe@www.host.example',
    ],
  },
  'user agent': {
    record: 'user_agent: Example Bot/1.0 (made up; x)',
    hits: [
      'Example Bot/1.0 (made up; x)',
      'User-Agent: Example Bot/1.0 (made up; x)\r\n',
      'ua="Example Bot/1.0 (made up; x)"',
      "'Example Bot/1.0 (made up; x)'",
    ],
    misses: [
      'Example Bot/1.0 (made up; x) Other/2',
      'Other/2 Example Bot/1.0 (made up; x)',
      'example bot/1.0 (made up; x)',
      'AnExample Bot/1.0 (made up; x)',
    ],
  },
  'path of Windows': {
    record: 'file_path: C:\\Pro gram\\a.exe',
    hits: [
      'C:\\Pro gram\\a.exe',
      '"c:\\pro gram\\A.EXE" /s',
      '\\\\?\\C:\\Pro gram\\a.exe',
      'C:\\Pro gram\\a.exe.',
    ],
    misses: [
      'C:\\Pro gram\\a.exe.bak',
      'C:\\Pro gram\\a.exes',
      'C:\\Pro gram\\a.exe\\b',
      'AC:\\Pro gram\\a.exe',
    ],
  },
  'path of Unix': {
    record: 'file_path: /tmp/.x/run',
    hits: ['/tmp/.x/run', 'sh /tmp/.x/run &', 'file:///tmp/.x/run', '/tmp/.x/run.'],
    misses: ['/var/tmp/.x/run', '/tmp/.x/run/a', '/tmp/.x/run.sh', '/tmp/.X/run', '/tmp/.x/runner'],
  },
  folder: {
    record: 'file_path: C:\\Example\\',
    hits: ['C:\\Example\\', 'c:\\example\\any.exe'],
    misses: ['C:\\Example', 'C:\\Examples\\', 'XC:\\Example\\'],
  },
  'registry key': {
    record: 'registry_key: HKCU\\Software\\Example Key',
    hits: [
      'HKCU\\Software\\Example Key',
      'HKEY_CURRENT_USER\\software\\example key',
      'HKCU:\\Software\\Example Key',
      'reg add HKCU\\Software\\Example Key /f',
      '"HKCU\\Software\\Example Key\\"',
    ],
    misses: [
      'HKLM\\Software\\Example Key',
      'HKCU\\Software\\Example Keys',
      'HKCU\\Software\\Example Key\\Sub',
      'Software\\Example Key',
      'XHKCU\\Software\\Example Key',
    ],
  },
  mutex: {
    record: 'mutex: Global\\example-7f3a',
    hits: ['Global\\example-7f3a', '"Global\\example-7f3a"', 'name: Global\\example-7f3a'],
    misses: [
      'Global\\example-7f3a1',
      'Global\\example-7f3a and',
      'xGlobal\\example-7f3a',
      'global\\EXAMPLE-7f3a',
    ],
  },
  'text beyond ASCII': {
    record: 'mutex: Société-日本',
    hits: ['Société-日本', '"Société-日本"'],
    misses: ['Societe-日本', 'Société-日本1'],
  },
};

describe.each(Object.entries(PROBES))('the rule for a %s', (_, { record, hits, misses }) => {
  test('finds it however a file holds it, and nothing near it', async () => {
    const rules = rulesOf((await compile(`${HEAD}  - ${record}\n`)).text);
    const missed = Object.entries(HOLDERS).flatMap(([how, hold]) =>
      hits.filter((text) => !finds(rules, hold(text))).map((text) => `${text} ${how}`),
    );
    expect(missed).toEqual([]);
    const wrong = [ascii, wide].flatMap((encode) => misses.filter((text) => finds(rules, encode(text))));
    expect(wrong).toEqual([]);
  });

  yaraTest('does the same in YARA 4', async () => {
    const { path, cwd } = await compile(`${HEAD}  - ${record}\n`);
    const folder = join(cwd, 'probes');
    mkdirSync(folder);
    const expected: string[] = [];
    hits.forEach((text, at) => {
      Object.values(HOLDERS).forEach((hold, how) => {
        writeFileSync(join(folder, `hit-${at}-${how}`), hold(text));
        expected.push(`hit-${at}-${how}`);
      });
    });
    misses.forEach((text, at) => {
      writeFileSync(join(folder, `miss-${at}-ascii`), ascii(text));
      writeFileSync(join(folder, `miss-${at}-wide`), wide(text));
    });
    const { stdout, stderr } = await run(findProgram('yara') as string, [path, folder]);
    expect(stderr).toBe('');
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/^.*\//, ''));
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe('the file', () => {
  test('whole: strings and hashes of one report', async () => {
    const { text } = await compile(`${HEAD}  - domain: host.example
    ip: 192.0.2.10
  - file: {name: "a\\"b.exe", sha256: ${'ab'.repeat(32)}, md5: ${'cd'.repeat(16)}}
`);
    expect(text).toBe(String.raw`// Indicators as YARA rules, by Refang. For YARA 4.2 or newer and YARA-X.

import "hash"

rule IOC_Strings_REFANG_example_8b74a571 : IOC
{
    meta:
        description = "Detects strings of the report 'Strings of the example group'"
        author = "Example CERT"
        date = "2025-01-15"
        score = 90
        id = "8b74a571-fb3b-5788-a14a-b56398d3dd04"
        tlp = "GREEN"
        severity = "high"
        status = "active"
    strings:
        $domain0a = /(^|[^a-z0-9_-])host\.example\.?([^a-z0-9_.-]|$)/ nocase
        $domain0w = /(^\x00?|[^\x00]|[^a-z0-9_-]\x00)h\x00o\x00s\x00t\x00\.\x00e\x00x\x00a\x00m\x00p\x00l\x00e\x00(\.\x00)?([^a-z0-9_.-]|.[^\x00]|.?$)/ nocase
        $ip0a = /(^|[^a-z0-9.])192\.0\.2\.10\.?([^a-z0-9.]|$)/ nocase
        $ip0w = /(^\x00?|[^\x00]|[^a-z0-9.]\x00)1\x009\x002\x00\.\x000\x00\.\x002\x00\.\x001\x000\x00(\.\x00)?([^a-z0-9.]|.[^\x00]|.?$)/ nocase
    condition:
        any of them
}

rule IOC_Hashes_REFANG_example_621b717e : IOC
{
    meta:
        description = "Detects files by hashes of the report 'Strings of the example group'"
        author = "Example CERT"
        date = "2025-01-15"
        score = 90
        id = "621b717e-c4cf-58a5-a24d-598e9ff5fece"
        tlp = "GREEN"
        severity = "high"
        status = "active"
    condition:
        hash.sha256(0, filesize) == "abababababababababababababababababababababababababababababababab" // a\"b.exe
}
`);
  });

  test('marks what is historical, and tells all that is known', async () => {
    const { text } = await compile(`refang: 1
reports:
  a: {title: First, author: Example CERT, published: 2025-01-15, url: https://www.example.com/first}
  b: {title: Second, author: Others, published: 2024-02-01}
actors:
  one: {name: 'Example "One"', kind: group}
  two: {name: Two, kind: person}
indicators:
  - domain: host.example
    report: [a, b]
    actor: [one, two]
    status: historical
    severity: critical
    confidence: 60
    tlp: amber+strict
    attack: [T1566.002, T1071]
    tags: [x, y]
    allow: {guard: special-use, reason: documentation values, owner: Example CERT}
`);
    const lines = text.split('\n');
    expect(lines[2]).toMatch(/^rule IOC_Strings_REFANG_a_[0-9a-f]{8} : IOC historical$/);
    expect(lines.slice(5, 20).map((line) => line.trim().replace(/^id = ".{36}"$/, 'id'))).toEqual([
      `description = "Detects strings of the report 'First' and of others (historical, no sign of current activity)"`,
      'author = "Example CERT, Others"',
      'date = "2024-02-01"',
      'reference = "https://www.example.com/first"',
      'score = 60',
      'id',
      'tlp = "AMBER+STRICT"',
      'severity = "low"',
      'status = "historical"',
      String.raw`actor = "Example \"One\""`,
      'actor = "Two"',
      'attack = "T1071, T1566.002"',
      'tags = "x, y"',
      'strings:',
      expect.stringContaining('$domain0a = '),
    ]);
    rulesOf(text);
  });

  test('without anything to say is empty and loads', async () => {
    const { text, path } = await compile(`${HEAD}  - ja3: ${'ab'.repeat(16)}\n`);
    expect(text).toBe('// Indicators as YARA rules, by Refang. For YARA 4.2 or newer and YARA-X.\n');
    expect((await yaraX.load([path])).problems).toEqual([]);
  });
});

describe('fates', () => {
  test('tell why a kind cannot be said', async () => {
    const built = await compile(`${HEAD}  - cidr: 192.0.2.0/24
    hash: ${'ab'.repeat(64)}
    file_name: a.exe
    ja3: ${'ab'.repeat(16)}
    certificate: ${'cd'.repeat(20)}
`);
    expect(built.fates).toEqual({ emitted: 0, covered: 0, approximated: 0, withheld: 0, unsupported: 5 });
    expect(await fateOf(built, 'ab'.repeat(64))).toEqual({
      target: 'yara',
      fate: 'unsupported',
      reason: 'the hash module of YARA has no SHA-512',
    });
    expect((await fateOf(built, 'a.exe'))?.reason).toMatch(
      /^YARA sees what a file holds, not what it is called/,
    );
  });

  test('names below a listed one are covered, an exact one covers nothing', async () => {
    const built = await compile(`${HEAD}  - domain: [host.example, www.host.example]
  - {domain: other.example, match: exact}
  - domain: www.other.example
`);
    expect(built.fates).toMatchObject({ emitted: 3, covered: 1 });
    expect(await fateOf(built, 'www.host.example')).toMatchObject({ fate: 'covered', by: 'host.example' });
  });

  test('too short and too long values are withheld', async () => {
    const long = `http://host.example/${'a'.repeat(1281)}`;
    const built = await compile(
      `${HEAD}  - mutex: [abcd, abcde]\n  - url: [${long}, ${long.slice(0, 1300)}]\n`,
    );
    expect(built.fates).toMatchObject({ emitted: 2, withheld: 2 });
    expect(await fateOf(built, 'abcd')).toMatchObject({ fate: 'withheld', reason: 'limit' });
    expect(await fateOf(built, long)).toMatchObject({ fate: 'withheld', reason: 'limit' });
  });

  const names = (count: number) => Array.from({ length: count }, (_, at) => `h${at}.example`);

  test('1000 strings are said exactly', async () => {
    const built = await compile(`${HEAD}  - domain: [${names(1000).join(', ')}]\n`);
    expect(built.fates).toMatchObject({ emitted: 1000, approximated: 0 });
    const rules = rulesOf(built.text);
    expect(finds(rules, ascii('www.h999.example'))).toBe(true);
    expect(finds(rules, ascii('my-h999.example'))).toBe(false);
  });

  test('1001 are said as whole words, counted as approximated, at most 1000 a rule', async () => {
    const built = await compile(`${HEAD}  - domain: [${names(1001).join(', ')}]
  - mutex: Local\\example
    registry_key: HKCU\\Software\\Example
    file_path: /tmp/example
`);
    expect(built.fates).toMatchObject({ emitted: 0, approximated: 1004 });
    expect(await fateOf(built, 'h7.example')).toMatchObject({
      fate: 'approximated',
      reason: expect.stringMatching(/^with more than 1000 strings the rules look for whole words/),
    });
    const rules = built.text.split('\nrule ').slice(1);
    expect(rules.length).toBeGreaterThan(1);
    for (const rule of rules) {
      expect(rule).toMatch(/^IOC_Words_REFANG_example_[0-9a-f]{8} : IOC\n/);
      expect(rule.match(/^ {8}\$\w+ = /gm)?.length).toBeLessThanOrEqual(1000);
    }
    expect(built.text).toMatch(/^ {8}\$domain\d+ = "h7\.example" ascii wide nocase fullword$/m);
    expect(built.text).toMatch(/^ {8}\$mutex0 = "Local\\\\example" ascii wide fullword$/m);
    expect(built.text).toMatch(
      /^ {8}\$registry_key0s = "HKCU\\\\Software\\\\Example" ascii wide nocase fullword$/m,
    );
    expect(built.text).toMatch(/^ {8}\$file_path0 = "\/tmp\/example" ascii wide fullword$/m);
    const compiled = rulesOf(built.text);
    expect(finds(compiled, wide('www.H7.example'))).toBe(true);
    expect(finds(compiled, ascii('evilh7.example'))).toBe(false);
  });
});

describe('hashes', () => {
  test('find the file by the strongest hash that YARA has', async () => {
    const file = Buffer.from('an example file');
    const digest = (algorithm: string) => createHash(algorithm).update(file).digest('hex').toUpperCase();
    for (const algorithm of ['md5', 'sha1', 'sha256']) {
      const { text } = await compile(`${HEAD}  - hash: ${digest(algorithm)}\n`);
      expect(text).toContain(`hash.${algorithm}(0, filesize) == "${digest(algorithm).toLowerCase()}"\n`);
      const rules = rulesOf(text);
      expect(finds(rules, file)).toBe(true);
      expect(finds(rules, Buffer.from('an example file!'))).toBe(false);
    }
    const whole = ['md5', 'sha1', 'sha256', 'sha512'].map((name) => `${name}: ${digest(name)}`).join(', ');
    const built = await compile(`${HEAD}  - file: {${whole}}\n`);
    expect(built.fates).toMatchObject({ emitted: 1, covered: 2, unsupported: 1 });
    expect(built.text).toContain('hash.sha256(');
    expect(built.text).not.toMatch(/hash\.(md5|sha1)\(/);
  });

  test('come in rules of at most 1000', async () => {
    const digests = Array.from({ length: 1200 }, (_, at) =>
      createHash('sha256').update(`file ${at}`).digest('hex'),
    );
    const built = await compile(`${HEAD}  - hash: [${digests.join(', ')}]\n`);
    const rules = built.text.split('\nrule ').slice(1);
    const counts = rules.map((rule) => rule.match(/hash\.sha256\(/g)?.length ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1200);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
    rulesOf(built.text);
  });
});

test('names and ids stay when an indicator is added, and the rule says when it changed', async () => {
  const cwd = folderWith();
  writeFileSync(join(cwd, 'refang.yaml'), 'inputs: [indicators.yaml]\n');
  const ids = ({ text }: Built) =>
    [...text.matchAll(/^rule (\S+)|\bid = "(.*)"|\bmodified = "(.*)"/gm)].map(([line]) => line);
  const one = `${HEAD}  - domain: host.example\n    hash: ${'ab'.repeat(16)}\n`;
  const first = await compile(one, { cwd, asOf: '2026-01-01' });
  expect(first.text).not.toContain('modified');
  const again = await compile(one, { cwd, asOf: '2026-01-15' });
  expect(again.text).toBe(first.text);
  const more = await compile(`${one}  - domain: new.example\n`, { cwd, asOf: '2026-02-01' });
  const [strings, stringsId, hashes, hashesId] = ids(first);
  expect(ids(more)).toEqual([strings, 'modified = "2026-02-01"', stringsId, hashes, hashesId]);
});

describe('hostile values', () => {
  const TITLE = '"} rule x { condition: true } // \\';
  const AGENTS = [
    '"; } rule evil { condition: true } /*',
    '/ nocase\\',
    '.*(a+)+$[^x]{2,}|^',
    '{{value}}{{{value}}}',
    '\\x41\\n\\',
    '\u202eexe.bot',
    'ﷺ日本😀 bot',
    "it's 100%",
  ];
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const yaml = `refang: 1
reports:
  ${'r'.repeat(100)}.x: {title: ${JSON.stringify(`${TITLE}\u2028${'é'.repeat(400)}`)}, author: ${JSON.stringify(TITLE)}, published: 2025-01-15}
actors:
  a: {name: ${JSON.stringify(`${TITLE}\nline`)}, kind: group}
defaults: {report: ${'r'.repeat(100)}.x, actor: a, status: active, confidence: 90, severity: high, tlp: clear, tags: [${JSON.stringify(TITLE)}]}
indicators:
  - user_agent: [${AGENTS.map(quoted).join(', ')}]
  - user_agent: ${'/.'.repeat(512)}
  - mutex: ${'日'.repeat(430)}
  - file: {name: ${quoted('a*/ "\\')}, sha256: ${'ab'.repeat(32)}}
  - file: {name: ${quoted(TITLE)}, sha256: ${'cd'.repeat(32)}}
`;

  test('are found as what they are', async () => {
    const { text, fates } = await compile(yaml);
    expect(fates).toMatchObject({ emitted: AGENTS.length + 4, withheld: 0 });
    expect(text.match(/^rule /gm)).toHaveLength(2);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    const rules = rulesOf(text);
    for (const agent of AGENTS) {
      expect(finds(rules, ascii(agent)), agent).toBe(true);
      expect(finds(rules, wide(agent)), agent).toBe(true);
      expect(finds(rules, ascii(`x${agent}`)), agent).toBe(false);
    }
  });

  yaraTest('load in YARA 4 as regular expressions and as words', async () => {
    const { path } = await compile(yaml);
    expect((await yara.load([path])).problems).toEqual([]);
    const many = Array.from({ length: 1000 }, (_, at) => `h${at}.example`).join(', ');
    const allow = '{guard: special-use, reason: documentation values, owner: Example CERT}';
    const words = await compile(`${yaml}  - domain: [${many}]\n    allow: ${allow}\n`);
    expect(words.text).toContain('rule IOC_Words_');
    expect((await yara.load([words.path])).problems).toEqual([]);
    expect((await yaraX.load([words.path])).problems).toEqual([]);
  });

  test('a prefix that is no name of a rule becomes part of one', async () => {
    const cwd = folderWith();
    writeFileSync(join(cwd, 'refang.yaml'), `publisher: {prefix: 360 CERT ${'x'.repeat(23)}}\n`);
    const { text } = await compile(`${HEAD}  - domain: host.example\n`, { cwd });
    expect(text).toMatch(/^rule IOC_Strings_360_CERT_x{23}_example_[0-9a-f]{8} : IOC$/m);
    rulesOf(text);
  });
});
