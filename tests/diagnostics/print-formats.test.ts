import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { sortDiagnostics, summary } from '../../compiler/diagnostics/order.ts';
import { printConcise } from '../../compiler/diagnostics/print-concise.ts';
import { printJson } from '../../compiler/diagnostics/print-json.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';

const a = new SourceFile('a.yaml', 'one\r\ntwo 😀 three\n');
const b = new SourceFile('b.yaml', 'x');
const three: Diagnostic = {
  code: 'RF201',
  severity: 'error',
  message: '`three`\u202E is bad',
  label: 'here',
  span: { file: a, start: 12, end: 17 },
  related: [{ span: { file: b, start: 0, end: 1 }, message: 'see this' }],
};
const one: Diagnostic = {
  code: 'RF350',
  severity: 'warning',
  message: 'twice',
  span: { file: a, start: 0, end: 3 },
};
const x: Diagnostic = {
  code: 'RF101',
  severity: 'error',
  message: 'no',
  span: { file: b, start: 0, end: 1 },
};
const nowhere: Diagnostic = { code: 'RF122', severity: 'error', message: 'no file' };

test('concise: one line each, columns in characters', () => {
  expect(printConcise([three, nowhere])).toBe(
    'a.yaml:2:7: error[RF201] `three`<U+202E> is bad\nerror[RF122] no file\n',
  );
});

test('JSON: places, texts of the code, raw message', () => {
  expect(JSON.parse(printJson([three]))).toEqual([
    {
      code: 'RF201',
      name: 'unknown-key',
      severity: 'error',
      message: '`three`\u202E is bad',
      file: 'a.yaml',
      start: { line: 2, column: 7, offset: 12 },
      end: { line: 2, column: 12, offset: 17 },
      label: 'here',
      related: [
        {
          message: 'see this',
          file: 'b.yaml',
          start: { line: 1, column: 1, offset: 0 },
          end: { line: 1, column: 2, offset: 1 },
        },
      ],
      why: 'what stands under it would be lost',
      help: 'check the spelling, or remove the key',
    },
  ]);
  expect(printJson([])).toBe('[]\n');
});

test('the order: no place, then file, then place', () => {
  expect(sortDiagnostics([x, three, one, nowhere])).toEqual([nowhere, one, three, x]);
});

describe('the summary', () => {
  test.each([
    [[], ''],
    [[nowhere], '1 error'],
    [[one], '1 warning in 1 file'],
    [[three, x, one], '2 errors, 1 warning in 2 files'],
  ] as const)('of %#', (diagnostics, text) => {
    expect(summary(diagnostics)).toBe(text);
  });
});
