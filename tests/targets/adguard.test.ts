import { expect, test } from 'vitest';
import { buildOne } from './build-one.ts';

test('the file whole', async () => {
  const { text } = await buildOne(
    'adguard',
    `  - domain: [host.example, below.host.example, xn--bcher-kva.example, _sip.a-b.example]
  - {domain: alone.example, match: exact}
`,
  );
  expect(text).toBe(`! Title: Names to block, by Refang
! Report: Names of "the" group local-zone: "x." refuse (Example CERT, 2025-01-15) https://www.example.com/r

! These names and all below them.
||_sip.a-b.example^
||host.example^
||xn--bcher-kva.example^

! These names alone.
|alone.example^
`);
});

test('what is only to be watched is withheld, and all else has its reason', async () => {
  const { lines, fateOf } = await buildOne(
    'adguard',
    `  - {domain: old.example, status: historical}
  - ip: 192.0.2.1
  - url: https://host.example/a
`,
  );
  expect(lines).toEqual([]);
  expect(await fateOf('old.example')).toBe('withheld status');
  expect(await fateOf('192.0.2.1')).toMatch(/^unsupported a DNS filter sees names: /);
  expect(await fateOf('https://host.example/a')).toBe(
    'unsupported a DNS filter sees names, not requests: the whole site would be blocked',
  );
});
