/** Files for engines to read, in a folder of the test's own. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes files, by name, and returns their paths in the same order. They go away after the test. */
export function writeFiles(files: Readonly<Record<string, string | readonly string[]>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'refang-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' ? content : `${content.join('\n')}\n`);
    return path;
  });
}
