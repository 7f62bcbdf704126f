import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { LockLine } from '../../compiler/identity/lock.ts';
import { parseLock, spanOfKey } from '../../compiler/identity/read-lock.ts';
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
const A_TEXT = 'suricata/dns/domain/a.example 1234567 2 0123456789abcdef 2025-01-01 2025-02-03';
const UUID = '2ed6657d-e942-568b-95e1-2665a8aea6a2';

function parsed(text: string) {
  return parseLock(new SourceFile('refang.lock', text));
}

/** What several lines of one key become, by their changes to the text of A; the same in whichever order they come. */
function joined(...changes: [from: string, to: string][][]): LockLine | undefined {
  const lines = changes.map((some) => some.reduce((text, [from, to]) => text.replace(from, to), A_TEXT));
  const read = parsed(`${lines.join('\n')}\n`);
  expect(read.diagnostics).toEqual([]);
  for (const others of [lines.toReversed(), [...lines, ...lines]]) {
    const { lock, diagnostics } = parsed(`${others.join('\n')}\n`);
    expect([[...lock], diagnostics]).toEqual([[...read.lock], []]);
  }
  return read.lock.get(A.key);
}

describe('several lines of one key, as git’s union merge leaves them', () => {
  test('the highest revision counts, with its own day; the earliest day of creation', () => {
    const higher = joined(
      [['01-01', '01-02']],
      [
        [' 2 0', ' 3 f'],
        ['02-03', '02-01'],
        ['01-01', '01-03'],
      ],
    );
    expect(higher).toEqual({
      ...A,
      revision: 3,
      digest: 'f123456789abcdef',
      created: '2025-01-02',
      changed: '2025-02-01',
    });
  });

  test('one revision of one text: the earliest days', () => {
    const both = joined([], [['2025-02-03', '2025-02-02']], [['2025-01-01', '2025-01-04']]);
    expect(both).toEqual({ ...A, changed: '2025-02-02' });
  });

  test('one revision of different texts is contested', () => {
    expect(joined([['0123', 'f123']], [])).toEqual({ ...A, contested: true });
    // Below the highest it does not matter.
    expect(joined([['0123', 'f123']], [], [[' 2 ', ' 3 ']])).toEqual({ ...A, revision: 3 });
  });

  test('of two ids the one that was not given up counts', () => {
    expect(joined([['1234567', '1000005,1234567']], [])).toEqual({
      ...A,
      id: '1000005',
      former: ['1234567'],
    });
    const thrice = joined([], [['1234567', '1000005,1234567']], [['1234567', '999,1000005,1234567']]);
    expect(thrice).toEqual({ ...A, id: '999', former: ['1000005', '1234567'] });
  });

  test('of two that were not given up either may be kept, first the smaller', () => {
    const both = joined([], [['1234567', '999999']]);
    expect(both).toEqual({ ...A, id: '999999', others: ['1234567'] });
    // Where its target is not built, it is the smaller.
    expect(written([both as LockLine])).toContain(` 999999,1234567 2 `);
  });

  test('so with two that were each given up for the other', () => {
    expect(joined([['1234567', '1234567,5']], [['1234567', '5,1234567']])).toEqual({
      ...A,
      id: '5',
      former: ['1234567'],
      others: ['1234567'],
    });
  });

  test('a number that was given up while the rule was retired stays so, unless it got another', () => {
    expect(joined([['1234567', '-,1234567']], [])).toEqual({ ...A, id: '-', former: ['1234567'] });
    expect(joined([['1234567', '-,1234567']], [['1234567', '5,1234567']])).toEqual({
      ...A,
      id: '5',
      former: ['1234567'],
    });
  });

  test('a file has no id on either side', () => {
    const text = `rpz/@file/refang.rpz - 2 0123456789abcdef 2025-01-01 2025-02-03\n`;
    const { lock, diagnostics } = parsed(text + text.replace(' 2 0', ' 2 1'));
    expect(diagnostics).toEqual([]);
    expect([...lock.values()]).toEqual([{ ...A, key: 'rpz/@file/refang.rpz', id: '-', contested: true }]);
  });

  const claims = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
  const some = fc.array(
    fc.tuple(claims, fc.integer({ min: 1, max: 3 }), fc.constantFrom('a', 'b'), fc.nat(3)),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  test('property: any lines of one key become one, in whichever order; no id is forgotten; written and read it stays', () => {
    fc.assert(
      fc.property(some, fc.integer(), (lines, seed) => {
        const texts = lines.map(
          ([ids, revision, digest, day]) =>
            `t/k ${ids.join()} ${revision} ${digest.repeat(16)} 2025-01-0${day + 1} 2025-01-0${9 - day}\n`,
        );
        const read = parsed(texts.join('')).lock;
        const turned = texts.map((_, at) => texts[(at + Math.abs(seed)) % texts.length]).join('');
        expect([...parsed(turned).lock]).toEqual([...read]);
        const { id, former = [], others = [], revision } = read.get('t/k') as LockLine;
        expect(new Set([id, ...former, ...others])).toEqual(
          new Set(lines.flatMap(([ids]) => ids.map(String))),
        );
        expect(revision).toBe(Math.max(...lines.map(([, one]) => one)));
        const text = written(read.values());
        // Lines that the one replaced may come again with another merge.
        expect(written(parsed(text + texts.join('')).lock.values())).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

test('what a merge left is written sorted, once each', () => {
  const { lock } = parsed(
    `${A_TEXT}\n${A_TEXT}\n${HEADER}sigma/x ${UUID} 1 0123456789abcdef 2025-01-01 2025-01-01\n`,
  );
  expect(written(lock.values())).toBe(
    `${HEADER}sigma/x ${UUID} 1 0123456789abcdef 2025-01-01 2025-01-01\n${A_TEXT}\n`,
  );
});

test('where a key stands', () => {
  const file = new SourceFile('refang.lock', `${HEADER}x${A_TEXT}\n${A_TEXT}\n`);
  expect(file.position(spanOfKey(file, A.key)?.start ?? 0)).toEqual({ line: 3, column: 1 });
  expect(spanOfKey(file, 'suricata/dns/domain/b.example')).toBeUndefined();
});

const NO_LINE = 'this line is not `key id revision digest created changed`';
const CONFLICT = 'this line is a mark of a conflict in git';

/** The part that is at fault, its message. */
const damaged: [about: string, line: string, fault: string, message: string][] = [
  ['too few words', A_TEXT.replace(' 2025-02-03', ''), '', NO_LINE],
  ['too many words', `${A_TEXT} more`, '', NO_LINE],
  ['two lines in one', `${A_TEXT}${A_TEXT}`, '', NO_LINE],
  ['two blanks', A_TEXT.replace(' 2 ', '  2 '), '', NO_LINE],
  ['a tab', A_TEXT.replace(' 2 ', '\t2 '), '', NO_LINE],
  ['a blank at the end', `${A_TEXT} `, '', NO_LINE],
  [
    'no key',
    A_TEXT.replace('/dns/domain/', '.'),
    'suricata.a.example',
    '`suricata.a.example` is not the key of a rule or a file',
  ],
  ['an id that is none', A_TEXT.replace('1234567', 'sid1'), 'sid1', '`sid1` is neither a sid nor a UUID'],
  ['a sid of 0', A_TEXT.replace('1234567', '0'), '0', '`0` is neither a sid nor a UUID'],
  [
    'a sid of more than 32 bits',
    A_TEXT.replace('1234567', '4294967296'),
    '4294967296',
    '`4294967296` is neither a sid nor a UUID',
  ],
  [
    'a UUID in capitals',
    A_TEXT.replace('1234567', UUID.toUpperCase()),
    UUID.toUpperCase(),
    `\`${UUID.toUpperCase()}\` is neither a sid nor a UUID`,
  ],
  [
    'an id before that is none',
    A_TEXT.replace('1234567', '1234567,-'),
    '1234567,-',
    '`-` is neither a sid nor a UUID',
  ],
  ['an id too few', A_TEXT.replace('1234567', '1234567,'), '1234567,', '`` is neither a sid nor a UUID'],
  [
    'a file with an id',
    'rpz/@file/a.rpz 7 2 0123456789abcdef 2025-01-01 2025-02-03',
    '7',
    '`7` stands for the id of a file, which has none: `-`',
  ],
  ['revision 0', A_TEXT.replace(' 2 ', ' 0 '), '0', '`0` is not a revision, from 1 to 2147483647'],
  ['revision 01', A_TEXT.replace(' 2 ', ' 01 '), '01', '`01` is not a revision, from 1 to 2147483647'],
  [
    'a revision that no serial can have',
    A_TEXT.replace(' 2 ', ' 2147483648 '),
    '2147483648',
    '`2147483648` is not a revision, from 1 to 2147483647',
  ],
  [
    'a digest that is too short',
    A_TEXT.replace('abcdef', 'abcde'),
    '0123456789abcde',
    '`0123456789abcde` is not a digest of 16 hexadecimal digits',
  ],
  [
    'a day that is none',
    A_TEXT.replace('2025-01-01', '2025-02-30'),
    '2025-02-30',
    '`2025-02-30` is not a day as YYYY-MM-DD',
  ],
  [
    'a day in other words',
    A_TEXT.replace('2025-02-03', '3.2.2025'),
    '3.2.2025',
    '`3.2.2025` is not a day as YYYY-MM-DD',
  ],
  ...['<<<<<<< HEAD', '||||||| 1234567', '=======', '>>>>>>> branch'].map(
    (mark): [string, string, string, string] => [`the mark ${mark}`, mark, '', CONFLICT],
  ),
];

test.each(damaged)('a damaged line is an error at its place: %s', (_, text, fault, said) => {
  const { lock, diagnostics } = parsed(
    `${HEADER}\r\n${text}\r\n${A_TEXT.replace('a.example', 'b.example')}\n`,
  );
  expect(diagnostics).toHaveLength(1);
  const [{ code, severity, span, message } = { code: '' }] = diagnostics;
  expect([code, severity, message]).toEqual(['RF601', 'error', said]);
  expect(span?.file.position(span.start).line).toBe(3);
  expect(span?.file.text.slice(span.start, span.end)).toBe(fault || text);
  expect([...lock.keys()]).toEqual(['suricata/dns/domain/b.example']);
});

test('the marks of a conflict say how to go on', () => {
  const { diagnostics } = parsed(`${HEADER}<<<<<<< HEAD\n${A_TEXT}\n=======\n>>>>>>> other\n`);
  expect(diagnostics.map(({ span }) => span?.file.position(span.start).line)).toEqual([2, 4, 5]);
  expect(diagnostics[0]?.help).toBe(
    'delete the marks, keep the lines of both sides and build; `refang.lock merge=union` in .gitattributes does so by itself',
  );
});
