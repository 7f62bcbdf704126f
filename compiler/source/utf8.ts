/** Strict UTF-8: a byte that does not belong is told at its place, never replaced. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import { hexDigest } from '../digest/digest.ts';
import type { FileReader, ReadInput } from './files.ts';

/** Reads a file of indicators as a whole. */
export function readWhole(reader: FileReader, path: string): ReadInput {
  const { bytes, diagnostics } = reader.readBytes(path);
  if (!bytes) return { file: undefined, sha256: '', diagnostics };
  return { ...decodeUtf8(path, bytes), sha256: hexDigest('sha256', bytes) };
}

const STRICT = new TextDecoder('utf-8', { fatal: true });

/** The text of a file. A byte order mark is dropped. */
export function decodeUtf8(
  path: string,
  bytes: Uint8Array,
): { file: SourceFile | undefined; diagnostics: Diagnostic[] } {
  try {
    return { file: new SourceFile(path, STRICT.decode(bytes)), diagnostics: [] };
  } catch {
    return { file: undefined, diagnostics: [notUtf8(path, bytes)] };
  }
}

function notUtf8(path: string, bytes: Uint8Array): Diagnostic {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { code: 'RF120', severity: 'error', message: `\`${path}\` is UTF-16`, help: 'save it as UTF-8' };
  const good = lengthOfGoodPrefix(bytes);
  const prefix = new TextDecoder().decode(bytes.subarray(0, good));
  const file = new SourceFile(path, new TextDecoder().decode(bytes));
  const byte = (bytes[good] as number).toString(16).toUpperCase().padStart(2, '0');
  return {
    code: 'RF120',
    severity: 'error',
    span: { file, start: prefix.length, end: Math.min(prefix.length + 1, file.text.length) },
    message: `the byte 0x${byte} is not UTF-8`,
  };
}

/** The number of bytes before the first sequence that is not UTF-8. */
function lengthOfGoodPrefix(bytes: Uint8Array): number {
  const good = (length: number) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (good(middle)) low = middle;
    else high = middle - 1;
  }
  // A sequence that was begun does not count: step back to its first byte.
  let first = low;
  while (first > 0 && low - first < 3 && ((bytes[first - 1] as number) & 0xc0) === 0x80) first -= 1;
  const lead = bytes[first - 1] as number;
  const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return first > 0 && needs > low - first + 1 ? first - 1 : low;
}
