import { expect, test } from 'vitest';
import { unbound } from '../../compiler/prove/engines/resolvers/unbound.ts';
import { engineTest } from '../engines/require.ts';
import { buildOne } from './build-one.ts';

const unboundTest = await engineTest('unbound');

test('the file whole', async () => {
  const { text } = await buildOne(
    'unbound',
    `  - domain: [host.example, xn--bcher-kva.example]
  - {domain: alone.example, match: exact}
  - {domain: old.example, status: historical}
`,
  );
  expect(text).toBe(`# Names to block and to watch, by Refang.
# Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r
server:

# Blocked: these names and all below them do not exist.
local-zone: "host.example." always_nxdomain
local-zone: "xn--bcher-kva.example." always_nxdomain

# Blocked: these names alone have no address.
local-data: 'alone.example. TXT "blocked"'

# Watched: queries for these names and all below them are answered and logged.
local-zone: "old.example." inform
`);
});

test('a watched name below a blocked one has no zone, which would let it through', async () => {
  const { lines, fateOf } = await buildOne(
    'unbound',
    `  - domain: host.example
  - {domain: old.host.example, status: historical}
  - {domain: unsure.host.example, confidence: 10}
`,
  );
  expect(lines).toEqual(['server:', 'local-zone: "host.example." always_nxdomain']);
  expect(await fateOf('old.host.example')).toBe('covered (block)');
  expect(await fateOf('unsure.host.example')).toBe('covered (block)');
});

test('a blocked name below a watched one has its own zone', async () => {
  const { lines } = await buildOne(
    'unbound',
    `  - {domain: old.example, status: historical}
  - domain: c2.old.example
`,
  );
  expect(lines).toEqual([
    'server:',
    'local-zone: "c2.old.example." always_nxdomain',
    'local-zone: "old.example." inform',
  ]);
});

test('an exact name is blocked, but cannot be watched; all else has its reason', async () => {
  const { fateOf } = await buildOne(
    'unbound',
    `  - {domain: alone.example, match: exact}
  - {domain: old-alone.example, match: exact, status: historical}
  - ip: 192.0.2.1
  - endpoint: host.example:443
  - url: https://host.example/a
`,
  );
  expect(await fateOf('alone.example')).toBe('emitted (block)');
  expect(await fateOf('old-alone.example')).toBe('withheld status');
  expect(await fateOf('192.0.2.1')).toBe(
    'unsupported a resolver sees names: it could hide those that lead to the address, but not the address itself',
  );
  expect(await fateOf('host.example:443')).toBe(
    'unsupported a resolver sees names, not ports: every service of the host would be blocked',
  );
  expect(await fateOf('https://host.example/a')).toBe(
    'unsupported a resolver sees names, not requests: the whole site would be blocked',
  );
});

unboundTest('a file without a name, and one with the longest, load', async () => {
  const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(53)}.example`;
  const empty = await buildOne('unbound', '  - ip: 192.0.2.1\n');
  const long = await buildOne(
    'unbound',
    `  - domain: ${longest}\n  - {domain: _x.${longest.slice(3)}, match: exact}\n`,
  );
  expect(empty.lines).toEqual(['server:']);
  expect(long.lines).toHaveLength(3);
  for (const { path } of [empty, long]) expect((await unbound.load([path])).problems).toEqual([]);
});
