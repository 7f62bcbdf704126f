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

/**
 * Bundles the command line once for a file of tests; to be called at its top, so that the bundle goes with it. Its path.
 * With its packages inside, as in `dist/`, it starts in half the time.
 */
export async function bundleRefang(packages: 'external' | 'bundle' = 'external'): Promise<string> {
  // Packages are found from here, as from the project itself.
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.refang-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const format = packages === 'bundle' ? 'cjs' : 'esm';
  const outfile = join(folder, format === 'cjs' ? 'refang.cjs' : 'refang.mjs');
  await build({
    entryPoints: [join(ROOT, 'compiler/cli/main.ts')],
    bundle: true,
    platform: 'node',
    format,
    target: 'node20',
    packages,
    external: ['@virustotal/yara-x'],
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(join(ROOT, 'compiler', 'bundle.mjs')).href),
      'import.meta.dirname': JSON.stringify(join(ROOT, 'compiler')),
    },
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

/** The same, as a function that runs it. */
export async function bundledRefang(): Promise<Refang> {
  const outfile = await bundleRefang();
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const options = { cwd, encoding: 'utf8', env: { ...inherited, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [outfile, ...args], options);
    return { code: status, stdout, stderr };
  };
  return Object.assign(run, { start: { script: outfile, env: inherited } });
}
