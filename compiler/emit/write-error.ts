/** Every refusal of the file system, as a diagnostic. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What could not be written, and why. */
export class WriteError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EBUSY: 'the folder is in use, or a mount point',
  EXDEV: 'the folder is a mount point',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ELOOP: 'a part of the path is a link to itself',
  ENAMETOOLONG: 'the path is too long',
};

/**
 * What the file system said of `shown`, the path as the user names it; `why` instead of the code's own words. Other
 * errors come back unchanged.
 */
export function writeFailure(error: unknown, shown: string, why?: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  return new WriteError({
    code: 'RF603',
    severity: 'error',
    message: `cannot write \`${shown}\`: ${WORDS[error.code] ?? error.message}`,
    ...(why && { why }),
  });
}
