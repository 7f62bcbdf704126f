import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { digestOf, formatLock, type LockLine, parseLock, settle } from '../../compiler/identity/lock.ts';

const HEADER = '# refang.lock: key id revision digest created changed. Commit it; do not edit it.\n';
const A: LockLine = {
  key: 'suricata/dns/domain/a.example',
  id: '1234567',
  revision: 2,
  digest: '0123456789abcdef',
  created: '2025-01-01',
  changed: '2025-02-03',
};
const B: LockLine = { ...A, key: 'sigma/dns/@report/00000000', id: '2ed6657d-e942-568b-95e1-2665a8aea6a2' };
const A_TEXT = 'suricata/dns/domain/a.example 1234567 2 0123456789abcdef 2025-01-01 2025-02-03';

function parsed(text: string) {
  return parseLock(new SourceFile('refang.lock', text));
}

test('one line a rule, sorted by key, below a header', () => {
  const text = formatLock(
    new Map([
      [A.key, A],
      [B.key, B],
    ]),
  );
  expect(text.split('\n')).toEqual([
    HEADER.trimEnd(),
    'sigma/dns/@report/00000000 2ed6657d-e942-568b-95e1-2665a8aea6a2 2 0123456789abcdef 2025-01-01 2025-02-03',
    A_TEXT,
    '',
  ]);
});

test('an empty lock is its header', () => {
  expect(formatLock(new Map())).toBe(HEADER);
  expect(parsed(HEADER)).toEqual({ lock: new Map(), diagnostics: [] });
});

test('order, line ends, blank lines and comments do not matter', () => {
  const { lock, diagnostics } = parsed(
    `${A_TEXT}\r\n\n# a note\nsigma/x y 1 0123456789abcdef 2025-01-01 2025-01-01`,
  );
  expect(diagnostics).toEqual([]);
  expect([...lock.keys()]).toEqual([A.key, 'sigma/x']);
  expect(lock.get(A.key)).toEqual(A);
});

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const line = fc.record({
  key: fc.stringMatching(/^[!-"$-~][!-~]{0,30}$/),
  id: fc.oneof(fc.uuid(), fc.nat().map(String)),
  revision: fc.integer({ min: 1, max: 1e6 }),
  digest: fc.stringMatching(/^[0-9a-f]{16}$/),
  created: day.map((date) => date.toISOString().slice(0, 10)),
  changed: day.map((date) => date.toISOString().slice(0, 10)),
});
const lines = fc.uniqueArray(line, { selector: ({ key }) => key });

test('property: what is written is read back, and written the same', () => {
  fc.assert(
    fc.property(lines, (some) => {
      const text = formatLock(new Map(some.map((one) => [one.key, one])));
      const { lock, diagnostics } = parsed(text);
      expect(diagnostics).toEqual([]);
      expect([...lock.values()].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
        some.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      );
      expect(formatLock(lock)).toBe(text);
    }),
  );
});

describe('after git’s union merge', () => {
  test('of two lines with one key the higher revision counts, in either order', () => {
    const higher = A_TEXT.replace(' 2 0', ' 3 f');
    for (const text of [`${A_TEXT}\n${higher}\n`, `${higher}\n${A_TEXT}\n`])
      expect(parsed(text).lock.get(A.key)).toEqual({ ...A, revision: 3, digest: 'f123456789abcdef' });
  });

  test('of two with one revision always the same one counts', () => {
    const other = A_TEXT.replace('0123', 'f123');
    for (const text of [`${A_TEXT}\n${other}\n`, `${other}\n${A_TEXT}\n`])
      expect(parsed(text).lock.get(A.key)).toEqual(A);
  });

  test('what a lock became is written sorted, once each', () => {
    const { lock } = parsed(
      `${A_TEXT}\n${A_TEXT}\n${HEADER}sigma/x y 1 0123456789abcdef 2025-01-01 2025-01-01\n`,
    );
    expect(formatLock(lock)).toBe(`${HEADER}sigma/x y 1 0123456789abcdef 2025-01-01 2025-01-01\n${A_TEXT}\n`);
  });
});

const damaged: [about: string, line: string][] = [
  ['a mark of a conflict', '<<<<<<< HEAD'],
  ['too few words', A_TEXT.replace(' 2025-02-03', '')],
  ['too many words', `${A_TEXT} more`],
  ['revision 0', A_TEXT.replace(' 2 ', ' 0 ')],
  ['a digest that is too short', A_TEXT.replace('abcdef', 'abcde')],
  ['a day that is none', A_TEXT.replace('2025-02-03', '3 Feb')],
  ['two blanks', A_TEXT.replace(' 2 ', '  2 ')],
];

test.each(damaged)('a damaged line is an error at its place: %s', (_, text) => {
  const { lock, diagnostics } = parsed(
    `${HEADER}\r\n${text}\r\n${A_TEXT.replace('a.example', 'b.example')}\n`,
  );
  expect(diagnostics).toHaveLength(1);
  const [{ code, severity, span, message } = { code: '' }] = diagnostics;
  expect([code, severity, message]).toEqual([
    'RF601',
    'error',
    'this line is not `key id revision digest created changed`',
  ]);
  expect(span?.file.position(span.start)).toEqual({ line: 3, column: 1 });
  expect(span?.file.text.slice(span.start, span.end)).toBe(text);
  expect(lock.size).toBe(1);
});

describe('settle', () => {
  const settled = (before: LockLine | undefined, digest: string, id = A.id) =>
    settle(before, A.key, id, digest, '2026-01-01');

  test('a new rule begins at revision 1, today', () => {
    expect(settled(undefined, A.digest)).toEqual({
      ...A,
      revision: 1,
      created: '2026-01-01',
      changed: '2026-01-01',
    });
  });

  test('the same text leaves the line as it was', () => {
    expect(settled(A, A.digest)).toBe(A);
  });

  test('another text raises the revision by one, today; the day of creation stays', () => {
    const digest = digestOf('another');
    expect(settled(A, digest)).toEqual({ ...A, revision: 3, digest, changed: '2026-01-01' });
  });

  test('another id alone is no new revision', () => {
    expect(settled(A, A.digest, '7')).toEqual({ ...A, id: '7' });
  });
});

test('a digest is the first 64 bits of SHA-256', () => {
  expect(digestOf('abc')).toBe('ba7816bf8f01cfea');
});
