/** Files for `ipset restore`, `iptables-restore` and the shell that runs both. */

import { network } from './addresses.ts';
import { oneLine } from './characters.ts';
import type { Language } from './language.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,27}$/;

/* ipset reads at most 1,023 bytes of a line, and what follows as the next line: a comment would become a command. */
const MAX_BYTES = 200;

const ENCODER = new TextEncoder();

function text(value: string): string {
  let written = '';
  let bytes = 0;
  for (const character of oneLine(value)) {
    bytes += ENCODER.encode(character).length;
    if (bytes > MAX_BYTES) return written;
    written += character;
  }
  return written;
}

function identifier(value: string): string {
  if (!NAME.test(value))
    throw new RangeError(
      'a name of a set or chain is a letter, then letters, digits and `_`, at most 28 in all',
    );
  return value;
}

export const IPSET: Language = {
  name: 'ipset',
  text: {
    about:
      'after `#`; one line, cut after 200 bytes: ipset takes what is behind the first 1,023 bytes of a line for a command, so a line holds at most four of these',
    escape: text,
  },
  places: {
    identifier: {
      about: 'the name of a set or chain, at most 28 characters; also in the shell',
      escape: identifier,
    },
    element: {
      about: 'an element of a set: an address or `address/length`',
      escape: network,
    },
  },
};
