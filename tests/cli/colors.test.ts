/** Colours of terminals. */

import { expect, test } from 'vitest';
import { coloring } from '../../compiler/cli/colors.ts';

const { bold, cyan, dim, red } = coloring(true);

test.each([
  [bold('a'), '\x1b[1ma\x1b[22m'],
  [red(''), '\x1b[31m\x1b[39m'],
  // What ends the inner one would end the outer one, too.
  [bold(`a ${dim('b')} c`), '\x1b[1ma \x1b[2mb\x1b[22m\x1b[1m c\x1b[22m'],
  [cyan(bold('a')), '\x1b[36m\x1b[1ma\x1b[22m\x1b[39m'],
  [coloring(false).bold('a'), 'a'],
])('%j is %j', (text, expected) => {
  expect(text).toBe(expected);
});
