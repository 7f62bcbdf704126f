/** One of two builds that are compared, as far as comparing asks. */

import type { Collection } from '../indicators/set.ts';
import type { FateCounts, Verdict } from '../plan/fate.ts';
import type { Effect, Tier } from '../targets/definition.ts';

/** A rule with identity, as the lock notes it. */
export interface SideRule {
  key: string;
  /** The sid or UUID. */
  id: string;
  revision: number;
  /** Of its text with id, revision and dates blank. */
  digest: string;
  /** What the lock of this side says of it, where it says anything: another digest if Refang itself was another. */
  locked: { revision: number; digest: string } | undefined;
}

/** An entry of a file: a line of a list, or a rule. */
export interface SideEntry {
  /** Without what separates it from its neighbours; empty where none of its indicators is asked for. */
  text: string;
  tier: Tier | undefined;
  /** The indicators that it says by name. */
  members: readonly number[];
  rule: SideRule | undefined;
}

/** A target of a build. */
export interface SideTarget {
  name: string;
  effect: Effect;
  fates: FateCounts;
  verdict(index: number): Verdict;
  /** For an indicator that is withheld: another whose entry matches it all the same, if there is one. */
  stillMatchedBy(index: number): number | undefined;
  /** What it was made with beside the indicators: equal texts mean equal policies, options, templates. */
  policy: string;
  options: string;
  template: string;
  files(): Iterable<{ path: string; chunks: Iterable<string>; entries: number }>;
  /** Whether its rules have an identity. */
  identified: boolean;
  /**
   * The entries that say an indicator that is asked for, and all rules with identity: renders them. Of others there
   * is no text.
   */
  entries(asked: (index: number) => boolean): Iterable<SideEntry>;
}

/** A finding, such as a guard's. */
export interface SideFinding {
  code: string;
  message: string;
  /** `file:line:column`; absent where it has no place. */
  place?: string;
}

/** A build. */
export interface Side {
  /** As the user names it. */
  name: string;
  /** The whole hash of a commit. */
  commit?: string;
  /** The day that decided validity, YYYY-MM-DD. */
  day: string;
  /** The version of Refang that built what is committed with it; undefined where no manifest tells. */
  refang: string | undefined;
  inputs: readonly { path: string; sha256: string }[];
  collection: Collection;
  /** `file:line:column` of an indicator's first definition. */
  place(index: number): string;
  /** What the settings say for all targets, by dotted key. */
  settings: ReadonlyMap<string, string>;
  /** By name, sorted. */
  targets: ReadonlyMap<string, SideTarget>;
  findings: readonly SideFinding[];
}
