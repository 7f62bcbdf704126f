/** Every target's goldens: what the example compiles to, byte for byte, and loaded by the engine of the target. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listTargets } from '../../compiler/index.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { filesFor, judgesOf } from '../../compiler/prove/judged-by.ts';
import { goldenFiles } from '../../scripts/goldens.ts';
import { engineTest } from '../engines/require.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort();
}

const { targets, diagnostics } = await listTargets({ cwd: ROOT });

test('every shipped target is well-formed', () => {
  expect(diagnostics).toEqual([]);
});

describe.each(targets)('$target.name', async ({ target: { name, definition }, built }) => {
  const folder = join(ROOT, 'templates', name, 'golden');

  test('renders its goldens', async () => {
    const files = await goldenFiles(ROOT, name);
    expect(filesBelow(folder).map((path) => relative(folder, path))).toEqual([...files.keys()]);
    for (const [path, text] of files) expect(text, path).toBe(readFileSync(join(folder, path), 'utf8'));
  });

  for (const engine of judgesOf(definition.check)) {
    const loads = await engineTest(engine);
    for (const what of [folder, ...(built ? [join(ROOT, 'out', name)] : [])]) {
      loads(`${engine} loads ${relative(ROOT, what)} without a word`, async () => {
        const files = filesFor(engine, filesBelow(what));
        expect(files.length).toBeGreaterThan(0);
        const report = await ENGINES[engine].load(files);
        expect(report.problems).toEqual([]);
        expect(report.ok).toBe(true);
      });
    }
  }
});
