/** A list of things not to block, whoever wrote it, made ready to be looked up. */

import type { Kind } from '../indicators/kind.ts';
import type { Strength } from './guard.ts';
import type { Pattern } from './pattern.ts';
import { RangeIndex } from './range-index.ts';
import { SubstringIndex } from './substring-index.ts';

/** What is said of a list as a whole. */
export interface ListHead {
  /** As `allow` names it. */
  guard: string;
  /** For people, with the version where it has one. */
  title: string;
  strength: Strength;
  /** Why its entries are listed, where an entry says nothing itself. */
  about: string;
  /** The kinds of indicators that it is compared with. */
  kinds: ReadonlySet<Kind>;
  /** What lies under an entry is as much the provider's own, and counts as listed itself. */
  whole: boolean;
}

/** Its entries, by how they are compared. */
export class GuardList {
  readonly head: ListHead;
  /** Compared as a whole: names, hashes, addresses of mail, URLs. */
  readonly texts: string[] = [];
  /** Names that stand for all below them too. */
  readonly parents: string[] = [];
  readonly ranges = new RangeIndex();
  readonly substrings = new SubstringIndex();
  readonly patterns: Pattern[] = [];
  /** Why an entry is listed, where it says so itself. */
  readonly reasons = new Map<string, string>();

  constructor(head: ListHead) {
    this.head = head;
  }
}
