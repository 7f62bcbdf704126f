/**
 * A column of a number for each indicator that takes no more room than its largest number needs: most are codes of a
 * few things.
 */

type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** Whole numbers from 0 to 2^32 - 1, by index; 0 where none was set. */
export class NarrowColumn {
  #array: Numbers;
  readonly size: number;
  /** The largest number that fits now. */
  #most = 0xff;
  /**
   * Where several numbers stand in a byte: the bits of an index that say which of them is meant. 0 where each has
   * bytes of its own.
   */
  #shared = 0;

  constructor(size: number) {
    this.#array = new Uint8Array(size);
    this.size = size;
  }

  at(index: number): number {
    return this.#shared === 0 ? (this.#array[index] as number) : this.#part(index);
  }

  /** Throws RangeError for a column that is packed. */
  set(index: number, number: number): void {
    if (number > this.#most) this.#widen(number);
    this.#array[index] = number;
  }

  /** Puts several numbers into a byte, once no more are to be set, where all are small enough. */
  pack(): void {
    if (this.#most > 0xff || this.#shared > 0) return;
    let largest = 0;
    for (let index = 0; index < this.size; index++) largest = Math.max(largest, this.at(index));
    const shared = largest < 2 ? 3 : largest < 4 ? 2 : largest < 16 ? 1 : 0;
    if (shared === 0) return;
    const packed = new Uint8Array(Math.ceil(this.size / 2 ** shared));
    for (let index = 0; index < this.size; index++)
      (packed[index >> shared] as number) |= (this.#array[index] as number) << bitOf(index, shared);
    this.#array = packed;
    this.#shared = shared;
    this.#most = -1;
  }

  /** How often each number below `end` occurs; there must be no other. */
  counts(end: number): Uint32Array {
    const counts = new Uint32Array(end);
    for (let index = 0; index < this.size; index++) (counts[this.at(index)] as number)++;
    return counts;
  }

  #part(index: number): number {
    const shared = this.#shared;
    return ((this.#array[index >> shared] as number) >> bitOf(index, shared)) & ((1 << (8 >> shared)) - 1);
  }

  #widen(number: number): void {
    if (this.#shared > 0) throw new RangeError('no number can be set among others in a byte');
    const wide = number > 0xffff;
    this.#array = wide ? Uint32Array.from(this.#array) : Uint16Array.from(this.#array);
    this.#most = wide ? 0xffffffff : 0xffff;
  }
}

/** Where a number begins in its byte, of which `2 ** shared` have equal parts. */
function bitOf(index: number, shared: number): number {
  return (index & ((1 << shared) - 1)) << (3 - shared);
}
