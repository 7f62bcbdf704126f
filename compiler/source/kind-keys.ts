/** The keys of indicators as a format writes them, found among the bytes of a record. */

import { KINDS, type Kind } from '../indicators/kind.ts';

/** A kind, and its key as it stands in a record. */
export interface KindKey {
  kind: Kind;
  /** The place of the kind among all. */
  code: number;
  /** With what the format puts behind the key. */
  bytes: Uint8Array;
}

const NONE: readonly KindKey[] = [];

/** The keys of all kinds in one format. */
export class KindKeys {
  /** By the first byte of the keys. */
  readonly #byFirst: KindKey[][] = [];

  /** `behind` is what the format puts behind each key: `: `. */
  constructor(behind: string) {
    for (const [code, kind] of KINDS.entries()) {
      const bytes = new TextEncoder().encode(`${kind}${behind}`);
      const first = bytes[0] as number;
      this.#byFirst[first] ??= [];
      this.#byFirst[first].push({ kind, code, bytes });
    }
  }

  /** The key that begins at an offset. */
  at(bytes: Uint8Array, from: number): KindKey | undefined {
    const keys = this.#byFirst[bytes[from] as number] ?? NONE;
    for (const key of keys) {
      let at = 1;
      while (at < key.bytes.length && bytes[from + at] === key.bytes[at]) at++;
      if (at === key.bytes.length) return key;
    }
    return undefined;
  }
}
