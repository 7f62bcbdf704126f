/** Writes a file of the user's anew: at once, with its permissions, through links, and only when it is as it was read. */

import { accessSync, chmodSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { replaceFile } from './replace-file.ts';
import { WriteError, writeFailure } from './write-error.ts';

/** A file to be changed. */
export interface Rewrite {
  /** From the project's root. */
  path: string;
  /** As the user names it. */
  shown: string;
  before: string;
  after: string;
}

const WHY = 'the file stays as it was';
const BYTE_ORDER_MARK = '\uFEFF';

/** Writes all of them, or none where one may not be written. Throws WriteError. */
export function rewriteFiles(root: string, rewrites: readonly Rewrite[]): void {
  const ready = rewrites.map((rewrite) => ({
    ...rewrite,
    ...openForWriting(resolve(root, rewrite.path), rewrite),
  }));
  for (const { real, mode, mark, after } of ready) {
    replaceFile(real, mark + after, { why: WHY });
    chmodSync(real, mode);
  }
}

function openForWriting(path: string, { shown, before }: Rewrite) {
  try {
    const real = realpathSync(path);
    const { mode } = statSync(real);
    accessSync(real, constants.W_OK);
    // Where the user may write everything, as root may, a file without the permission is still meant to stay.
    if ((mode & 0o222) === 0) throw refusal(shown, 'the file is read-only', 'allow its owner to write it');
    const text = readFileSync(real, 'utf8');
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
    if (text !== mark + before) throw refusal(shown, 'it was changed meanwhile', 'run the command again');
    return { real, mode, mark };
  } catch (error) {
    throw writeFailure(error, shown || basename(path), WHY);
  }
}

function refusal(shown: string, reason: string, help: string): WriteError {
  const message = `cannot write \`${shown}\`: ${reason}`;
  return new WriteError({ code: 'RF603', severity: 'error', message, why: WHY, help });
}
