/** What the READMEs of targets show as an example stands in their goldens, and each says how its files are checked. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listTargets } from '../../compiler/index.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TEMPLATES = join(ROOT, 'templates');
const { targets } = await listTargets({ cwd: ROOT });

/** Fenced blocks whose info string names a golden: ```` ```csv golden/refang.csv ````. */
function examplesOf(readme: string): { file: string; text: string }[] {
  const blocks = readme.matchAll(/^```\S* (golden\/\S+)\n([\s\S]*?)^```$/gm);
  return Array.from(blocks, ([, file = '', text = '']) => ({ file, text }));
}

describe.each(readdirSync(TEMPLATES).sort())('%s', (name) => {
  test('shows lines of its goldens as they are', () => {
    const readme = readFileSync(join(TEMPLATES, name, 'README.md'), 'utf8');
    for (const { file, text } of examplesOf(readme)) {
      const path = join(TEMPLATES, name, file);
      expect(existsSync(path), `${name}/${file}`).toBe(true);
      expect(readFileSync(path, 'utf8'), file).toContain(text);
    }
  });

  test('says how its files are checked', () => {
    const target = targets.find(({ target: one }) => one.name === name)?.target;
    const { check = [], checkedBy, unchecked } = target?.definition ?? {};
    expect(check.length > 0 || checkedBy !== undefined || unchecked !== undefined).toBe(true);
  });
});
