const FIRST_CAPACITY = 64;

/** The numbers of a range that are taken, with shortcuts past them: a range that is nearly full has long runs of them. */
export class TakenSids {
  readonly #first: number;
  readonly #last: number;
  /**
   * Two numbers a place: one that is taken plus one, 0 where the place is free; and a later one, with none between them that is
   * free: after the last comes the first. Of the places at most half are taken.
   */
  #table = new Uint32Array(FIRST_CAPACITY * 2);
  #size = 0;

  constructor(first: number, last: number) {
    this.#first = first;
    this.#last = last;
  }

  get full(): boolean {
    return this.#size > this.#last - this.#first;
  }

  has(sid: number): boolean {
    return this.#table[this.#placeOf(sid)] !== 0;
  }

  /** The same number. */
  add(sid: number): number {
    const place = this.#placeOf(sid);
    if (this.#table[place] !== 0) return sid;
    this.#table[place] = sid + 1;
    this.#table[place + 1] = sid === this.#last ? this.#first : sid + 1;
    this.#size += 1;
    if (this.#size * 4 > this.#table.length) this.#grow();
    return sid;
  }

  /** The first number from this one that is free. There must be one. */
  freeFrom(sid: number): number {
    let free = sid;
    while (this.has(free)) free = this.#next(free);
    for (let at = sid; at !== free; ) {
      const next = this.#next(at);
      this.#table[this.#placeOf(at) + 1] = free;
      at = next;
    }
    return free;
  }

  #next(sid: number): number {
    return this.#table[this.#placeOf(sid) + 1] as number;
  }

  /** Where a number stands, or the free place for it. */
  #placeOf(sid: number): number {
    const mask = this.#table.length - 1;
    let place = (Math.imul(sid, 0x9e3779b1) * 2) & mask;
    while (this.#table[place] !== 0 && this.#table[place] !== sid + 1) place = (place + 2) & mask;
    return place;
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += 2) {
      if (before[at] === 0) continue;
      const place = this.#placeOf((before[at] as number) - 1);
      this.#table.set(before.subarray(at, at + 2), place);
    }
  }
}
