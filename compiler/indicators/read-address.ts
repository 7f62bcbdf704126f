/** Reads an IP address out of an indicator's text, or says exactly what is wrong with it. */

import { formatIpv6, readIpv4, readIpv6, unmapped } from './address.ts';
import type { ParseNote, Refused } from './kind.ts';
import { formatIpv4 } from './network4.ts';
import type { LiveText } from './refang.ts';
import { quote, refuse } from './result.ts';

/** An address that was read. */
export interface Address {
  family: 4 | 6;
  number: bigint;
  /** Canonical. */
  text: string;
}

/** Reads an address without brackets, exactly as written: an IPv4-mapped one stays IPv6, see `unmapAddress`. */
export function readAddress(part: LiveText): Address | Refused {
  const four = readIpv4(part.text);
  if (four !== undefined) return { family: 4, number: BigInt(four), text: part.text };
  if (!part.text.includes(':')) return refuseIpv4(part);
  const six = readIpv6(part.text);
  return six === undefined ? refuseIpv6(part) : { family: 6, number: six, text: formatIpv6(six) };
}

/** An IPv4-mapped address as the IPv4 address it stands for, with a note; any other address as it is. */
export function unmapAddress(address: Address, part: LiveText): { address: Address; notes: ParseNote[] } {
  const { family, first } = unmapped({ family: address.family, first: address.number, last: address.number });
  if (family === address.family) return { address, notes: [] };
  const text = formatIpv4(Number(first));
  return { address: { family, number: first, text }, notes: [mappedNote(part, text)] };
}

/** Tells that an IPv4-mapped value became an IPv4 one. */
export function mappedNote(part: LiveText, canonical: string): ParseNote {
  return { code: 'RF312', message: `${quote(part)} is IPv4-mapped: read as \`${canonical}\`` };
}

function refuseIpv4(part: LiveText): Refused {
  const octets = part.text.split('.');
  if (octets.length > 4 || !octets.every((octet) => /^(?:\d+|0x[0-9a-f]*)$/i.test(octet)))
    return refuseAny(part);
  if (octets.length < 4 || octets.some((octet) => /x/i.test(octet))) {
    return refuse('RF310', `${quote(part)} is not spelled as four decimal numbers`, { at: part.span() });
  }
  let start = 0;
  for (const octet of octets) {
    const at = part.span(start, start + octet.length);
    if (octet.length > 1 && octet.startsWith('0')) {
      return refuse('RF309', `${quote(part)} has a number with a leading zero`, {
        label: 'leading zero',
        at,
      });
    }
    if (octet.length > 3 || Number(octet) > 255) {
      return refuse('RF308', `${quote(part)} is not an IP address: ${quote(octet)} is over 255`, {
        label: 'over 255',
        at,
      });
    }
    start += octet.length + 1;
  }
  return refuseAny(part);
}

function refuseIpv6(part: LiveText): Refused {
  const { text } = part;
  const zone = text.indexOf('%');
  if (zone > 0 && readIpv6(text.slice(0, zone)) !== undefined) {
    return refuse('RF311', `${quote(part)} has a zone`, { label: 'zone', at: part.span(zone) });
  }
  const stray = text.search(/[^0-9a-f:.]/i);
  if (stray >= 0) {
    const character = String.fromCodePoint(text.codePointAt(stray) as number);
    return refuse('RF308', `${quote(part)} is not an IP address: it holds ${quote(character)}`, {
      label: 'not part of an address',
      at: part.span(stray, stray + character.length),
    });
  }
  const long = /[0-9a-f]{5,}/i.exec(text);
  if (long) {
    const at = part.span(long.index, long.index + long[0].length);
    return refuse('RF308', `${quote(part)} is not an IP address: ${quote(long[0])} is over \`ffff\``, {
      label: 'over ffff',
      at,
    });
  }
  const second = text.indexOf('::', text.indexOf('::') + 1);
  if (second > 0) {
    const at = part.span(second, second + 2);
    return refuse('RF308', `${quote(part)} is not an IP address: it holds \`::\` twice`, {
      label: 'second `::`',
      at,
    });
  }
  return refuse('RF308', `${quote(part)} is not an IP address: an IPv6 address has eight groups, or \`::\``, {
    at: part.span(),
  });
}

function refuseAny(part: LiveText): Refused {
  return refuse('RF308', `${quote(part)} is not an IP address`, { at: part.span() });
}
