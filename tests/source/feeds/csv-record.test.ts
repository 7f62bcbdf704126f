import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvRecord } from '../../../compiler/source/feeds/csv-record.ts';

function recordOf(lines: readonly string[], delimiter = ',') {
  const record = new CsvRecord(delimiter);
  const whole = lines.map((line, at) => record.add(line, at > 0 ? '\n' : ''));
  return { record, whole };
}

describe('a record', () => {
  const cases: [about: string, lines: string[], cells: string[], stray?: string][] = [
    ['of an empty line has one cell', [''], ['']],
    ['has cells between commas', ['a,b,,c,'], ['a', 'b', '', 'c', '']],
    ['is trimmed', [' a ,\t"b" , " c "'], ['a', 'b', 'c']],
    ['holds commas and quotes in quotes', ['"a,b","c""d",""""'], ['a,b', 'c"d', '"']],
    ['has empty quotes', ['"",""'], ['', '']],
    ['keeps a quote within a cell', ['5" disk,a'], ['5" disk', 'a']],
    ['goes over lines', ['a,"b', '', 'c",d'], ['a', 'b\n\nc', 'd']],
    ['has nothing behind a quote', ['"a"b,c'], ['a', 'c'], 'b'],
    ['has nothing behind a quote, over lines', ['a,"b', 'c"d,e'], ['a', 'b\nc', 'e'], 'd'],
  ];
  test.each(cases)('%s', (_, lines, cells, stray) => {
    const { record, whole } = recordOf(lines);
    expect(record.cells.map(({ text }) => text)).toEqual(cells);
    expect(whole).toEqual(lines.map((__, at) => at === lines.length - 1));
    expect(record.stray && record.text.slice(record.stray.start, record.stray.end)).toBe(stray);
  });

  test('is not whole while a quote is open', () => {
    expect(recordOf(['a,"b', 'c""']).whole).toEqual([false, false]);
  });

  test('has tabs for commas', () => {
    const { record } = recordOf(['a\tb,c\t"d\te"\t'], '\t');
    expect(record.cells.map(({ text }) => text)).toEqual(['a', 'b,c', 'd\te', '']);
  });
});

test('cells are read as they were written, and their places hold them', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ',', '"', ' ', '\n', '\t') });
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      const text = cells.map((one) => (/[,"\n]/.test(one) ? quoted(one) : one)).join(',');
      const { record, whole } = recordOf(text.split('\n'));
      expect([record.cells.map((one) => one.text), record.stray, record.text]).toEqual([
        cells.map((one) => one.trim()),
        undefined,
        text,
      ]);
      expect(whole.at(-1)).toBe(true);
      for (const one of record.cells)
        expect(record.text.slice(one.start, one.end).replaceAll('""', '"')).toBe(one.text);
    }),
  );
});

test('a quote that is never closed costs no more than its lines', () => {
  const record = new CsvRecord(',');
  const start = performance.now();
  for (let line = 0; line < 30_000; line++) record.add('"', '\n');
  expect(performance.now() - start).toBeLessThan(5000);
});
