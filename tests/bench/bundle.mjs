/** Parts of the compiler as programs of their own: what a comparison measures beside a whole build. */

import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './bench.mjs';

/** Bundles a program that stands in the sources, and returns its file. @param {import('./bench.mjs').Bench} bench @param {string} path from the root */
export async function bundle(bench, path) {
  const outfile = join(bench.folder('programs'), `${basename(path, '.ts')}.mjs`);
  await build({
    entryPoints: [join(ROOT, path)],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}
