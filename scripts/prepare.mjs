/** `npm run prepare`: bundles the command line to dist/refang.cjs, which runs dist/start.cjs, which runs dist/main.cjs; and compiles
 * the shipped templates ahead. */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { installWhereNpmDidNot } from './install-packages.mjs';

installWhereNpmDidNot();
const { build } = await import('esbuild');
const { importTypeScript, ROOT } = await import('./typescript.mjs');

const DIST = join(ROOT, 'dist');

/** Modules whose constants are worked out here: at each start that would take milliseconds. @type {import('esbuild').Plugin} */
const workedOut = {
  name: 'worked-out',
  setup({ onLoad }) {
    onLoad({ filter: /compiler[\\/]guard[\\/](?:suffix-list|known-ranges)\.ts$/ }, async ({ path }) => {
      const constants = Object.entries(await importTypeScript(relative(ROOT, path)));
      const lines = constants.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
      return { contents: lines.join('\n') };
    });
  },
};

/** @param {string} name of a file of `compiler/cli` */
async function bundle(name) {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, `compiler/cli/${name}.ts`)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    // The WASM of the YARA engine is read from its package when `prove` asks for it.
    external: ['@virustotal/yara-x'],
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [workedOut],
    write: false,
    logLevel: 'warning',
  });
  return /** @type {string} */ (outputFiles[0]?.text);
}

/**
 * Writes a module as `runPrepared` takes it: as the function that Node makes of a module, since joining the texts at each
 * start would copy them; and in ASCII, of which V8 makes a string that takes a byte a character. Throws where a module of Node would be
 * imported while the script runs: there it finds no loader.
 * @param {string} path below `dist` @param {string} code whose other characters all stand in strings or regular expressions
 */
function writePrepared(path, code) {
  const imported = /\bimport\("[^"]*"\)/.exec(code);
  if (imported) throw new Error(`${path} has ${imported[0]}: ask process.getBuiltinModule for it`);
  const ascii = code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(
    join(DIST, path),
    `(function (exports, require, module, __filename, __dirname) { ${ascii}\n});\n`,
  );
}

async function bundleCommandLine() {
  const [main, start, refang] = await Promise.all([bundle('main'), bundle('start'), bundle('refang')]);
  writePrepared('main.cjs', main);
  writePrepared('start.cjs', start);
  writeFileSync(join(DIST, 'refang.cjs'), `#!/usr/bin/env node\n${refang}`, { mode: 0o755 });
}

async function compileTemplates() {
  const { precompileShipped } = await importTypeScript('scripts/precompile.ts');
  mkdirSync(join(DIST, 'templates'));
  for (const [name, module] of precompileShipped(join(ROOT, 'templates')))
    writePrepared(`templates/${name}.cjs`, module);
}

/**
 * Builds the example with every target in a folder that goes away, and again with what a second build does, so that the code
 * of all that a build calls is kept.
 */
function warmUp() {
  const project = mkdtempSync(join(tmpdir(), 'refang-warm-'));
  const input = join(project, 'indicators.yaml');
  // How it ends does not matter here: without the code the command line only starts later.
  const run = () =>
    spawnSync(process.execPath, [join(ROOT, 'scripts/warm.cjs'), DIST, 'build'], { cwd: project });
  try {
    copyFileSync(join(ROOT, 'examples/all-kinds.yaml'), input);
    writeFileSync(
      join(project, 'refang.yaml'),
      `publisher: {name: Warm, id: warm, prefix: WARM}\ntargets: [${readdirSync(join(ROOT, 'templates')).join(', ')}]\n`,
    );
    run();
    appendFileSync(input, '# changed\n');
    run();
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
try {
  await Promise.all([bundleCommandLine(), compileTemplates()]);
  warmUp();
} catch (error) {
  // What is wrong with a template is told at its line; where our code found it says nothing.
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
