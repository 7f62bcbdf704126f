/** The command line from the sources, as a process of its own. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export type Refang = ((
  cwd: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Run) & {
  /** For a process that goes on: what to start, and in which environment. */
  start: { script: string; env: NodeJS.ProcessEnv };
};

/** Bundles the command line once for a file of tests; to be called at its top, so that the bundle goes with it. */
export async function bundledRefang(): Promise<Refang> {
  // Packages are found from here, as from the project itself.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.refang-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'refang.mjs');
  await build({
    entryPoints: [join(ROOT, 'compiler/cli/main.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(ROOT, 'compiler', 'bundle.mjs')).href) },
    outfile,
    logLevel: 'warning',
  });
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const options = { cwd, encoding: 'utf8', env: { ...inherited, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [outfile, ...args], options);
    return { code: status, stdout, stderr };
  };
  return Object.assign(run, { start: { script: outfile, env: inherited } });
}
