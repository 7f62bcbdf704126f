/** The numbers of a range that are taken, with shortcuts past them: a range that is nearly full has long runs of them. */
export class TakenSids {
  readonly #first: number;
  readonly #last: number;
  /** For each number that is taken a later one, with none between them that is free; after the last comes the first. */
  readonly #next = new Map<number, number>();

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
  }

  get full(): boolean {
    return this.#next.size > this.#last - this.#first;
  }

  has(sid: number): boolean {
    return this.#next.has(sid);
  }

  /** The same number. */
  add(sid: number): number {
    if (!this.#next.has(sid)) this.#next.set(sid, sid === this.#last ? this.#first : sid + 1);
    return sid;
  }

  /** The first number from this one that is free. There must be one. */
  freeFrom(sid: number): number {
    let free = sid;
    for (let next = this.#next.get(free); next !== undefined; next = this.#next.get(free)) free = next;
    for (let at = sid; at !== free; ) {
      const next = this.#next.get(at) as number;
      this.#next.set(at, free);
      at = next;
    }
    return free;
  }
}
