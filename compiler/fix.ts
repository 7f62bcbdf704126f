/** Mends the files of indicators in place: only what they say the same without. */

import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { SourceFile } from './diagnostics/source-file.ts';
import { rewriteFiles } from './emit/rewrite-file.ts';
import { WriteError } from './emit/write-error.ts';
import { openProject } from './project.ts';
import type { SessionOptions } from './session.ts';
import { findMends, mendedText, sayTheSame } from './source/mend/mends.ts';

/** What was mended. */
export interface FixReport {
  /** By file and place; each has a `fix`. */
  fixed: readonly Diagnostic[];
  /** Why nothing could be written. */
  refused: Diagnostic | undefined;
}

/** Mends what can be mended. Where a project cannot be opened nothing is; `check` tells why. */
export async function fix(options: SessionOptions): Promise<FixReport> {
  const { project } = openProject(options.cwd ?? process.cwd(), options.files ?? []);
  if (!project) return { fixed: [], refused: undefined };
  const files = project.inputs.map(({ file }) => file);
  const mends = await findMends(files);
  const after = files.map((file) => new SourceFile(file.path, mendedText(file, mends)));
  if (!(await sayTheSame(files, after))) throw new Error('a mend would change what the indicators are');
  const rewrites = project.inputs.flatMap(({ path, file }, at) => {
    const { text } = after[at] as SourceFile;
    return text === file.text ? [] : [{ path, shown: file.path, before: file.text, after: text }];
  });
  try {
    rewriteFiles(project.root, rewrites);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { fixed: [], refused: error.diagnostic };
  }
  return { fixed: mends, refused: undefined };
}
