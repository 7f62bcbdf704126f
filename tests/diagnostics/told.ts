/** What Refang tells of a situation. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Code } from '../../compiler/diagnostics/codes.ts';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { build, type Diagnostic, merge, verify } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { ASKED, SITUATIONS } from './situations.ts';

/** The diagnostic under a code, as it is printed when its situation is built; undefined where it is not told. */
export async function toldOf(code: Code): Promise<string | undefined> {
  const cwd = folderWith();
  for (const [path, content] of Object.entries(SITUATIONS[code] ?? {})) {
    mkdirSync(path.endsWith('/') ? join(cwd, path) : dirname(join(cwd, path)), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(cwd, path), content);
  }
  const told = (await diagnosticsOf(code, cwd)).find((one) => one.code === code);
  return (
    told &&
    printPretty([{ ...told, why: told.why ?? '', help: told.help ?? '' }]).replace(
      /^ += (why|help): \n/gm,
      '',
    )
  );
}

async function diagnosticsOf(code: Code, cwd: string): Promise<readonly Diagnostic[]> {
  const asked = ASKED[code];
  if (asked === 'merge') {
    const folders = readdirSync(join(cwd, 'parts'))
      .sort()
      .map((name) => `parts/${name}`);
    return (await merge({ cwd, folders })).session.diagnostics;
  }
  if (asked !== 'verify') return (await build({ cwd, asOf: '2026-01-01', ...asked })).session.diagnostics;
  const { failed, findings } = await verify({ cwd });
  return failed ? [failed] : findings;
}
