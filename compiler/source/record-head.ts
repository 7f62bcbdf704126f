/** The line that most records begin with: a kind, and a plain or quoted text in ASCII without escapes. It is read by byte. */

import { asciiTable } from '../indicators/ascii.ts';
import type { Kind } from '../indicators/kind.ts';
import { KindKeys } from './kind-keys.ts';
import { SURELY_PLAIN } from './plain-yaml.ts';

const [LINE_FEED, RETURN, SPACE] = [0x0a, 0x0d, 0x20];
const [QUOTE, APOSTROPHE, HASH, COLON] = [0x22, 0x27, 0x23, 0x3a];
/** What stands in scalars as it is, and no byte of a character beyond ASCII. */
const PRINTED = asciiTable(/[ -~]/);
/** The same in a text in double quotes, and in one in single quotes. */
const IN_QUOTES = asciiTable(/[ !#-[\]-~]/);
const IN_APOSTROPHES = asciiTable(/[ -&(-~]/);

const KIND_KEYS = new KindKeys(': ');

/** The head of one record after another. */
export class RecordHead {
  kind: Kind = 'domain';
  /** Where the text of its value begins and ends, without quotes. */
  start = 0;
  end = 0;
  /** Behind the line break. */
  next = 0;

  /** Takes the line that begins at an offset. Tells whether it is one; nothing else is known of any other. */
  take(bytes: Uint8Array, from: number, to: number): boolean {
    const key = KIND_KEYS.at(bytes, from);
    if (!key) return false;
    this.kind = key.kind;
    let at = from + key.bytes.length;
    while (bytes[at] === SPACE) at++;
    const first = bytes[at];
    const behind =
      first === QUOTE || first === APOSTROPHE
        ? this.#takeQuoted(bytes, at, to, first === QUOTE ? IN_QUOTES : IN_APOSTROPHES)
        : this.#takePlain(bytes, at, to);
    return behind >= 0 && this.#takeBreak(bytes, behind, to);
  }

  /** Returns where the text ends with its quotes, or -1. */
  #takeQuoted(bytes: Uint8Array, from: number, to: number, inside: Uint8Array): number {
    let at = from + 1;
    while (at < to && inside[bytes[at] as number] === 1) at++;
    if (at >= to || bytes[at] !== bytes[from]) return -1;
    this.start = from + 1;
    this.end = at;
    return at + 1;
  }

  #takePlain(bytes: Uint8Array, from: number, to: number): number {
    if (SURELY_PLAIN[bytes[from] as number] !== 1) return -1;
    let end = from;
    for (let at = from; at < to && PRINTED[bytes[at] as number] === 1; at++) {
      const byte = bytes[at];
      // A comment, or the end of a key.
      if (byte === HASH && bytes[at - 1] === SPACE) return -1;
      if (byte === COLON && PRINTED[bytes[at + 1] ?? 0] !== 1) return -1;
      if (byte === COLON && bytes[at + 1] === SPACE) return -1;
      if (byte !== SPACE) end = at + 1;
    }
    this.start = from;
    this.end = end;
    return end;
  }

  #takeBreak(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from;
    while (at < to && bytes[at] === SPACE) at++;
    if (at < to && bytes[at] === RETURN) at++;
    else if (at >= to) {
      this.next = to;
      return true;
    }
    this.next = at + 1;
    return at < to && bytes[at] === LINE_FEED;
  }
}
