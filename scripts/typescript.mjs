/** Runs the project's TypeScript from scripts: bundled by esbuild to a file of its own, then imported. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Imports a TypeScript module of the project. Packages stay outside the bundle.
 * @param {string} path relative to the project's root
 * @returns {Promise<any>}
 */
export async function importTypeScript(path) {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.refang-'));
  try {
    const outfile = join(folder, 'module.mjs');
    await build({
      entryPoints: [join(ROOT, path)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      // Modules find files of the project from their own place, one folder below its root.
      define: {
        'import.meta.url': JSON.stringify(pathToFileURL(join(ROOT, 'compiler', 'bundle.mjs')).href),
        'import.meta.dirname': JSON.stringify(join(ROOT, 'compiler')),
      },
      outfile,
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
