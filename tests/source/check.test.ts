/** What a beginner is told whose value is of another type than its key takes: the words, and the mend. */

import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readFiles, readRecords } from './help.ts';

test.each([
  ['confidence: high', '`high` stands where a number should be', 'write it in digits'],
  ['confidence: "80"', '`80` stands in quotes where a number should be', 'write `80` without quotes'],
  ['tags: {a: b}', 'a map stands where text or a list should be', 'write one text, or a list of them'],
  [
    'allow: all of them',
    '`all of them` stands where a map or a list should be',
    'write its keys below it, indented, each as `key: value`',
  ],
] as const)('%s', async (line, message, help) => {
  const { diagnostics } = await readRecords(`  - domain: host.example\n    ${line}\n`);
  expect(diagnostics).toMatchObject([{ code: 'RF203', message, help }]);
});

test('the label of TLP as reports print it is understood, and refused', async () => {
  const { diagnostics } = await readRecords('  - {domain: host.example, tlp: TLP:AMBER+STRICT}\n');
  expect(diagnostics).toMatchObject([{ code: 'RF204', label: 'did you mean `amber+strict`?' }]);
});

test('a file that does not say its version is shown how', async () => {
  const { diagnostics } = await readFiles([new SourceFile('test.yaml', 'indicators: []\n')]);
  expect(diagnostics).toMatchObject([
    { code: 'RF202', message: 'the file has no `refang`', help: 'begin the file with `refang: 1`' },
  ]);
});
