import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { digestOf, type LockLine, settle, withId } from '../../compiler/identity/lock.ts';
import { parseLock } from '../../compiler/identity/read-lock.ts';
import { written } from './written.ts';

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
  const text = written([A, B]);
  expect(text.split('\n')).toEqual([
    HEADER.trimEnd(),
    'sigma/dns/@report/00000000 2ed6657d-e942-568b-95e1-2665a8aea6a2 2 0123456789abcdef 2025-01-01 2025-02-03',
    A_TEXT,
    '',
  ]);
});

test('ids that were given up follow the one that counts', () => {
  const text = written([{ ...A, former: ['5', '77'] }]);
  expect(text).toBe(`${HEADER}${A_TEXT.replace('1234567', '1234567,5,77')}\n`);
  expect(parsed(text).lock.get(A.key)).toEqual({ ...A, former: ['5', '77'] });
});

test('a retired rule whose revision two branches gave to different texts is written with the next', () => {
  expect(written([{ ...A, contested: true }])).toBe(`${HEADER}${A_TEXT.replace(' 2 ', ' 3 ')}\n`);
});

test('an empty lock is its header', () => {
  expect(written([])).toBe(HEADER);
  const { lock, diagnostics } = parsed(HEADER);
  expect([[...lock], diagnostics]).toEqual([[], []]);
});

test('order, line ends, blank lines and comments do not matter', () => {
  const { lock, diagnostics } = parsed(
    `${A_TEXT}\r\n\n# a note\nsigma/x 7 1 0123456789abcdef 2025-01-01 2025-01-01`,
  );
  expect(diagnostics).toEqual([]);
  expect([...lock.keys()]).toEqual([A.key, 'sigma/x']);
  expect(lock.get(A.key)).toEqual(A);
});

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const id = fc.oneof(fc.uuid(), fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String));
const line = fc
  .record({
    key: fc.stringMatching(/^[!-"$-~][!-~]{0,30}\/[!-.0-~]{1,30}$/).filter((key) => !key.includes('/@file/')),
    id,
    revision: fc.integer({ min: 1, max: 1e6 }),
    digest: fc.stringMatching(/^[0-9a-f]{16}$/),
    created: day.map((date) => date.toISOString().slice(0, 10)),
    changed: day.map((date) => date.toISOString().slice(0, 10)),
    before: fc.array(id, { maxLength: 3 }),
  })
  .map(
    ({ before, ...rest }): LockLine => before.reduce((line, one) => withId(withId(line, one), rest.id), rest),
  );
const lines = fc.uniqueArray(line, { selector: ({ key }) => key });

test('property: what is written is read back, and written the same', () => {
  fc.assert(
    fc.property(lines, (some) => {
      const text = written(some);
      const { lock, diagnostics } = parsed(text);
      expect(diagnostics).toEqual([]);
      expect([...lock.values()].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
        some.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      );
      expect(written(lock.values())).toBe(text);
    }),
  );
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

  test('another id alone is no new revision; the one before is remembered', () => {
    expect(settled(A, A.digest, '7')).toEqual({ ...A, id: '7', former: ['1234567'] });
    const again = settled({ ...A, former: ['7', '8'] }, A.digest, '7');
    expect(again).toEqual({ ...A, id: '7', former: ['1234567', '8'] });
    expect(settled({ ...A, id: '-' }, A.digest, '7')).toEqual({ ...A, id: '7' });
  });

  test('a contested revision rises, whatever the text is', () => {
    const contested: LockLine = { ...A, contested: true };
    expect(settled(contested, A.digest)).toEqual({ ...A, revision: 3, changed: '2026-01-01' });
    expect(settled(contested, 'f'.repeat(16))).toMatchObject({ revision: 3, digest: 'f'.repeat(16) });
  });
});

test('a digest is the first 64 bits of SHA-256', () => {
  expect(digestOf('abc')).toBe('ba7816bf8f01cfea');
});
