/** One line of JSON (RFC 8259) as a tree that knows the place of every key and value. */

import type { MapEntry, Node, ScalarNode } from '../yaml-tree.ts';

/** What is wrong with a text that is not JSON, and where. */
export class JsonError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** Deeper texts are no records. */
const MOST_DEPTH = 64;

const BLANKS = /[ \t\r\n]*/y;
const LITERAL = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.+-])/y;
/** A string with its quotes: no raw control characters. */
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
const WORD = /[^\s,:{}[\]"]+|./uy;

/**
 * Reads a text. Numbers and words are raw text in plain style; a `null` in a map or a list is left out. Throws JsonError.
 */
export function parseJson(text: string): Node {
  const reader = new JsonReader(text);
  const root = reader.value(0);
  reader.expectEnd();
  return root;
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Node {
    this.#match(BLANKS);
    const next = this.#text[this.#at];
    if (depth > MOST_DEPTH) throw new JsonError('it is nested too deeply', this.#at, this.#at + 1);
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    return next === '"' ? this.#string() : this.#literal();
  }

  expectEnd(): void {
    this.#match(BLANKS);
    if (this.#at < this.#text.length) this.#unexpected();
  }

  #object(depth: number): Node {
    const start = this.#at++;
    const entries: MapEntry[] = [];
    const seen = new Set<string>();
    while (!this.#closes('}', seen.size > 0)) {
      this.#match(BLANKS);
      if (this.#text[this.#at] !== '"') this.#unexpected();
      const key = this.#string();
      if (seen.has(key.text))
        throw new JsonError(`the key \`${key.text}\` stands here twice`, key.start, key.end);
      seen.add(key.text);
      if (!this.#takes(':')) this.#unexpected();
      const value = this.value(depth + 1);
      if (!isNull(value)) entries.push({ key, value });
    }
    return { type: 'map', start, end: this.#at, entries, flow: true };
  }

  #array(depth: number): Node {
    const start = this.#at++;
    const items: Node[] = [];
    for (let begun = false; !this.#closes(']', begun); begun = true) {
      const item = this.value(depth + 1);
      if (!isNull(item)) items.push(item);
    }
    return { type: 'seq', start, end: this.#at, items, flow: true };
  }

  /** Takes the closing bracket, or the comma before a further member. */
  #closes(bracket: string, begun: boolean): boolean {
    if (this.#takes(bracket)) return true;
    if (begun && !this.#takes(',')) this.#unexpected();
    return false;
  }

  #string(): ScalarNode {
    const start = this.#at;
    const written = this.#match(STRING);
    if (written === undefined)
      throw new JsonError('a string is not closed, or not well-formed', start, this.#text.length);
    return {
      type: 'scalar',
      text: this.#decoded(written, start),
      start: start + 1,
      end: this.#at - 1,
      style: 'double-quoted',
    };
  }

  #decoded(written: string, start: number): string {
    if (!written.includes('\\')) return written.slice(1, -1);
    try {
      return JSON.parse(written) as string;
    } catch {
      throw new JsonError('a string holds an unknown escape', start, this.#at);
    }
  }

  #literal(): ScalarNode {
    const start = this.#at;
    const text = this.#match(LITERAL);
    if (text === undefined) this.#unexpected();
    return { type: 'scalar', text, start, end: this.#at, style: 'plain' };
  }

  #takes(character: string): boolean {
    this.#match(BLANKS);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return undefined;
    this.#at = pattern.lastIndex;
    return found[0];
  }

  #unexpected(): never {
    const start = this.#at;
    const word = this.#match(WORD);
    if (word === undefined) throw new JsonError('it ends too early', start, start);
    throw new JsonError(`\`${word}\` is not expected here`, start, this.#at);
  }
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.style === 'plain' && node.text === 'null';
}
