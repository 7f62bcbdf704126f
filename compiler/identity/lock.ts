/**
 * refang.lock: the identity of every rule that was ever rendered, and of every file with a serial, a line each, sorted by key:
 * `key id revision digest created changed`, dates as YYYY-MM-DD. Ids that a rule gave up follow its own, after commas.
 * Lines of rules that are no longer rendered stay, so that no identifier is given twice.
 */

import { sha256OfPieces } from '../digest/digest.ts';

/** The identity of one rule. */
export interface LockLine {
  key: string;
  /** The sid or UUID; `-` for a file, and for a retired rule whose number another one keeps. */
  id: string;
  /** Ids that the rule had before, sorted: never given to another. Absent where there is none. */
  former?: readonly string[];
  /** After a merge: other ids that the rule has on one of the branches. It keeps this one or one of those. */
  others?: readonly string[];
  revision: number;
  /** Of the rule's text with id, revision and dates blank: 16 hexadecimal digits of its SHA-256. */
  digest: string;
  /** Two branches gave this revision to different texts: the next must rise, whatever the text is by now. */
  contested?: true;
  /** The day of revision 1. */
  created: string;
  /** The day of this revision. */
  changed: string;
}

/** Lines by their keys. */
export type Lock = ReadonlyMap<string, LockLine>;

/** What stands for the id of what has none. */
export const NO_ID = '-';

/** How many hexadecimal digits of a hash are kept. */
const DIGITS = 16;

/** What a rule's text is compared by. */
export function digestOf(text: string): string {
  return digestOfPieces([text]);
}

/** The same of a text in pieces. */
export function digestOfPieces(pieces: Iterable<string>): string {
  return sha256OfPieces(pieces).slice(0, DIGITS);
}

/** The line of a rule after a build on the day `asOf`: the revision rises exactly when the text changed. */
export function settle(
  before: LockLine | undefined,
  key: string,
  id: string,
  digest: string,
  asOf: string,
): LockLine {
  if (!before) return { key, id, revision: 1, digest, created: asOf, changed: asOf };
  const named = withId(before, id);
  if (named.digest === digest && !named.contested) return named;
  const { contested, ...line } = named;
  return { ...line, revision: line.revision + 1, digest, changed: asOf };
}

/** The line with that id for good; what it was called besides is remembered. */
export function withId(line: LockLine, id: string): LockLine {
  if (line.id === id && !line.others) return line;
  const { former, others, ...rest } = { ...line, id };
  return { ...rest, ...formerIds([...(former ?? []), ...(others ?? []), line.id], id) };
}

/** `former` of a line with that id. */
export function formerIds(ids: Iterable<string>, id: string): Pick<LockLine, 'former'> {
  const former = [...new Set(ids)].filter((one) => one !== id && one !== NO_ID).sort();
  return former.length > 0 ? { former } : {};
}
