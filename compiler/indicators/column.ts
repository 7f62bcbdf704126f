/** A column of numbers that grows: what a million records have in common stands in typed arrays, not in objects. */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array;

const FIRST_SIZE = 64;

/** Numbers of one width, one after another. */
export class Column<A extends Numbers> {
  #array: A;
  #size = 0;
  readonly #make: (size: number) => A;

  /** `make` gives the array type: `(size) => new Uint32Array(size)`. */
  constructor(make: (size: number) => A) {
    this.#make = make;
    this.#array = make(FIRST_SIZE);
  }

  get size(): number {
    return this.#size;
  }

  push(value: number): void {
    if (this.#size === this.#array.length) this.#grow();
    this.#array[this.#size++] = value;
  }

  /** Makes room for so many numbers in all. */
  reserve(size: number): void {
    if (size > this.#array.length) this.#resize(size);
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

  /** Puts the numbers in another order, which names the place of each once; with no more room than they need. */
  arrange(order: Uint32Array): void {
    const arranged = this.#make(order.length);
    for (let at = 0; at < order.length; at++) arranged[at] = this.#array[order[at] as number] as number;
    this.#array = arranged;
  }

  /** By half: doubling would leave more unused than a million records take. */
  #grow(): void {
    this.#resize(Math.max(FIRST_SIZE, Math.ceil(this.#array.length * 1.5)));
  }

  #resize(size: number): void {
    const larger = this.#make(size);
    larger.set(this.#array as never);
    this.#array = larger;
  }
}
