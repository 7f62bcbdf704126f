/** Programs of others that are compared with: found on the machine, or fetched from npm into the folder of a run. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './bench.mjs';

/** The absolute path of a program. @param {string} name */
export function programAt(name) {
  const folders = `${process.env.PATH ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`.split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** A program of the Python environment that scripts/install-engines.sh makes. @param {string} name */
export function pythonProgram(name) {
  const path = join(ROOT, '.engines/venv/bin', name);
  return existsSync(path) ? path : undefined;
}

/** @type {Map<string, string | { missing: string }>} */
const fetched = new Map();

/**
 * The folder of a package, which npm puts below the folder of the run, or why it is missing.
 * @param {import('./bench.mjs').Bench} bench @param {string} name @param {string} version
 * @param {Readonly<Record<string, string>>} [overrides] versions of what it needs, where the ones it asks for are gone
 * @returns {string | { missing: string }}
 */
export function npmPackage(bench, name, version, overrides = {}) {
  if (!bench.peers) return { missing: `${name} is not fetched with --no-peers` };
  const before = fetched.get(name);
  if (before !== undefined) return before;
  const folder = bench.folder(`peers-${name.replace(/\W+/g, '-')}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'peers', private: true, overrides }));
  const words = [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    `${name}@${version}`,
  ];
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: 'ignore', timeout: 300_000 });
  const found =
    status === 0 ? join(folder, 'node_modules', name) : { missing: `npm cannot install ${name} ${version}` };
  fetched.set(name, found);
  return found;
}

/** @param {string} folder of a package */
export function versionOf(folder) {
  return String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version);
}
