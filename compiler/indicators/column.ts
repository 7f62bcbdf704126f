/**
 * Columns of numbers that grow: what a million records have in common stands in typed arrays, not in objects. What asks for the
 * numbers of all indicators again and again holds the arrays itself: code that meets arrays of one width alone is the fastest.
 */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array;

/** The size with which columns begin. */
export const FIRST_SIZE = 64;

/**
 * The size that a column grows to when it is full: by half, since doubling would leave more unused than a million
 * records take.
 */
export function grownSize(size: number): number {
  return Math.max(FIRST_SIZE, Math.ceil(size * 1.5));
}

/** A copy of numbers with another size. */
export function resized<A extends Numbers>(numbers: A, size: number): A {
  const other = new (numbers.constructor as new (size: number) => A)(size);
  other.set(numbers as never);
  return other;
}

/** Numbers in another order, which names the place of each once; with no more room than they need. */
export function arranged<A extends Numbers>(numbers: A, order: Uint32Array): A {
  const other = new (numbers.constructor as new (size: number) => A)(order.length);
  for (let at = 0; at < order.length; at++) other[at] = numbers[order[at] as number] as number;
  return other;
}

/** Numbers of one width, one after another. */
export class Column<A extends Numbers> {
  #array: A;
  #size = 0;

  /** `make` gives the array type: `(size) => new Uint32Array(size)`. */
  constructor(make: (size: number) => A) {
    this.#array = make(FIRST_SIZE);
  }

  get size(): number {
    return this.#size;
  }

  /** All numbers, with no more room than they need. */
  get filled(): A {
    return this.#array.slice(0, this.#size) as A;
  }

  push(value: number): void {
    if (this.#size === this.#array.length) this.#array = resized(this.#array, grownSize(this.#size));
    this.#array[this.#size++] = value;
  }

  /** Makes room for so many numbers in all. */
  reserve(size: number): void {
    if (size > this.#array.length) this.#array = resized(this.#array, size);
  }

  at(index: number): number {
    return this.#array[index] as number;
  }

  set(index: number, value: number): void {
    this.#array[index] = value;
  }

  /** Puts a number at an index, which may be the next. */
  put(index: number, value: number): void {
    if (index === this.#size) this.push(value);
    else this.#array[index] = value;
  }
}
