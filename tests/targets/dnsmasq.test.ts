import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { dnsmasq } from '../../compiler/prove/engines/resolvers/dnsmasq.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';
import { buildOne } from './build-one.ts';

const dnsmasqTest = await engineTest('dnsmasq');

test('the file whole', async () => {
  const { text } = await buildOne(
    'dnsmasq',
    `  - domain: [host.example, below.host.example]
  - {domain: alone.example, match: exact}
`,
  );
  expect(text).toBe(`# Names to block, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r

# These names and all below them do not exist.
address=/host.example/

# These names alone do not exist; those below them are resolved.
address=/alone.example/
server=/*.alone.example/#
`);
});

dnsmasqTest(
  'a long title is cut: dnsmasq reads what is behind 1,024 bytes of a line as the next one',
  async () => {
    const long = 'é address=/x.example/ '.repeat(300);
    const cwd = folderWith({
      'refang.yaml': `publisher: {name: "${long}"}\n`,
      'indicators.yaml': `refang: 1
reports:
  a: {title: "${long}", author: "${long}", published: 2025-01-15, url: "https://a.example/${'x'.repeat(2000)}"}
indicators:
  - {domain: host.example, report: a, status: active, confidence: 90, severity: high, tlp: clear, allow: {guard: special-use, reason: documentation, owner: me}}
`,
    });
    await build({ cwd, out: 'out', targets: ['dnsmasq'], asOf: '2026-01-01' });
    const file = join(cwd, 'out/dnsmasq/refang.conf');
    for (const line of readFileSync(file, 'utf8').split('\n'))
      expect(Buffer.byteLength(line)).toBeLessThan(1024);
    expect((await dnsmasq.load([file])).problems).toEqual([]);
  },
);

test('what is only to be watched is withheld: dnsmasq cannot log it alone', async () => {
  const { lines, fateOf } = await buildOne(
    'dnsmasq',
    `  - {domain: old.example, status: historical}
  - {domain: unsure.example, confidence: 10}
  - ip: 192.0.2.1
`,
  );
  expect(lines).toEqual([]);
  expect(await fateOf('old.example')).toBe('withheld status');
  expect(await fateOf('unsure.example')).toBe('withheld confidence');
  expect(await fateOf('192.0.2.1')).toMatch(/^unsupported a resolver sees names: /);
});

dnsmasqTest('a file without a name, and one with the longest, load', async () => {
  const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.example`;
  const empty = await buildOne('dnsmasq', '  - ip: 192.0.2.1\n');
  const long = await buildOne(
    'dnsmasq',
    `  - domain: ${longest}\n  - {domain: _x.${longest.slice(3)}, match: exact}\n`,
  );
  expect(long.lines).toHaveLength(3);
  for (const { path } of [empty, long]) expect((await dnsmasq.load([path])).problems).toEqual([]);
});
