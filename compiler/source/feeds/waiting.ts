/**
 * Values of lines of a block that wait to be added. Where a value belongs in the table of all is anywhere in memory: places that are asked
 * for together come in a fraction of the time.
 */

/** So many are added at once. */
const AT_ONCE = 64;

/** Columns of them, filled from the front. */
export class Waiting {
  count = 0;
  /** Codes of kinds. */
  readonly codes = new Uint8Array(AT_ONCE);
  readonly contexts = new Uint32Array(AT_ONCE);
  /** Offsets in the block. */
  readonly starts = new Uint32Array(AT_ONCE);
  readonly ends = new Uint32Array(AT_ONCE);
  readonly hashes = new Uint32Array(AT_ONCE);
  /** The line of each, and where in the block it begins. */
  readonly numbers = new Uint32Array(AT_ONCE);
  readonly lines = new Uint32Array(AT_ONCE);

  /** Whether no more have room. */
  get full(): boolean {
    return this.count === AT_ONCE;
  }
}
