/** Goldens: what examples/all-kinds.yaml compiles to, as real files beside the templates of each target. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { printPretty } from '../compiler/diagnostics/print-pretty.ts';
import { build } from '../compiler/index.ts';

/** Goldens must not change from one day to the next. */
const AS_OF = '2026-01-01';

/** The names of all targets in a folder of templates. */
export function targetNames(templates: string): string[] {
  const entries = readdirSync(templates, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** What a target makes of the example: text by path below the target's folder. */
export async function goldenFiles(root: string, target: string): Promise<Map<string, string>> {
  const out = mkdtempSync(join(tmpdir(), 'refang-golden-'));
  try {
    const file = join(root, 'examples/all-kinds.yaml');
    const { session, files } = await build({ files: [file], targets: [target], out, asOf: AS_OF });
    if (session.failed) throw new Error(printPretty(session.diagnostics));
    const paths = files.map(({ path }) => path.slice(target.length + 1)).sort();
    return new Map(paths.map((path) => [path, readFileSync(join(out, target, path), 'utf8')]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Writes the goldens of some targets anew. */
export async function writeGoldens(root: string, targets: readonly string[]): Promise<void> {
  for (const target of targets) {
    const folder = join(root, 'templates', target, 'golden');
    const files = await goldenFiles(root, target);
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
}
