/** Lines of CSV that are read without cells give what the careful reader gives. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listed, readFeed, told } from './help.ts';
import { readCarefully } from './read-carefully.ts';

const HEADER = 'domain,confidence,ip,note,match,last_seen,first_seen,tags,actor';

const cell = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom(
    'x',
    ' x',
    'x ',
    '"x"',
    '"x,y"',
    'x"y',
    'x"',
    '"',
    'é',
    '\u00a0',
    'x\t',
    '#',
    '\u200b',
    '"a""b"',
  ),
);
const mostly = (usual: readonly string[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, cell);
const line = fc
  .tuple(
    mostly(['a.example', 'b.example', 'A.example', 'c[.]example', 'bad..example', '', '#a.example']),
    mostly(['80', '101', '-1', '7', '']),
    mostly(['', '', '192.0.2.1', '2001:db8::1']),
    cell,
    mostly(['', '', '', 'exact', 'suffix']),
    mostly(['2025-01-01', '2026-01-01', '']),
    mostly(['', '2025-06-01']),
    mostly(['x', 'y', '']),
    mostly(['a', 'c', '']),
    fc.constantFrom('', '', '', '', '', '', ',', ',x'),
  )
  .map(([...cells]) => {
    const tail = cells.pop() as string;
    return cells.join(',') + tail;
  });
const other = fc.constantFrom('', ' ', '# note', ',,,', ',,,,,,,,', 'a.example', '"');

test('in the same order, with the same findings, wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 6, arbitrary: line }, other), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat(900)),
      async (lines, end, ends) => {
        const text = [HEADER, ...lines, ...lines].join(end);
        const { collection, diagnostics } = await readFeed('format: csv', text, ends);
        const careful = await readCarefully('csv', text);
        expect(told(diagnostics.filter(({ span }) => span?.file.path === 'f'))).toEqual(careful.told);
        expect(listed(collection?.indicators)).toEqual(careful.listed);
        expect(collection?.indicators.contexts ?? []).toEqual(careful.contexts);
      },
    ),
    { numRuns: 700 },
  );
});
