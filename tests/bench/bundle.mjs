/**
 * Parts of the compiler as programs of their own: what a comparison measures beside a whole build. They start as the
 * command line does.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './bench.mjs';

/** Runs the bundle beside it with the code that V8 made of it before, where there is such. */
const START = `'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { Script } = require('node:vm');
const file = __filename.replace(/cjs$/, 'main.cjs');
const code = __filename.replace(/cjs$/, 'code');
const cachedData = existsSync(code) ? readFileSync(code) : undefined;
const script = new Script(wrap(readFileSync(file, 'utf8')), { filename: file, cachedData });
script.runInThisContext()({}, createRequire(file), {}, file, __dirname);
module.exports = () => script.createCachedData();
`;
/** Runs such a program, named first, and writes the code that V8 made of it. */
const WARM = `
const program = process.argv[1];
const codeOf = require(program);
process.on('exit', () => require('node:fs').writeFileSync(program.replace(/cjs$/, 'code'), codeOf()));`;

/**
 * Bundles a program that stands in the sources, and returns its file. @param {import('./bench.mjs').Bench} bench
 * @param {string} path from the root
 */
export async function bundle(bench, path) {
  const program = join(bench.folder('programs'), basename(path, '.ts'));
  await build({
    entryPoints: [join(ROOT, path)],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile: `${program}.main.cjs`,
    logLevel: 'warning',
  });
  writeFileSync(`${program}.cjs`, START);
  return `${program}.cjs`;
}

/**
 * Runs a bundled program once, and keeps the code that V8 made of it, as `npm run prepare` does for the command line.
 * @param {string} program @param {string} cwd @param {readonly string[]} words
 */
export function warmUp(program, cwd, words) {
  const run = spawnSync(process.execPath, ['-e', WARM, program, ...words], { cwd, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${program} exits with ${run.status}\n${run.stderr}`);
}
