import { expect, test } from 'vitest';
import { printConcise } from '../../compiler/diagnostics/print-concise.ts';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { StreamedFile } from '../../compiler/diagnostics/streamed-file.ts';

function fileOf(lines: readonly string[], kept: readonly number[]): StreamedFile {
  const file = new StreamedFile('f.txt');
  let start = 0;
  for (const [at, line] of lines.entries()) {
    file.beginLine(start);
    if (kept.includes(at + 1)) file.keep(at + 1, line);
    start += line.length + 1;
  }
  return file;
}

test('knows lines and columns, in characters where the line is kept', () => {
  const file = fileOf(['ab', '😀c', '😀d'], [1, 2]);
  const places = [0, 1, 3, 5, 7, 9].map((offset) => file.position(offset));
  expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '1:1',
    '1:2',
    '2:1',
    '2:2',
    '3:1',
    '3:3',
  ]);
  expect([file.line(1), file.line(2), file.line(3), file.line(4)]).toEqual([
    'ab',
    '😀c',
    undefined,
    undefined,
  ]);
  expect([file.lineRange(2), file.lineRange(3)]).toEqual([
    { start: 3, end: 6 },
    { start: 7, end: 7 },
  ]);
});

test('of a file without lines the place is its start', () => {
  expect(new StreamedFile('f.txt').position(0)).toEqual({ line: 1, column: 1 });
});

test('a line that is kept is shown, of another one the place', () => {
  const file = fileOf(['a.example', 'b.example'], [2]);
  const diagnostic = {
    code: 'RF350',
    severity: 'warning',
    message: 'm',
    why: 'w',
    help: 'h',
    span: { file, start: 12, end: 19 },
    label: 'again',
    related: [{ span: { file, start: 0, end: 9 }, message: 'first' }],
  } as const;
  expect(printPretty([diagnostic])).toBe(
    [
      'warning[RF350]: m',
      ' --> f.txt:2:3',
      '  |',
      '2 | b.example',
      '  |   ^^^^^^^ again',
      '  |',
      ' ::: f.txt:1:1 first',
      '  |',
      '  = why: w',
      '  = help: h',
      '',
    ].join('\n'),
  );
  expect(printConcise([diagnostic])).toBe('f.txt:2:3: warning[RF350] m\n');
});
