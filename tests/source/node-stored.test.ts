/** Large files: read in pieces, and again where a message shows a place. */

import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { StoredFile } from '../../compiler/diagnostics/stored-file.ts';
import { hexDigest } from '../../compiler/digest/digest.ts';
import { openProject } from '../../compiler/project.ts';
import { readInputs } from '../../compiler/session.ts';
import { NO_FEEDS } from '../../compiler/source/mend/mends.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { FileTrace } from '../../compiler/source/node-trace.ts';
import { readCollection } from '../../compiler/source/records.ts';
import { folderWith } from '../temporary.ts';

const HEAD = `refang: 1
defaults: {status: active, confidence: 80, severity: high, tlp: clear}
indicators:
`;

/** More than a megabyte; some records are those that were there before, and some take the long way. */
function records(count: number, lineBreak: string): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const value = `a${at % 70 === 0 ? 0 : at}.example`;
    const note = at % 20 === 0 ? `'it''s ${at} 😀'` : `é ${at % 9}`;
    return `  - domain: ${value}\n    note: ${note}\n    tags: [t${at % 3}]\n`;
  });
  return (HEAD + lines.join('')).replaceAll('\n', lineBreak);
}

let large = '';
beforeAll(() => {
  large = records(22_000, '\n');
});

describe.each(['\n', '\r\n'])('with the line break %j', (lineBreak) => {
  test('it says what it says as one text, with the same findings at the same places', async () => {
    const text = records(20_000, lineBreak);
    const folder = folderWith({ 'a.yaml': text });
    const { file, sha256 } = new NodeFileReader(folder).readInput('a.yaml');
    expect(file).toBeInstanceOf(StoredFile);
    expect(sha256).toBe(hexDigest('sha256', text));
    const [stored, held] = [file as StoredFile, new SourceFile('a.yaml', text)];
    const [one, other] = [await readCollection([stored], NO_FEEDS), await readCollection([held], NO_FEEDS)];
    const { collection } = one;
    expect(collection?.indicators.values).toEqual(other.collection?.indicators.values);
    expect(collection?.indicators.contexts).toEqual(other.collection?.indicators.contexts);
    expect(one.diagnostics.length).toBeGreaterThan(200);
    expect(printPretty(one.diagnostics)).toBe(printPretty(other.diagnostics));
  });
});

test('an error is told as that of any file', async () => {
  const text = `${large}  - domain: "unclosed\n`;
  const folder = folderWith({ 'a.yaml': text });
  const { file } = new NodeFileReader(folder).readInput('a.yaml');
  const { diagnostics } = await readCollection([file as SourceFile], NO_FEEDS);
  const { diagnostics: expected } = await readCollection([new SourceFile('a.yaml', text)], NO_FEEDS);
  expect(printPretty(diagnostics)).toBe(printPretty(expected));
});

test('none of its text is made by what reads it for a build', async () => {
  const folder = folderWith({ 'indicators.yaml': large });
  const text = vi.spyOn(StoredFile.prototype, 'text', 'get');
  onTestFinished(() => text.mockRestore());
  const { collection } = await readInputs({ cwd: folder, asOf: '2025-01-01', ownsProcess: true });
  expect([collection !== undefined, text.mock.calls]).toEqual([true, []]);
});

test('it is noted with what else was asked', () => {
  const folder = folderWith({ 'a.yaml': large });
  utimesSync(join(folder, 'a.yaml'), 1e9, 1e9);
  const trace = new FileTrace();
  new NodeFileReader(folder, trace).readInput('a.yaml');
  const { files } = trace.answers() ?? {};
  expect([...(files ?? [])].map(([path, { sha256 }]) => [path, sha256])).toEqual([
    [join(folder, 'a.yaml'), hexDigest('sha256', large)],
  ]);
});

test('one that is not UTF-8 is told at the byte', () => {
  const folder = folderWith();
  const bytes = Buffer.concat([Buffer.from(large), Buffer.from([0x61, 0xff, 0x0a])]);
  writeFileSync(join(folder, 'a.yaml'), bytes);
  const { file, diagnostics } = new NodeFileReader(folder).readInput('a.yaml');
  expect(file).toBeUndefined();
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'RF120 the byte 0xFF is not UTF-8',
  ]);
});

test('one of a single line is held as a text', () => {
  const folder = folderWith({ 'a.yaml': `# ${'x'.repeat(1 << 21)}` });
  expect(new NodeFileReader(folder).readInput('a.yaml').file).not.toBeInstanceOf(StoredFile);
});

test('one that changes before it is read to its end stops the build', async () => {
  const folder = folderWith({ 'indicators.yaml': large });
  const { project } = openProject(folder, []);
  appendFileSync(join(folder, 'indicators.yaml'), '# x\n');
  const { collection, diagnostics } = await readCollection(
    (project?.inputs ?? []).map(({ file }) => file),
    NO_FEEDS,
  );
  expect(collection).toBeUndefined();
  expect(printPretty(diagnostics)).toContain('`indicators.yaml` has changed while it was read');
});

test('one that changes later is shown without its lines', async () => {
  const folder = folderWith({ 'indicators.yaml': large });
  const { diagnostics } = await readInputs({ cwd: folder, asOf: '2025-01-01' });
  // The file is closed when nothing is left to be done at once.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const [first] = diagnostics.filter(({ code }) => code === 'RF350');
  appendFileSync(join(folder, 'indicators.yaml'), '# x\n');
  expect(printPretty(first ? [first] : [])).toMatch(
    /^warning\[RF350\]: `a0\.example` is listed twice\n +--> indicators\.yaml:\d+:1 again here\n/,
  );
});
