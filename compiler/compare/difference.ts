/** What differs between two builds: what `refang diff` prints. docs/diff.md tells the same of its JSON. */

import type { Kind } from '../indicators/kind.ts';
import type { FateCounts } from '../plan/fate.ts';
import type { Effect, Tier } from '../targets/definition.ts';
import type { SideFinding } from './side.ts';

/** In the order of reports. */
export const CHANGES = ['added', 'removed', 'changed', 'withheld'] as const;
/** `withheld`: kept out of these targets, and new in the inputs or matched by another entry still. */
export type Change = (typeof CHANGES)[number];

/** A value that is another now: of a context key, a report, a setting. Absent where it was not given. */
export interface Edit {
  key: string;
  before?: string;
  after?: string;
}

/** What became of one indicator, in all targets in which it became that. */
export interface IndicatorChange {
  change: Change;
  kind: Kind;
  value: string;
  /**
   * `added` or `removed` in the inputs, `edited`; what keeps it out now (`expired`, `status`, `guard:…`, `covered` …);
   * `uncovered`; what let it in or changed it (`policy`, `template`, `guard:…`, `limit`, `not-yet-valid`).
   */
  reason: string;
  /** What the inputs say otherwise than before. */
  edits: readonly Edit[];
  /**
   * For `covered` and `uncovered`: the indicator that matches, or matched, it already; for what is kept out, the one
   * that matches it still.
   */
  by?: string;
  /** Where it moved from one tier to the other. */
  tiers?: { before: Tier; after: Tier };
  /** `file:line:column`; of what was removed, where it was. */
  place: string;
  /** Names, sorted. Empty for a change of the inputs that changes no output. */
  targets: readonly string[];
}

/** What became of one rule with identity. */
export interface RuleChange {
  /** `replaced`: the same indicators under another id, since a grouped rule's id depends on what is said of them. */
  change: 'added' | 'retired' | 'changed' | 'replaced';
  key: string;
  before?: { id: string; revision: number };
  after?: { id: string; revision: number };
  /** Whether it matches something else than before, as far as can be told; else only what it says of it changed. */
  logic: boolean;
  /** `indicators`, `edited`, `policy`, `template`, `id` or `refang`. */
  reason: string;
  edits: readonly Edit[];
  /** How many indicators it is for. */
  indicators: number;
}

/** A file of a target. */
export interface FileChange {
  path: string;
  change: 'added' | 'removed' | 'changed';
  before?: FileState;
  after?: FileState;
}

/** Lines of a file that only one side has, where files are all that is known of the other side. */
export interface LineChange {
  path: string;
  added: readonly string[];
  removed: readonly string[];
}

/** A file as a build writes it. */
export interface FileState {
  sha256: string;
  bytes: number;
  entries: number;
}

/**
 * How many indicators of a target changed. What another entry matches instead, or matched before, is neither added nor removed:
 * it is `covered` or `uncovered`.
 */
export type IndicatorCounts = Readonly<Record<Change | 'covered' | 'uncovered', number>>;

export const NO_CHANGES: IndicatorCounts = {
  added: 0,
  removed: 0,
  changed: 0,
  withheld: 0,
  covered: 0,
  uncovered: 0,
};

/** What differs in one target. */
export interface TargetDifference {
  name: string;
  effect: Effect;
  /** `same`: its files are what they were. */
  state: 'added' | 'removed' | 'changed' | 'same';
  fates: { before?: FateCounts; after?: FateCounts };
  indicators: IndicatorCounts;
  rules: readonly RuleChange[];
  files: readonly FileChange[];
  /** What it is made with that changed. */
  made_with: readonly ('options' | 'policy' | 'template')[];
  /** Only with `textual`. */
  lines?: readonly LineChange[];
}

/** One of the two builds, in short. */
export interface SideSummary {
  name: string;
  commit?: string;
  day: string;
  refang?: string;
  indicators: number;
}

/** All that differs between two builds. */
export interface Difference {
  before: SideSummary;
  after: SideSummary;
  /** The side before was an output folder: files are compared line by line, and no reason is known. */
  textual: boolean;
  /** Whether a file of the output, or one of the inputs, is another. */
  differs: boolean;
  inputs: readonly { path: string; change: 'added' | 'removed' | 'changed' }[];
  settings: readonly Edit[];
  /** Findings of the build that the one before did not have. */
  findings: readonly SideFinding[];
  /** By name. */
  targets: readonly TargetDifference[];
  /** By change, reason, kind and value. */
  indicators: readonly IndicatorChange[];
}
