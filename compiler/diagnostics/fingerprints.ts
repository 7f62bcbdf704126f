/** What tells a finding from others in the next run, when its line has moved. */

import { hexDigest } from '../digest/digest.ts';
import type { Diagnostic } from './diagnostic.ts';
import { PLACELESS } from './place.ts';

/** 32 hexadecimal digits. */
const DIGITS = 32;

/**
 * One for each diagnostic, all different: a hash of code, path and message, which names the value, and not of the line.
 * Findings that are alike are told apart by their order.
 */
export function fingerprintsOf(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, span, message }) => {
    const alike = JSON.stringify([code, span?.file.path ?? PLACELESS, message]);
    const nth = seen.get(alike) ?? 0;
    seen.set(alike, nth + 1);
    return hexDigest('sha256', `${alike} ${nth}`).slice(0, DIGITS);
  });
}
