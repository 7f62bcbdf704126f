/** Many short texts that are looked for in a value at once, in time that depends on the value alone. */

/** Longer beginnings find no less and cost more. */
const MOST_GRAM = 6;

/** Texts by how they begin. Add first, then look up. */
export class SubstringIndex {
  readonly #texts: string[] = [];
  #grams: Map<string, string[]> | undefined;
  #length = MOST_GRAM;

  add(text: string): void {
    this.#texts.push(text);
    this.#length = Math.min(this.#length, text.length);
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The first listed text that the value holds; the value itself, where it is listed. */
  find(value: string): string | undefined {
    const grams = this.#byGram();
    let found: string | undefined;
    for (let at = 0; at + this.#length <= value.length; at++) {
      for (const text of grams.get(value.slice(at, at + this.#length)) ?? []) {
        if (text === value) return text;
        if (found === undefined && value.startsWith(text, at)) found = text;
      }
    }
    return found;
  }

  #byGram(): Map<string, string[]> {
    if (this.#grams) return this.#grams;
    this.#grams = new Map();
    for (const text of this.#texts) {
      const gram = text.slice(0, this.#length);
      const list = this.#grams.get(gram);
      if (list) list.push(text);
      else this.#grams.set(gram, [text]);
    }
    return this.#grams;
  }
}
