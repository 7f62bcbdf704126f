import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { buildOne, HEAD } from './build-one.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { jsonlValues } from './parsers/jsonl.ts';

const INDICATORS = `${HOSTILE}
  - domain: seen.example
    attack: [T1566.002, T1071]
    tags: [one, "two, \\"three\\""]
    first_seen: 2025-01-01
    last_seen: 2025-01-02
    expires: 2030-01-01
    references: [https://www.example.com/a, https://www.example.com/r]
  - {ip: 192.0.2.77, status: historical, severity: critical, confidence: 0, tlp: clear}
  - {ip: 192.0.2.78, status: revoked}
`;

/** What a project makes of a file that is its only feed. */
async function asFeed(text: string): Promise<string> {
  const cwd = folderWith();
  writeFileSync(join(cwd, 'refang.jsonl'), text);
  const [head] = HEAD.split('defaults:');
  const allow = '{guard: special-use, reason: documentation values, owner: Example CERT}';
  writeFileSync(
    join(cwd, 'indicators.yaml'),
    `${head}feeds:\n  - {path: refang.jsonl, format: ndjson, allow: ${allow}}\n`,
  );
  const { session } = await build({
    cwd,
    files: ['indicators.yaml'],
    targets: ['jsonl'],
    asOf: '2026-01-01',
    out: 'out',
  });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return readFileSync(join(cwd, 'out/jsonl/refang.jsonl'), 'utf8');
}

test('the file whole', async () => {
  const { text } = await buildOne(
    'jsonl',
    `  - domain: host.example
    note: "one\\ntwo \\"three\\""
    tags: [a, b]
    expires: 2030-01-01
  - {domain: alone.example, match: exact, status: revoked}
  - file: {name: "a\\"b.exe", md5: 00112233445566778899aabbccddeeff}
  - file_path: C:\\new\\x.exe
`,
  );
  const rest = '"report":["example"],';
  const end =
    '"references":["https://www.example.com/r"],"status":"active","confidence":90,"severity":"high","tlp":"green"}';
  expect(text).toBe(
    `{"domain":"alone.example","match":"exact",${rest}${end.replace('active', 'revoked')}
{"domain":"host.example",${rest}"tags":["a","b"],"note":"one\\ntwo \\"three\\"","expires":"2030-01-01",${end}
{"file":{"name":"a\\"b.exe","md5":"00112233445566778899aabbccddeeff"},${rest}${end}
{"file_path":"C:\\\\new\\\\x.exe",${rest}${end}
`,
  );
});

test('read as a feed it gives the same file', async () => {
  const { text } = await buildOne('jsonl', INDICATORS);
  expect(jsonlValues(text).length).toBeGreaterThan(30);
  expect(await asFeed(text)).toBe(text);
});

test.each([EXAMPLE, REPORT])('%s: each indicator has one line', async (file) => {
  const { files, said } = await compileFile('jsonl', file);
  expect(jsonlValues(files.get('refang.jsonl') as string).sort()).toEqual(said);
});

const GOOD =
  '{"domain":"host.example","report":["a"],"status":"active","confidence":90,"severity":"high","tlp":"green"}\n';

test.each([
  ['a key more', '"report"', '"source":"x","report"'],
  ['a second indicator', '"report"', '"ip":"192.0.2.1","report"'],
  ['no indicator', '"domain":"host.example",', ''],
  ['a defanged name', 'host.example', 'host[.]example'],
  ['an upper-case name', 'host', 'Host'],
  ['an empty list', '["a"]', '[]'],
  ['text for a list', '["a"]', '"a"'],
  ['text for a number', '90', '"90"'],
  ['too much confidence', '90', '101'],
  ['another status', 'active', 'unknown'],
  ['a TLP that may not be shared', 'green', 'amber'],
  ['`match: suffix`', '"report"', '"match":"suffix","report"'],
  ['no end of the line', '\n', ''],
  ['two objects in a line', '\n', '{}\n'],
])('the schema refuses %s', (_, from, to) => {
  expect(jsonlValues(GOOD)).toEqual(['host.example']);
  expect(() => jsonlValues(GOOD.replace(from, to))).toThrow();
});
