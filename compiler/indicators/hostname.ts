/** Reads a domain name into its canonical form: lower case, A-labels, no trailing dot. */

import { AsciiBuffer, asciiTable } from './ascii.ts';
import type { Refused } from './kind.ts';
import type { LiveText } from './refang.ts';
import { codePoint, quote, refuse } from './result.ts';

const MAX_NAME = 253;
const MAX_LABEL = 63;
const ORDINARY = asciiTable(/[a-z0-9]/);
const LETTER = asciiTable(/[a-z]/);
const [DOT, DASH, UNDERSCORE, N, X] = [0x2e, 0x2d, 0x5f, 0x6e, 0x78];
/** Dots of East Asian scripts that IDNA reads as dots (UTS 46). */
const IDNA_DOTS = /[\u3002\uff0e\uff61]/g;
/** What WHATWG URL parsers read as a number, and the whole host as an IPv4 address then. */
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/i;
/** Characters without a glyph. The two joiners are not among them: some scripts need them, and IDNA checks their place. */
const INVISIBLE = /[^\P{Cf}\u200c\u200d]/u;

const buffer = new AsciiBuffer();

/** Whether a text is surely a canonical name. Those with A-labels may be as well. */
function isCanonicalName(text: string): boolean {
  return buffer.take(text) && nameEnd(buffer.bytes, 0, buffer.length) === buffer.length;
}

/**
 * Where the canonical name ends that begins at an offset of bytes: before the first byte that no name holds, or at
 * the limit. It is `([a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}` without `xn--`: the last label begins with a letter,
 * so it is no number. -1 where none is there.
 */
export function nameEnd(bytes: Uint8Array, from: number, limit: number): number {
  let label = from;
  let underscore = -1;
  let at = from;
  for (; at < limit; at++) {
    const byte = bytes[at] as number;
    if (ORDINARY[byte] === 1) continue;
    if (byte === DOT) {
      if (at === label || at - label > MAX_LABEL) return -1;
      label = at + 1;
    } else if (byte === DASH) {
      if (at - 3 >= from && bytes[at - 1] === DASH && bytes[at - 2] === N && bytes[at - 3] === X) return -1;
    } else if (byte === UNDERSCORE) underscore = at;
    else break;
  }
  const isName =
    at - from <= MAX_NAME &&
    label > from &&
    at > label &&
    at - label <= MAX_LABEL &&
    underscore < label &&
    LETTER[bytes[label] as number] === 1;
  return isName ? at : -1;
}

/** The canonical form of a domain name of at least two labels. */
export function readName(part: LiveText): string | Refused {
  const { text } = part;
  if (isCanonicalName(text)) return text;
  const bare = /[^.\u3002\uff0e\uff61][.\u3002\uff0e\uff61]$/.test(text) ? part.slice(0, -1) : part;
  const dotted = bare.text.replace(IDNA_DOTS, '.');
  const wrong = strayCharacter(bare, dotted) ?? wrongLabel(bare, dotted);
  if (wrong) return wrong;
  const ascii = isAscii(dotted) && !/xn--/i.test(dotted) ? dotted.toLowerCase() : toAscii(dotted);
  // Full-width signs such as U+FF01 map to ASCII ones that URLs let pass.
  if (ascii === undefined || !/^[a-z0-9_.-]+$/.test(ascii)) return refuseIdna(bare);
  return wrongLabel(bare, ascii) ?? ascii;
}

/** Whether a host is to be read as an IPv4 address, rightly spelled or not: its last label is a number. */
export function looksNumeric(host: string): boolean {
  return NUMERIC_LABEL.test(host.slice(host.lastIndexOf('.') + 1));
}

/** Refuses characters that cannot be seen: they are left over from copying. */
export function refuseInvisible(part: LiveText): Refused | undefined {
  const found = INVISIBLE.exec(part.text);
  if (!found) return undefined;
  return refuse('RF334', `${quote(part)} holds the invisible character ${codePoint(found[0])}`, {
    label: 'invisible character here',
    at: part.span(found.index, found.index + found[0].length),
  });
}

function strayCharacter(part: LiveText, dotted: string): Refused | undefined {
  const invisible = refuseInvisible(part);
  if (invisible) return invisible;
  const found = /[^a-z0-9_.\u0080-\u{10ffff}-]|[\s\p{Cc}]/iu.exec(dotted);
  if (!found) return undefined;
  const [character] = found;
  const shown = character === ' ' ? 'a space' : quote(character);
  return refuse('RF303', `${quote(part)} is not a domain name: it holds ${shown}`, {
    label: 'not part of a name',
    at: part.span(found.index, found.index + character.length),
    ...(character === '*' && {
      help: 'a wildcard can only stand in front, as `*.`; write the domain below which all names match',
    }),
  });
}

/** Checks the labels of a name. Positions are exact where `name` is as long as the part it was made from. */
function wrongLabel(part: LiveText, name: string): Refused | undefined {
  const at = (start: number, end: number) =>
    name.length === part.text.length ? part.span(start, end) : part.span();
  const labels = name.split('.');
  let start = 0;
  for (const label of labels) {
    const end = start + label.length;
    if (label === '') {
      const dot = at(Math.max(start - 1, 0), Math.min(start + 1, name.length));
      return refuse('RF304', `${quote(part)} has an empty label`, { label: 'empty label', at: dot });
    }
    if (label.length > MAX_LABEL && isAscii(label)) {
      const message = `${quote(part)} has a label of ${label.length} characters; ${MAX_LABEL} is the most`;
      return refuse('RF304', message, { label: `${label.length} characters`, at: at(start, end) });
    }
    start = end + 1;
  }
  // Two code units can encode to one character, never to less; the bound spares `URL` hostile lengths.
  if (name.length > (isAscii(name) ? MAX_NAME : 2 * MAX_NAME)) {
    return refuse('RF304', `${quote(part)} has ${name.length} characters; ${MAX_NAME} is the most`, {
      at: part.span(),
    });
  }
  const last = labels.at(-1) as string;
  if (NUMERIC_LABEL.test(last)) {
    return refuse('RF306', `${quote(part)} ends in the number ${quote(last)}`, {
      label: 'a number',
      at: at(name.length - last.length, name.length),
    });
  }
  if (labels.length > 1) return undefined;
  return refuse('RF305', `${quote(part)} is a single label`, { label: 'single label', at: part.span() });
}

/** A name in A-labels (UTS 46, non-transitional, as browsers do), undefined where it has no such form. */
function toAscii(name: string): string | undefined {
  try {
    return new URL(`http://${name}/`).hostname;
  } catch {
    return undefined;
  }
}

function refuseIdna(part: LiveText): Refused {
  return refuse('RF303', `${quote(part)} is not a valid internationalised domain name`, {
    at: part.span(),
    help: 'no browser accepts this name; check the letters, or the label that begins with `xn--`',
  });
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
