/** The packages that `prepare` needs, where npm runs it without them. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What makes an npm within another one install somewhere else than here. */
const ELSEWHERE = /^npm_config_(?:global|location|prefix|local_prefix|global_prefix)$/i;

/**
 * `npm install --global` of a repository, which pre-commit uses too, clones it and calls `prepare` there, but installs its
 * packages globally, where none is found. Then there is no `node_modules`, and they are installed here first.
 */
export function installWhereNpmDidNot() {
  const npm = process.env.npm_execpath;
  if (npm === undefined || existsSync(join(ROOT, 'node_modules'))) return;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name)));
  const words = [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, env, stdio: 'inherit' });
  if (status !== 0) throw new Error('the packages that `prepare` needs cannot be installed');
}
