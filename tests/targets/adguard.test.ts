import { describe, expect, test } from 'vitest';
import { domain } from '../../compiler/indicators/domain.ts';
import { buildOne } from './build-one.ts';
import { compileFile, EXAMPLE, REPORT } from './list-files.ts';
import { parseAdguard } from './parsers/adguard.ts';

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
  - mutex: Global\\example
`,
  );
  expect(lines).toEqual([]);
  expect(await fateOf('old.example')).toBe('withheld status');
  expect(await fateOf('192.0.2.1')).toMatch(/^unsupported a DNS filter sees names: /);
  expect(await fateOf('https://host.example/a')).toBe(
    'unsupported a DNS filter sees names, not requests: the whole site would be blocked',
  );
  expect(await fateOf('Global\\example')).toBe('unsupported a DNS filter sees names alone');
});

describe.each([EXAMPLE, REPORT])('%s', (file) => {
  test('what is emitted is read, and nothing else', async () => {
    const { files, said } = await compileFile('adguard', file);
    const { rules, problems } = parseAdguard(files.get('refang.txt') as string);
    expect(problems).toEqual([]);
    expect(rules.map(({ name }) => name).sort()).toEqual(said);
  });

  test('each rule blocks its name and what it stands for, and no near miss', async () => {
    const { files } = await compileFile('adguard', file);
    for (const { name, subdomains, blocks } of parseAdguard(files.get('refang.txt') as string).rules) {
      const witnesses = domain.witnesses?.(name, { subdomains });
      for (const { text } of witnesses?.matches ?? []) expect(blocks(text), `${name} ${text}`).toBe(true);
      for (const { text } of witnesses?.misses ?? []) expect(blocks(text), `${name} ${text}`).toBe(false);
    }
  });
});

const GOOD = '! comment\n# comment\n\n||host.example^\n|alone.example^\n';

test.each([
  ['an exception', '@@||host.example^', 'an exception'],
  ['a regular expression', '/host/', 'a regular expression'],
  ['a modifier', '||host.example^$client=192.0.2.1', 'a modifier'],
  ['a wildcard', '||*.host.example^', 'not a name'],
  ['a wildcard in front', '*host.example^', 'a wildcard'],
  ['no end of the name', '||host.example', 'no end of the name'],
  ['no beginning of the name', 'host.example^', 'not a rule for a name'],
  ['a name alone', 'host.example', 'no end of the name'],
  ['a line of a hosts file', '0.0.0.0 host.example', 'no end of the name'],
  ['a rule twice', '||host.example^', 'a duplicate'],
  ['capitals', '||Other.example^', 'upper case'],
  ['an address', '||192.0.2.1^', 'an address, not a name'],
  ['an empty label', '||a..example^', 'an empty label'],
  ['a path', '||other.example/a^', 'not a name'],
  ['a blank', '||other.example ^', 'not a name'],
  ['a top-level domain', '||example^', 'a single label'],
])('the parser refuses %s', (_, line, problem) => {
  expect(parseAdguard(GOOD).problems).toEqual([]);
  expect(parseAdguard(`${GOOD}${line}\n`).problems).toEqual([`6: ${problem}`]);
});

test.each([
  ['||host.example^', 'host.example', true],
  ['||host.example^', 'www.HOST.example', true],
  ['||host.example^', 'evilhost.example', false],
  ['||host.example^', 'host.example.test', false],
  ['||host.example^', 'hostxexample', false],
  ['|host.example^', 'host.example', true],
  ['|host.example^', 'www.host.example', false],
])('the matcher reads %s for %s', (line, name, expected) => {
  expect(parseAdguard(`${line}\n`).rules[0]?.blocks(name)).toBe(expected);
});
