import fc from 'fast-check';
import { expect, test } from 'vitest';
import { snippetOf } from '../../compiler/diagnostics/snippet.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import {
  bytesOfText,
  type StoredBytes,
  StoredFile,
  UnreadableFile,
} from '../../compiler/diagnostics/stored-file.ts';
import { storedFile } from '../stored.ts';

/** Notes all lines, as what reads a file does. */
function markLines(file: StoredFile, text: string): void {
  const { byte, start, line } = file.first;
  file.mark(byte, start, line);
  for (const [at, { index }] of [...text.matchAll(/\n/g)].entries()) {
    const end = index + 1;
    if (end < text.length) file.mark(byte + new TextEncoder().encode(text.slice(0, end)).length, end, at + 2);
  }
}

const text = fc
  .array(fc.tuple(fc.string({ unit: fc.constantFrom('a', '\t', 'é', '😀') }), fc.constantFrom('\n', '\r\n')))
  .map((lines) => lines.map((line) => line.join('')).join(''))
  .chain((lines) => fc.constantFrom(lines, `${lines}é`, lines.slice(0, -1).replace(/\r$/, '')));

test('places and lines are those of the text, though none is held', () => {
  fc.assert(
    fc.property(text, fc.boolean(), fc.integer({ min: 1, max: 20 }), (written, marked, step) => {
      const held = new SourceFile('a', written);
      const stored = storedFile('a', marked ? `\uFEFF${written}` : written, step);
      markLines(stored, written);
      for (let start = 0; start <= written.length; start++) {
        expect(stored.position(start)).toEqual(held.position(start));
        for (const end of [start, start + 2])
          expect(snippetOf({ file: stored, start, end })).toEqual(snippetOf({ file: held, start, end }));
        expect(stored.slice(start, start + 3)).toBe(written.slice(start, start + 3));
      }
      expect([...stored.parts()].join('')).toBe(written);
      expect(stored.text).toBe(written);
    }),
    { numRuns: 300, seed: 20240320 },
  );
});

test('a text that is asked for as a whole is held: then a line may end in another way', () => {
  const file = storedFile('a', 'one\rtwo\n');
  expect([file.position(4), file.line(2)]).toEqual([{ line: 2, column: 1 }, 'two']);
});

test('what is being read is cut from that', () => {
  const file = storedFile('a', 'one\ntwo\n');
  markLines(file, 'one\ntwo\n');
  file.show('TWO\n', 4);
  expect([file.slice(4, 7), file.slice(3, 5)]).toEqual(['TWO', '\nt']);
});

/** Can be read so often. */
function changing(written: string, times: number): StoredBytes {
  const bytes = bytesOfText(written);
  let read = 0;
  return {
    size: bytes.size,
    read(from, buffer) {
      if (read++ === times)
        throw new UnreadableFile({ code: 'RF123', severity: 'error', message: '`a` has changed' });
      return bytes.read(from, buffer);
    },
  };
}

test('of a file that has changed since, no line is shown, and places are those of a line before', () => {
  const file = new StoredFile('a', changing('one\ntwo\nthree\n', 1), 5);
  markLines(file, 'one\ntwo\nthree\n');
  expect(snippetOf({ file, start: 9, end: 10 })).toEqual({
    line: 3,
    column: 1,
    text: undefined,
    indent: 0,
    width: 1,
  });
  expect(() => new StoredFile('a', changing('one\n', 0)).text).toThrow('`a` has changed');
});
