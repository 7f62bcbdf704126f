/** `npm run prepare`: bundles the command line to dist/refang.cjs and compiles the shipped templates ahead. */

import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { importTypeScript, ROOT } from './typescript.mjs';

const DIST = join(ROOT, 'dist');

async function bundleCommandLine() {
  const outfile = join(DIST, 'refang.cjs');
  await build({
    entryPoints: [join(ROOT, 'compiler/cli/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    // The WASM of the YARA engine is read from its package when `prove` asks for it.
    external: ['@virustotal/yara-x'],
    define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': '__dirname' },
    banner: {
      js: '#!/usr/bin/env node\nconst moduleUrl = require("node:url").pathToFileURL(__filename).href;',
    },
    outfile,
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
}

async function compileTemplates() {
  const { precompileShipped } = await importTypeScript('scripts/precompile.ts');
  writeFileSync(join(DIST, 'templates.cjs'), precompileShipped(join(ROOT, 'templates')));
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
await Promise.all([bundleCommandLine(), compileTemplates()]);
