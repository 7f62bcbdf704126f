/** What an indicator kind is: how it is read, its canonical form, and what a template can say about it. */

import type { Code } from '../diagnostics/codes.ts';
import type { Witnesses, WitnessOptions } from './witnesses.ts';

/** The kinds an indicator in memory has. (`file` of the source format is a record of hashes, not a kind.) */
export const KINDS = [
  'domain',
  'ip',
  'cidr',
  'endpoint',
  'url',
  'email',
  'hash',
  'ja3',
  'ja3s',
  'ja4',
  'certificate',
  'user_agent',
  'file_name',
  'file_path',
  'registry_key',
  'mutex',
] as const;

/** The name of a kind, as its key in `indicators.yaml`. */
export type Kind = (typeof KINDS)[number];

const CODES = new Map(KINDS.map((kind, code) => [kind, code]));

/** The number that stands for a kind in columns: its place in `KINDS`. */
export function kindCode(kind: Kind): number {
  return CODES.get(kind) as number;
}

/** Something worth telling about a value that was accepted, such as host bits that were masked. */
export interface ParseNote {
  code: Code;
  message: string;
  help?: string;
}

/** A value in canonical form. Its kind can differ from the one asked for: `192.0.2.1/32` is an `ip`. */
export interface Parsed {
  ok: true;
  kind: Kind;
  value: string;
  notes: readonly ParseNote[];
}

/** A value that is refused. */
export interface Refused {
  ok: false;
  code: Code;
  /** One line, the value in backquotes. */
  message: string;
  /** Words beside the caret, such as "leading zero". */
  label?: string;
  why?: string;
  help?: string;
  /** The part of the text at fault, as offsets into it; the whole of it where absent. */
  at?: { start: number; end: number };
}

/** What reading a value gives. */
export type ParseResult = Parsed | Refused;

/** What a template can ask of a value beside `value` itself. */
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One kind of indicator: one file in this folder. */
export interface KindModule {
  kind: Kind;
  /** For people: "Domain name". */
  title: string;
  /** Reads live and defanged spellings. Never throws. */
  parse(text: string): ParseResult;
  /** The names of `describe`'s fields and what each holds, for load-time checks of templates and for docs. */
  fields: Readonly<Record<string, string>>;
  /** Those of `fields` that hold a list. */
  lists?: readonly string[];
  /** The fields of a canonical value. */
  describe(value: string): Fields;
  /**
   * What a canonical value must match, and near misses that it must not. Absent for hashes and fingerprints: nothing
   * can be made that has a given hash.
   */
  witnesses?(value: string, options: WitnessOptions): Witnesses;
}
