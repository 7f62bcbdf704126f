/**
 * Names and other texts by hash. Hashes are made from the last character to the first, so that the hash of every name above
 * falls out on the way. It may take one for another, but never says of one that is there that it is not.
 */

const DOT = 0x2e;
const SEED = 0x811c9dc5;
/** The lowest bits of an entry, in place of those of its hash: what of a name is there. */
const [ITSELF, BELOW, FLAGS] = [1, 2, 3];
/** The public suffixes alone are 11,000: to grow up to them takes as long as to add them. */
const FIRST_CAPACITY = 1 << 16;

/** A table of open addressing; of its places at most a quarter are taken, since most that is looked up is not there. */
export class NameTable {
  #table = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** Adds a text. */
  add(text: string): void {
    this.#add(hashOf(text, 0), ITSELF);
  }

  /** Adds a name and all names below it. */
  addParent(name: string): void {
    this.#add(hashOf(name, 0), BELOW);
  }

  /** Adds the names above a name: a rule on one of them would take it along. */
  addAbove(name: string): void {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
      this.#add(hashOf(name, dot + 1), ITSELF);
  }

  /** Whether a text is there as a whole. */
  hasText(text: string): boolean {
    return this.#flags(hashOf(text, 0)) !== 0;
  }

  /** Whether the name from one offset to another is there, or one above it with all that is below. */
  has(text: string, from: number, to: number): boolean {
    let hash = SEED;
    for (let at = to - 1; at >= from; at--) {
      const code = text.charCodeAt(at);
      if (code === DOT && (this.#flags(hash) & BELOW) !== 0) return true;
      hash = step(hash, code);
    }
    return this.#flags(hash) !== 0;
  }

  #flags(hash: number): number {
    const table = this.#table;
    const mask = table.length - 1;
    for (let at = placeOf(hash) & mask; ; at = (at + 1) & mask) {
      const entry = table[at] as number;
      if (entry === 0) return 0;
      if ((entry ^ hash) >>> 2 === 0) return entry & FLAGS;
    }
  }

  #add(hash: number, flag: number): void {
    const mask = this.#table.length - 1;
    let at = placeOf(hash) & mask;
    while (this.#table[at] !== 0 && ((this.#table[at] as number) ^ hash) >>> 2 !== 0) at = (at + 1) & mask;
    const entry = this.#table[at] as number;
    this.#table[at] = entry === 0 ? (hash & ~FLAGS) | flag : entry | flag;
    if (entry !== 0) return;
    this.#size += 1;
    if (this.#size * 4 > this.#table.length) this.#grow();
  }

  #grow(): void {
    const entries = this.#table;
    this.#table = new Uint32Array(entries.length * 2);
    this.#size = 0;
    for (const entry of entries) if (entry !== 0) this.#add(entry, entry & FLAGS);
  }
}

function hashOf(text: string, from: number): number {
  let hash = SEED;
  for (let at = text.length - 1; at >= from; at--) hash = step(hash, text.charCodeAt(at));
  return hash;
}

/** FNV-1a over UTF-16 units. */
function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Without the lowest bits, which entries do not keep. */
function placeOf(hash: number): number {
  return (hash >>> 2) ^ (hash >>> 17);
}
