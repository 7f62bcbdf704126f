/**
 * Hashes of values, by which they are found. Values are hostile: nobody who does not know the random numbers here can
 * prepare many of one hash. Nothing that is written depends on them.
 */

import { randomNumbers } from '../digest/random.ts';

/**
 * In a text each character at each place has a random number of its own; places count from the end, and begin anew
 * after so many.
 */
const PLACES = 32;
const CHARACTERS = 128;
const KEYS = randomNumbers(PLACES * CHARACTERS);
/** By the code of a kind, or a prefix length. */
const OTHER_KEYS = randomNumbers(64);
const [FOLD = 1, FIRST = 1, SECOND = 1] = randomNumbers(3).map((number) => number | 1);

/**
 * The hash of a text, by the code of its kind and its bytes of ASCII from one offset to another: tabulation hashing,
 * of which Pătraşcu and Thorup showed that tables of open addressing stay fast whatever is put into them.
 */
export function hashOf(code: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = hashBegun(code);
  for (let at = to - 1; at >= from; at--) hash = step(hash, bytes[at] as number, to - 1 - at);
  return finished(hash);
}

/** The hash of nothing, for a kind. `step` takes it on character by character, from the last one; `finished` ends it. */
export function hashBegun(code: number): number {
  return OTHER_KEYS[code] as number;
}

/** `place` is 0 for the last character of the text, and one more for each before it. */
export function step(hash: number, byte: number, place: number): number {
  const row = place & (PLACES - 1);
  const next = hash ^ (KEYS[row * CHARACTERS + byte] as number);
  return row < PLACES - 1 ? next : Math.imul(next ^ (next >>> 16), FOLD);
}

export function finished(hash: number): number {
  return hash >>> 0;
}

/** The hash of an IPv4 network. Two of one prefix length have different ones. */
export function hashOfNetwork4(address: number, prefix: number): number {
  let mixed = Math.imul(address ^ (address >>> 16), FIRST);
  mixed = Math.imul(mixed ^ (mixed >>> 15), SECOND);
  return (mixed ^ (mixed >>> 16) ^ (OTHER_KEYS[prefix] as number)) >>> 0;
}
