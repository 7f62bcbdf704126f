import { expect, test } from 'vitest';
import { dnsmasq } from '../../compiler/prove/engines/resolvers/dnsmasq.ts';
import { engineTest } from '../engines/require.ts';
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
