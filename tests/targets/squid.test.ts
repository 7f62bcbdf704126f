import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { squid } from '../../compiler/prove/engines/squid/squid.ts';
import { engineTest } from '../engines/require.ts';
import { writeFiles } from '../prove/files.ts';
import { folderWith } from '../temporary.ts';
import { buildOne } from './build-one.ts';

const FOLDER = fileURLToPath(new URL('../../templates/squid', import.meta.url));
const squidTest = await engineTest('squid');

/** What no file does without. */
const MARKS = [
  'acl refang_mark_block annotate_transaction refang=block',
  'acl refang_mark_watch annotate_transaction refang=watch',
  'acl refang_blocked note refang block',
  'acl refang_watched note refang watch',
];

squidTest(
  'a long title is cut: Squid reads what is behind 2,048 bytes of a line as the next one',
  async () => {
    const long = 'é http_access allow all '.repeat(300);
    const cwd = folderWith({
      'refang.yaml': `publisher: {name: "${long}"}\n`,
      'indicators.yaml': `refang: 1
reports:
  a: {title: "${long}", author: "${long}", published: 2025-01-15, url: "https://a.example/${'x'.repeat(3000)}"}
indicators:
  - {domain: host.example, report: a, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation, owner: me}}
`,
    });
    await build({ cwd, out: 'out', targets: ['squid'], asOf: '2026-01-01' });
    const file = join(cwd, 'out/squid/refang.conf');
    for (const line of readFileSync(file, 'utf8').split('\n'))
      expect(Buffer.byteLength(line)).toBeLessThan(1024);
    expect((await squid.load([file])).problems).toEqual([]);
  },
);

test('the file whole', async () => {
  const { text } = await buildOne(
    'squid',
    `  - {domain: host.example, note: "not; \\n acl all src all"}
  - {domain: alone.test, match: exact}
  - ip: [192.0.2.1, 192.0.2.2, "2001:db8::1"]
  - {cidr: 203.0.113.16-203.0.113.30}
  - url: http://host.test/a?b=c
  - {user_agent: Bot (x), status: historical}
  - {endpoint: "[2001:db8::2]:8443", status: historical}
`,
  );
  expect(text).toBe(`# Requests to deny and to mark, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r

acl refang_mark_block annotate_transaction refang=block
acl refang_mark_watch annotate_transaction refang=watch
# For access_log: what was denied, and what is only watched.
acl refang_blocked note refang block
acl refang_watched note refang watch

# Denied: hosts by name; those with a dot in front with all below them.
acl refang_block_domains dstdomain -n -- alone.test
acl refang_block_domains dstdomain -n -- .host.example

# Denied: hosts that have one of these addresses.
acl refang_block_addresses dst 192.0.2.1-192.0.2.2
acl refang_block_addresses dst 203.0.113.16-203.0.113.30
acl refang_block_addresses dst 2001:db8::1

# Denied: URLs, as Squid compares them: decoded, the host in lower case.
acl refang_block_urls url_regex ^http://host\\.test/a\\?b=c$

# Watched: whole user agents.
acl refang_watch_user_agents browser ^Bot[[:blank:]]\\(x\\)$

# Watched: hosts with a port.
acl refang_watch_9d35d0b49d91cfb2793bbf517576b861_host dst 2001:db8::2
acl refang_watch_9d35d0b49d91cfb2793bbf517576b861_port port 8443
acl refang_watch_endpoints all-of refang_watch_9d35d0b49d91cfb2793bbf517576b861_host refang_watch_9d35d0b49d91cfb2793bbf517576b861_port

http_access deny refang_block_domains refang_mark_block
http_access deny refang_block_urls refang_mark_block
http_access deny refang_block_addresses refang_mark_block
http_access deny refang_watch_user_agents refang_mark_watch !all
http_access deny refang_watch_endpoints refang_mark_watch !all
`);
});

squidTest('what another entry matches is written once, or Squid would refuse the file', async () => {
  const { path, lines, fateOf } = await buildOne(
    'squid',
    `  - domain: [host.example, a.host.example]
  - {domain: b.host.example, match: exact}
  - {domain: old.host.example, status: historical}
  - {domain: c.other.example, match: exact}
  - {domain: other.example, match: exact}
  - {domain: d.c.other.example}
`,
  );
  expect(lines.filter((line) => line.includes('dstdomain'))).toEqual([
    'acl refang_block_domains dstdomain -n -- c.other.example',
    'acl refang_block_domains dstdomain -n -- .d.c.other.example',
    'acl refang_block_domains dstdomain -n -- .host.example',
    'acl refang_block_domains dstdomain -n -- other.example',
  ]);
  expect((await squid.load([path])).problems).toEqual([]);
  for (const name of ['a.host.example', 'b.host.example', 'old.host.example'])
    expect(await fateOf(name)).toBe('covered (block)');
});

test('what a proxy does not see has its reason', async () => {
  const { lines, fateOf } = await buildOne(
    'squid',
    `  - url: [https://host.example/a, http://user@host.example/a, "http://host.example/a%20b", http://host.example/a//b, ftp://host.example/a]
  - email: a@host.example
`,
  );
  const otherwise =
    'unsupported a proxy sees host and port of HTTPS, drops user names and decodes escapes: only plain URLs can be compared';
  expect(await fateOf('https://host.example/a')).toBe(otherwise);
  expect(await fateOf('http://user@host.example/a')).toBe(otherwise);
  expect(await fateOf('http://host.example/a%20b')).toBe(otherwise);
  expect(await fateOf('a@host.example')).toBe(
    'unsupported a proxy sees requests: their host, port, URL and user agent',
  );
  expect(lines.filter((line) => line.includes('url_regex'))).toEqual([
    'acl refang_block_urls url_regex ^ftp://host\\.example/a$',
    'acl refang_block_urls url_regex ^http://host\\.example/a//b$',
  ]);
});

squidTest('values that try to be more load, and mean themselves', async () => {
  const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.example`;
  const empty = await buildOne('squid', '  - email: a@host.example\n');
  expect(empty.lines).toEqual(MARKS);
  const agents = [
    '-i',
    '"/etc/passwd"',
    "'quoted'",
    '# no comment',
    'a #b',
    '\\',
    ['$', '{process_name}'].join(''),
    '%{User-Agent}>h',
    '[x](y){2}|*+?^.$',
    'Société 😀',
    'x'.repeat(1000),
  ];
  const yaml = agents.map((agent) => `  - user_agent: ${JSON.stringify(agent)}\n`).join('');
  const hostile = await buildOne(
    'squid',
    `${yaml}  - domain: ${longest}
  - {domain: -x.host.example, match: exact}
  - url: ['http://host.example/"<>^\`{|}\\', "http://host.example/${'x'.repeat(3000)}", 'http://host.example/\${process_name}']
  - endpoint: ${longest}:65535
`,
  );
  for (const { path } of [empty, hostile]) expect((await squid.load([path])).problems).toEqual([]);
  const shown = [...agents, ...agents.map((agent) => `${agent}x`)];
  const cases = shown.map((text, id) => ({
    id,
    kind: 'user_agent' as const,
    text,
    expect: 'match' as const,
    about: '',
  }));
  const report = await squid.behave?.({ files: [hostile.path], cases });
  expect(report?.observations.map(({ rules }) => rules)).toEqual(
    shown.map((_, at) => (at < agents.length ? ['drop'] : [])),
  );
});

squidTest('the lines that the README wants in squid.conf load with the file', async () => {
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  const [, lines = ''] = /^```squid\n(access_log[^`]*)```/m.exec(readme) ?? [];
  expect(lines.split('\n')).toHaveLength(3);
  const [added] = writeFiles({ 'added.conf': lines });
  const report = await squid.load([join(FOLDER, 'golden/refang.conf'), added as string]);
  expect(report.problems).toEqual([]);
});
