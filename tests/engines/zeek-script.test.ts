import { describe, expect } from 'vitest';
import { writeFiles } from '../prove/files.ts';
import { zeekScriptTest, zeekSyntaxError } from './zeek-script.ts';

const GOOD = [
  '##! A comment.',
  '@load base/frameworks/intel',
  '@ifndef ( Walk::enabled )',
  'module Walk;',
  'export {',
  '\toption enabled = T;',
  '\tredef record Intel::Seen += { observed: string &log &optional; };',
  '}',
  'hook Intel::seen_policy(s: Intel::Seen, found: bool)',
  '\t{',
  '\tif ( s?$observed || ! enabled )',
  '\t\treturn;',
  '\tlocal rest = s$indicator[0:2];',
  '\twhile ( |rest| > 0 )',
  '\t\trest = rest[1:];',
  '\t}',
  '@endif',
  'redef Intel::read_files += { @DIR + "/intel.dat" };',
];

describe('the Zeek script check', () => {
  zeekScriptTest('takes the constructs we use', async () => {
    const [file] = writeFiles({ 'good.zeek': GOOD });
    expect(await zeekSyntaxError(file as string)).toBeUndefined();
  });

  const broken = [
    ['a missing semicolon', 12, '\tlocal rest = s$indicator[0:2]'],
    ['a missing parenthesis', 10, '\tif ( s?$observed || ! enabled'],
    ['an empty expression', 12, '\tlocal rest = ;'],
    ['a brace that is never closed', 15, ''],
    ['a string that is never closed', 17, 'redef Intel::read_files += { @DIR + "/intel.dat };'],
    ['words that are no Zeek', 1, 'load this please'],
  ] as const;
  for (const [title, index, line] of broken) {
    zeekScriptTest(`refuses ${title}`, async () => {
      const [file] = writeFiles({ 'bad.zeek': GOOD.with(index, line) });
      const error = await zeekSyntaxError(file as string);
      expect(error?.message).toMatch(/cannot parse|parse tree has problems/);
      expect(error?.line).toBeGreaterThan(0);
    });
  }
});
