/** A column of a number for each indicator that takes no more room than its largest number needs: most are codes of a few things. */

type Numbers = Uint8Array | Uint16Array | Uint32Array;

/** Whole numbers from 0 to 2^32 - 1, by index; 0 where none was set. */
export class NarrowColumn {
  #array: Numbers;
  /** The largest number that fits now. */
  #most = 0xff;

  constructor(size: number) {
    this.#array = new Uint8Array(size);
  }

  get size(): number {
    return this.#array.length;
  }

  at(index: number): number {
    return this.#array[index] as number;
  }

  set(index: number, number: number): void {
    if (number > this.#most) this.#widen(number);
    this.#array[index] = number;
  }

  /** How often each number below `end` occurs; there must be no other. */
  counts(end: number): Uint32Array {
    const counts = new Uint32Array(end);
    const numbers = this.#array;
    for (let index = 0; index < numbers.length; index++) (counts[numbers[index] as number] as number)++;
    return counts;
  }

  #widen(number: number): void {
    const wide = number > 0xffff;
    this.#array = wide ? Uint32Array.from(this.#array) : Uint16Array.from(this.#array);
    this.#most = wide ? 0xffffffff : 0xffff;
  }
}
