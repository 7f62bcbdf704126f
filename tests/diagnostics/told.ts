/** What Refang tells of a situation. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Code } from '../../compiler/diagnostics/codes.ts';
import { printPretty } from '../../compiler/diagnostics/print-pretty.ts';
import { build, type Diagnostic, diff, verify } from '../../compiler/index.ts';
import { commit, repositoryWith } from '../repository.ts';
import { folderWith } from '../temporary.ts';
import { ASKED, COMPARED, type Comparison, type Files, SITUATIONS } from './situations.ts';

/** The diagnostic under a code, as it is printed when its situation is built or compared; undefined where it is not told. */
export async function toldOf(code: Code): Promise<string | undefined> {
  const { committed, ...compared }: Partial<Comparison> = COMPARED[code] ?? {};
  const cwd = committed ? repositoryWith({}) : folderWith();
  if (committed) {
    write(cwd, committed);
    commit(cwd, {});
  }
  write(cwd, SITUATIONS[code] ?? {});
  const told = (await diagnosticsOf(code, cwd, compared)).find((one) => one.code === code);
  return (
    told &&
    printPretty([{ ...told, why: told.why ?? '', help: told.help ?? '' }]).replace(
      /^ += (why|help): \n/gm,
      '',
    )
  );
}

async function diagnosticsOf(
  code: Code,
  cwd: string,
  compared: Partial<Comparison>,
): Promise<readonly Diagnostic[]> {
  const asked = ASKED[code];
  if (asked === 'verify') {
    const { failed, findings } = await verify({ cwd });
    return failed ? [failed] : findings;
  }
  const options = { cwd, asOf: '2026-01-01' };
  const { session } = await (compared.against === undefined
    ? build({ ...options, ...asked })
    : diff({ ...options, ...compared }));
  return session.diagnostics;
}

function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(path.endsWith('/') ? join(folder, path) : dirname(join(folder, path)), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(folder, path), content);
  }
}
