/** Of what characters a value is: asked once for all that is to be written of it. */

import type { IndicatorSet } from '../indicators/set.ts';
import { perSet } from '../plan/per-set.ts';

/** Letters and digits joined by dots and hyphens: nearly all domains, IPv4 addresses and hashes. */
const WORD = /^[a-z0-9]+(?:(?:-+|\.)[a-z0-9]+)*$/;

/** Texts of these characters alone are written by every language, but for labels that response policy zones give a meaning. */
const PLAIN = /^[A-Za-z0-9._\-/:@?&=%+~ ]*$/;
const TRIGGER = 'rpz-';

/** What is true of a value, as flags. */
export const IS_WORD = 1;
export const IS_PLAIN = 2;

/** The flags of each value of a set. */
export const spellings: (set: IndicatorSet) => Uint8Array = perSet((set) => {
  const flags = new Uint8Array(set.size);
  for (let index = 0; index < flags.length; index++) flags[index] = spellingOf(set.value(index));
  return flags;
});

/** The flags of a text: whether it is a word, and whether every language can write it. */
export function spellingOf(text: string): number {
  const word = WORD.test(text);
  const plain = text === '' || ((word || PLAIN.test(text)) && !text.includes(TRIGGER));
  return (word ? IS_WORD : 0) | (plain ? IS_PLAIN : 0);
}
