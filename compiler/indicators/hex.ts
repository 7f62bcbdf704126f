/** Digests written in hexadecimal: file hashes and fingerprints. */

import type { Kind, Refused } from './kind.ts';
import type { LiveText } from './refang.ts';
import { quote, refuse } from './result.ts';
import { refuseWrongKind } from './wrong-kind.ts';

const HEX = /^[0-9a-f]+$/i;

/** The digits of a digest in lower case. `lengths` maps the accepted numbers of digits to the names of algorithms. */
export function readDigest(
  part: LiveText,
  kind: Kind,
  lengths: Readonly<Record<number, string>>,
): string | Refused {
  const { text } = part;
  if (!HEX.test(text)) return refuseWrongKind(part, kind) ?? refuseDigit(part);
  if (lengths[text.length] !== undefined) return text.toLowerCase();
  const wanted = Object.entries(lengths).map(([length, name]) => `${length} (${name})`);
  return refuse('RF324', `${quote(part)} has ${text.length} hexadecimal digits, not ${listed(wanted)}`, {
    label: `${text.length} digits`,
    at: part.span(),
  });
}

function refuseDigit(part: LiveText): Refused {
  const at = part.text.search(/[^0-9a-f]/i);
  const character = String.fromCodePoint(part.text.codePointAt(at) as number);
  const shown = character === ' ' ? 'a space' : quote(character);
  return refuse('RF325', `${quote(part)} holds ${shown}, which is no hexadecimal digit`, {
    label: 'no hexadecimal digit',
    at: part.span(at, at + character.length),
  });
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
}
