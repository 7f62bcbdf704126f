/** A copy of the project in a folder of its own, to do there what a newcomer does. */

import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const PARTS = [
  'compiler',
  'docs',
  'examples',
  'out',
  'scripts',
  'starter',
  'templates',
  'indicators.yaml',
  'indicators.schema.json',
  'refang.schema.json',
  'package.json',
  'refang.lock',
  'refang.yaml',
];

/** The copy's folder. Packages are those of the project. */
export function copyCheckout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'refang-checkout-'));
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

export function removeCheckout(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
