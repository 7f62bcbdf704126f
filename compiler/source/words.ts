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

/** The words that were probably meant, the nearest first, at most so many. */
export function nearestOf(word: string, words: Iterable<string>, most: number): string[] {
  const rest = new Set(words);
  const found: string[] = [];
  while (found.length < most) {
    const next = nearest(word, rest);
    if (next === undefined) break;
    rest.delete(next);
    found.push(next);
  }
  return found;
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
export function counted(number: number, thing: string, things = `${thing}s`): string {
  return `${grouped(number)} ${number === 1 ? thing : things}`;
}

/** A whole number as people read it: "1,234". */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
