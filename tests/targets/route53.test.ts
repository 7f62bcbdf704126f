import { expect, test } from 'vitest';
import { buildFiles } from './build-one.ts';
import { compileFile, EXAMPLE, lines, REPORT } from './list-files.ts';
import { parseDomainList, reachOf } from './parsers/route53.ts';

test('the files whole', async () => {
  const { files } = await buildFiles(
    'route53',
    `  - domain: [host.example, below.host.example, xn--bcher-kva.example]
  - {domain: alone.example, match: exact}
  - {domain: [old.example, old.host.example], status: historical}
  - {domain: unsure.example, match: exact, confidence: 10}
`,
  );
  expect(Object.fromEntries(files)).toEqual({
    'block-domains.txt': lines(
      'host.example',
      '*.host.example',
      'xn--bcher-kva.example',
      '*.xn--bcher-kva.example',
      'alone.example',
    ),
    'watch-domains.txt': lines('old.example', '*.old.example', 'unsure.example'),
  });
});

test('what has no place has its reason', async () => {
  const { files, fateOf } = await buildFiles(
    'route53',
    `  - domain: _dmarc.host.example
  - {domain: a_b.example, match: exact}
  - ip: 192.0.2.1
  - endpoint: host.example:443
  - url: https://host.example/a
  - mutex: Global\\example
`,
  );
  expect(Object.fromEntries(files)).toEqual({ 'block-domains.txt': '', 'watch-domains.txt': '' });
  for (const name of ['_dmarc.host.example', 'a_b.example'])
    expect(await fateOf(name)).toBe('unsupported a domain list takes letters, digits and hyphens, not `_`');
  expect(await fateOf('192.0.2.1')).toBe(
    'unsupported DNS Firewall sees the names in queries, not the addresses they lead to',
  );
  expect(await fateOf('host.example:443')).toMatch(/^unsupported DNS Firewall sees names, not ports/);
  expect(await fateOf('https://host.example/a')).toMatch(
    /^unsupported DNS Firewall sees names, not requests/,
  );
  expect(await fateOf('Global\\example')).toBe('unsupported DNS Firewall sees names alone');
});

test.each([EXAMPLE, REPORT])('%s: what is emitted is read, and nothing else', async (file) => {
  const { files, said } = await compileFile('route53', file);
  const names = new Set<string>();
  for (const [name, text] of files) {
    const { entries, problems } = parseDomainList(text);
    expect(problems, name).toEqual([]);
    for (const [domain, reach] of reachOf(entries)) {
      expect(reach).toBe(domain.startsWith('portal.') ? 'alone' : 'both');
      names.add(domain);
    }
  }
  expect([...names].sort()).toEqual(said);
});

test('the longest name fits with its wildcard', async () => {
  const longest = [63, 63, 63, 53, 7].map((length) => 'a'.repeat(length)).join('.');
  expect(longest).toHaveLength(253);
  const { files } = await buildFiles('route53', `  - domain: ${longest}\n`);
  expect(parseDomainList(files.get('block-domains.txt') as string)).toEqual({
    entries: [longest, `*.${longest}`],
    problems: [],
  });
});

const GOOD = lines('host.example', '*.host.example', 'alone.example');

test.each([
  ['an underscore', '_dmarc.host.example', 'an underscore'],
  ['a wildcard within', 'a.*.example', 'not a name'],
  ['a wildcard without its dot', '*other.example', 'a wildcard that is part of a label'],
  ['a wildcard alone', '*', 'a wildcard that is part of a label'],
  ['a final dot', 'other.example.', 'an empty label'],
  ['a leading dot', '.other.example', 'an empty label'],
  ['a comment', '# other.example', 'not a name'],
  ['a blank line', '', 'a blank line'],
  ['a blank at the end', 'other.example ', 'a blank at an end'],
  ['two domains', 'other.example, more.example', 'not a name'],
  ['a scheme', 'https://other.example', 'a scheme'],
  ['an address', '192.0.2.1', 'an address, not a name'],
  ['a network', '192.0.2.0/24', 'not a name'],
  ['a domain twice', 'host.example', 'a duplicate'],
  ['a character of another script', 'b\u00fccher.example', 'not printable ASCII'],
  ['a label that is too long', `${'a'.repeat(64)}.example`, 'a label longer than 63 characters'],
])('the parser refuses %s', (_, line, problem) => {
  expect(parseDomainList(GOOD).problems).toEqual([]);
  expect(parseDomainList(`${GOOD}${line}\n`).problems).toEqual([`4: ${problem}`]);
});

test('the parser refuses more than a file may hold, and a last line without an end', () => {
  const text = Array.from({ length: 250_001 }, (_, at) => `n${at}.example\n`).join('');
  expect(parseDomainList(text).problems).toEqual(['more than 250000 entries']);
  expect(parseDomainList(GOOD.trimEnd()).problems).toEqual(['the last line has no end']);
});
