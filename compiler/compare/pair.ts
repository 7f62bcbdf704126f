/** Two builds side by side: which indicator of one is which of the other, and what is said of it otherwise. */

import type { Edit } from './difference.ts';
import { ContextEdits, editsBetween } from './edits.ts';
import type { Side } from './side.ts';

const NO_EDITS: readonly Edit[] = [];

/** Two builds that are compared. */
export class Pair {
  readonly before: Side;
  readonly after: Side;
  /** For each indicator of the later build its index in the earlier one, or -1. */
  readonly earlier: Int32Array;
  /** Indicators of the earlier build that the later one does not have. */
  readonly gone: readonly number[];
  /** Whether the settings say the same for all targets. */
  readonly sameSettings: boolean;
  readonly #edits: ContextEdits;
  /** By index in the later build, 1 where the inputs say anything otherwise. */
  readonly #edited: Uint8Array;

  constructor(before: Side, after: Side) {
    this.before = before;
    this.after = after;
    this.#edits = new ContextEdits(before.collection, after.collection);
    const [was, is] = [before.collection.indicators, after.collection.indicators];
    this.earlier = Int32Array.from({ length: is.size }, (_, at) => was.find(is.kind(at), is.value(at)));
    const kept = new Set(this.earlier);
    this.gone = Array.from({ length: was.size }, (_, at) => at).filter((at) => !kept.has(at));
    this.sameSettings = editsBetween(before.settings, after.settings).length === 0;
    // Every target asks of every indicator.
    this.#edited = Uint8Array.from(this.earlier, (_, index) => (this.edits(index).length > 0 ? 1 : 0));
  }

  /** Whether another version of Refang is known to have written what is committed with the earlier build. */
  get otherVersion(): boolean {
    return this.before.refang !== undefined && this.before.refang !== this.after.refang;
  }

  /** Whether the inputs say anything otherwise of an indicator of the later build that both have. */
  isEdited(index: number): boolean {
    return this.#edited[index] === 1;
  }

  /** What the inputs say of an indicator of the later build otherwise than before; nothing of a new one. */
  edits(index: number): readonly Edit[] {
    const at = this.earlier[index] as number;
    if (at < 0) return NO_EDITS;
    return this.#edits.between(
      this.before.collection.indicators.context(at),
      this.after.collection.indicators.context(index),
    );
  }
}
