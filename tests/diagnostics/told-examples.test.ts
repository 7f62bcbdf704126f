/** The recorded examples are what Refang says, to the letter. */

import { expect, test } from 'vitest';
import type { Code } from '../../compiler/diagnostics/codes.ts';
import told from '../../compiler/diagnostics/told-examples.json' with { type: 'json' };
import { SITUATIONS } from './situations.ts';
import { toldOf } from './told.ts';

test('each has a situation', () => {
  expect(Object.keys(told).sort()).toEqual(Object.keys(SITUATIONS).sort());
});

test.each(Object.entries(told))('%s', async (code, lines) => {
  expect((await toldOf(code as Code))?.trimEnd().split('\n')).toEqual(lines);
});
