/** What an editor makes of the schemas: the language server that most of them use for YAML, asked at places of files. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService, MarkupContent } from 'yaml-language-server';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { schemaText } from '../../compiler/schemas.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const service = getLanguageService({
  schemaRequestService: async (uri) => {
    throw new Error(`nothing is fetched: ${uri}`);
  },
  workspaceContext: { resolveRelativePath: (path) => path },
});
service.configure({
  validate: true,
  hover: true,
  completion: true,
  format: true,
  hoverSchemaSource: false,
  schemas: [
    {
      uri: 'test:///indicators.schema.json',
      fileMatch: ['indicators-*'],
      schema: JSON.parse(schemaText('indicators')),
    },
    {
      uri: 'test:///refang.schema.json',
      fileMatch: ['refang-*'],
      schema: JSON.parse(schemaText('settings')),
    },
  ],
});

let documents = 0;

/** A document, and the place of `‸` in it. A modeline would be followed to the disk. */
function opened(marked: string, name = 'indicators') {
  const text = marked.replace('‸', '').replace(/^# yaml-language-server:.*\n/, '\n');
  const document = TextDocument.create(`test:///${name}-${documents++}.yaml`, 'yaml', 1, text);
  return { document, position: document.positionAt(Math.max(0, marked.indexOf('‸'))) };
}

async function completed(marked: string, name?: string) {
  const { document, position } = opened(marked, name);
  return (await service.doComplete(document, position, false)).items;
}

async function hovered(marked: string, name?: string): Promise<string> {
  const { document, position } = opened(marked, name);
  const contents = (await service.doHover(document, position))?.contents;
  return MarkupContent.is(contents) ? contents.value : '';
}

/** `2:5-2:11 message`, 1-based. */
async function problems(text: string, name?: string): Promise<string[]> {
  const found = await service.doValidation(opened(text, name).document, false);
  return found.map(
    ({ range: { start, end }, message }) =>
      `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1} ${message}`,
  );
}

const RECORD = 'refang: 1\nindicators:\n  - domain: a.example\n';

describe('completion', () => {
  const cases: [about: string, marked: string, labels: string[], name?: string][] = [
    ['keys of the file', 'refang: 1\n‸', ['reports', 'actors', 'defaults', 'indicators', 'feeds']],
    ['keys of a record', 'indicators:\n  - ‸', [...KINDS, 'file', 'status', 'tlp', 'note', 'allow']],
    ['statuses', `${RECORD}    status: ‸`, ['active', 'historical', 'revoked']],
    ['TLP', `${RECORD}    tlp: ‸`, ['clear', 'green', 'amber', 'amber+strict', 'red']],
    ['formats of feeds', 'feeds:\n  - path: x\n    format: ‸', ['list', 'hosts', 'csv', 'ndjson']],
    ['hashes of a file', 'indicators:\n  - file:\n      ‸', ['name', 'md5', 'sha1', 'sha256', 'sha512']],
    [
      'keys of the settings',
      '‸',
      ['publisher', 'inputs', 'out', 'targets', 'policy', 'guards', 'limits'],
      'refang',
    ],
    ['effects of a policy', 'policy:\n  ‸', ['block', 'detect', 'hunt', 'share'], 'refang'],
  ];
  test.each(cases)('%s', async (_, marked, labels, name) => {
    const items = await completed(marked, name);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
    for (const { label, documentation } of items)
      if (labels.includes(label)) expect([label, documentation]).toEqual([label, expect.anything()]);
  });

  test('a key that is there is not offered again', async () => {
    const labels = (await completed(`${RECORD}    ‸`)).map(({ label }) => label);
    expect(labels).toContain('ip');
    expect(labels).not.toContain('domain');
  });

  test('a report brings the keys that it needs', async () => {
    const texts = (await completed('reports:\n  r:\n    ‸')).map(({ insertText }) => insertText);
    expect(texts).toContain('title: $1\nauthor: $2\npublished: $3');
  });
});

describe('hover', () => {
  const cases: [marked: string, words: string[], name?: string][] = [
    ['indicators:\n  - dom‸ain: a.example', ['Domain names', 'unless `match: exact`']],
    [`${RECORD}    st‸atus: active`, ['`revoked`: withdrawn']],
    [`${RECORD}    status: histo‸rical`, ['* `historical`: Was in use']],
    [`${RECORD}    tlp: amb‸er`, ['* `amber`: The organization and its clients']],
    ['feeds:\n  - path: x\n    format: cs‸v', ['* `csv`: A header, then records.']],
    ['reports:\n  r:\n    publi‸shed: 2024-01-01', ['The day it was published']],
    ['publisher:\n  i‸d: x', ['Ids of rules are derived from it'], 'refang'],
  ];
  test.each(cases)('%j', async (marked, words, name) => {
    const text = await hovered(marked, name);
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toContain('\\`');
  });
});

describe('validation', () => {
  const cases: [text: string, told: string[], name?: string][] = [
    ['refang: 1\nindicators:\n  - domian: a.example\n', ['3:5-3:11 Property domian is not allowed.']],
    [
      `${RECORD}    tlp: purple\n`,
      ['4:10-4:16 Value is not accepted. Valid values: "clear", "green", "amber", "amber+strict", "red".'],
    ],
    [`${RECORD}    confidence: 101\n`, ['4:17-4:20 Value is above the maximum of 100.']],
    ['indicators: []\n', ['1:1-1:2 Missing property "refang".']],
    ['refang: 1\nindicators:\n  - hash: 12345678901234567890123456789012\n', []],
    ['targest: [zeek]\n', ['1:1-1:8 Property targest is not allowed.'], 'refang'],
  ];
  test.each(cases)('%j', async (text, told, name) => {
    expect(await problems(text, name)).toEqual(told);
  });

  const files = [
    'indicators.yaml',
    'examples/all-kinds.yaml',
    'starter/indicators.yaml',
    'refang.yaml',
    'starter/refang.yaml',
  ];
  test.each(files)('nothing in %s', async (path) => {
    const name = path.endsWith('refang.yaml') ? 'refang' : 'indicators';
    expect(await problems(readFileSync(join(ROOT, path), 'utf8'), name)).toEqual([]);
  });

  test.each(files)("the server's formatter leaves %s as `refang fmt` wrote it", async (path) => {
    const { document } = opened(readFileSync(join(ROOT, path), 'utf8'));
    const edits = await service.doFormat(document, { printWidth: 200, proseWrap: 'preserve' });
    expect(TextDocument.applyEdits(document, edits).trimStart()).toBe(document.getText().trimStart());
  });
});
