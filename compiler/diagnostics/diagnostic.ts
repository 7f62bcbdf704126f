/** What is wrong with an input, where, why it matters and what to do. Every message to a user is one of these. */

import type { Code } from './codes.ts';
import type { SourceFile } from './source-file.ts';

/** `error` refuses the input (exit code 2), `warning` is a finding, `hint` never fails anything. */
export type Severity = 'error' | 'warning' | 'hint';

/** A stretch of a file: UTF-16 offsets, `end` exclusive. */
export interface Span {
  file: SourceFile;
  start: number;
  end: number;
}

/** A second place that matters, such as "first defined here". */
export interface Related {
  span: Span;
  message: string;
}

/** A mend that can be written into the file. */
export interface Fix {
  description: string;
  edits: readonly { span: Span; text: string }[];
}

/** One message to a user. */
export interface Diagnostic {
  code: Code;
  severity: Severity;
  /** Absent where the problem is not at a place of a file (a missing folder, a wrong option). */
  span?: Span;
  /** What is wrong, one line, values in backquotes, no final stop. */
  message: string;
  /** Words beside the caret. */
  label?: string;
  related?: readonly Related[];
  /** Why it matters. The code's own text where absent. */
  why?: string;
  /** What to do. */
  help?: string;
  fix?: Fix;
}

/** What diagnostics are about, for formats that tell it. */
export interface CheckedRun {
  /** The version of Refang. */
  version: string;
  /** The paths of all files of indicators that were checked. */
  files: readonly string[];
}
