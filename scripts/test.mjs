/**
 * `npm test`: runs the tests, and says at the end which engines were missing.
 *
 * With `--install-engines`, or where CI=true, it first installs the engines (scripts/install-engines.sh, for
 * Debian 12). Without either it changes nothing on the machine. All other arguments go to vitest.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const INSTALL = '--install-engines';
const args = process.argv.slice(2);

/** @param {string} program @param {readonly string[]} words */
function run(program, words) {
  const { status, error } = spawnSync(program, words, { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

if (process.env.CI === 'true' || args.includes(INSTALL)) {
  const status = run('bash', ['scripts/install-engines.sh']);
  if (status !== 0) process.exit(status);
}

process.exitCode = run(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=./scripts/summary-reporter.mjs',
  ...args.filter((word) => word !== INSTALL),
]);
