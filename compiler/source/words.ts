/** Words of messages: lists and "did you mean". */

import { distance } from 'fastest-levenshtein';

/** Longer texts are no misspelt words, and comparing them would take long. */
const LONGEST_WORD = 64;

/** The word that was probably meant, or undefined where none is near. */
export function nearest(word: string, words: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  const most = word.length <= 3 ? 1 : Math.min(3, Math.ceil(word.length / 3));
  let best: string | undefined;
  let bestDistance = most + 1;
  for (const candidate of words) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < bestDistance) {
      best = candidate;
      bestDistance = far;
    }
  }
  return best;
}

/** "`a`, `b` or `c`" */
export function choices(words: readonly unknown[]): string {
  return joined(words, 'or');
}

/** "`a`, `b` and `c`" */
export function enumerated(words: readonly unknown[]): string {
  return joined(words, 'and');
}

function joined(words: readonly unknown[], conjunction: 'and' | 'or'): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.pop() ?? '';
  return quoted.length > 0 ? `${quoted.join(', ')} ${conjunction} ${last}` : last;
}

/** A text of an input, short enough for a message. */
export function shown(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
}

/** A number of things as people read it: "1 line", "1,234 lines". */
export function counted(number: number, thing: string): string {
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ',')} ${thing}${number === 1 ? '' : 's'}`;
}
