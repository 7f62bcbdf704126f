/** The report and the example are proven by every engine, and README.md and docs/proof.md show the very tables of that. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ENGINE_NAMES } from '../../compiler/prove/engine.ts';
import { BEGIN, END, proofPages } from '../../scripts/proof.ts';
import { engineTest } from '../engines/require.ts';
import { ROOT } from './checkout.ts';

const tested = await engineTest(...ENGINE_NAMES.filter((name) => name !== 'zeek'));

tested('the table of README.md and the page of the proof are what the engines say', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const shown = readme.slice(readme.indexOf(BEGIN) + BEGIN.length, readme.indexOf(END));
  // Packages of engines move on; what they say must not.
  const withoutVersions = (text: string) => text.replace(/ \d+\.\d+(\.\d+)?(?= \|)/g, '');
  const { report, page } = await proofPages(ROOT);
  expect(withoutVersions(report)).toBe(withoutVersions(shown));
  expect(withoutVersions(page)).toBe(withoutVersions(readFileSync(join(ROOT, 'docs/proof.md'), 'utf8')));
});
