/** Networks (`192.0.2.0/24`) and ranges of addresses (`192.0.2.1-192.0.2.9`). */

import {
  type AddressRange,
  BITS,
  cidrsOf,
  formatAddress,
  formatRange,
  networkOf,
  prefixOf,
  rangeOf,
  readIpv4,
  unmapped,
} from './address.ts';
import { ip } from './ip.ts';
import type { KindModule, ParseNote, ParseResult, Refused } from './kind.ts';
import { mappedNote, readAddress, unmapAddress } from './read-address.ts';
import { type LiveText, readLive } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
import { addressesBeside, collectWitnesses, type Witness } from './witnesses.ts';
import { refuseWrongKind } from './wrong-kind.ts';

/** Reports set ranges with a hyphen or an en dash. Blanks are bounded so that hostile text costs linear time. */
const DASH = /\s{0,4}[-–]\s{0,4}/;

export const cidr: KindModule = {
  kind: 'cidr',
  title: 'Network or range of addresses',
  parse(text) {
    const whole = readLive(text);
    if (whole.text === '') return refuseEmpty();
    const slash = whole.text.indexOf('/');
    const dash = DASH.exec(whole.text);
    let result: ParseResult;
    if (slash >= 0) result = readNetwork(whole, whole.slice(0, slash), whole.slice(slash + 1));
    else if (dash)
      result = readRange(whole, whole.slice(0, dash.index), whole.slice(dash.index + dash[0].length));
    else result = readSingle(whole);
    if (result.ok) return result;
    return (isMultiple(whole.text) ? undefined : refuseWrongKind(whole, 'cidr')) ?? result;
  },
  fields: {
    family: 'the version of the addresses: 4 or 6',
    first: 'the first address',
    last: 'the last address',
    network: 'whether it is exactly one network, `a/len`',
    cidrs: 'the fewest networks that cover it exactly, in order',
  },
  lists: ['cidrs'],
  describe(value) {
    const range = rangeOf(value);
    return {
      family: range.family,
      first: formatAddress(range.family, range.first),
      last: formatAddress(range.family, range.last),
      network: prefixOf(range) !== undefined,
      cidrs: cidrsOf(range),
    };
  },
  witnesses(value) {
    const range = rangeOf(value);
    const { family, first, last } = range;
    const within: Witness[] = [
      { text: formatAddress(family, first), about: 'the first address' },
      { text: formatAddress(family, last), about: 'the last address' },
      { text: formatAddress(family, (first + last) / 2n), about: 'an address in the middle' },
    ];
    return collectWitnesses(ip, within, addressesBeside(range));
  },
};

/** Whether the text at least begins as a network or range, so that its own refusal says more than its kind. */
function isMultiple(text: string): boolean {
  return /^[\d.]+\s*[/–-]|^[0-9a-f]*:[0-9a-f:.]*\s*[/–-]/i.test(text);
}

/** A lone address is the network of its full prefix length. */
function readSingle(whole: LiveText): ParseResult {
  const read = readAddress(whole);
  if ('ok' in read) return read;
  const { address, notes } = unmapAddress(read, whole);
  return accept('ip', address.text, notes);
}

function readNetwork(whole: LiveText, base: LiveText, length: LiveText): ParseResult {
  const address = readAddress(base);
  if ('ok' in address) return address;
  const bits = BITS[address.family];
  if (!/^\d{1,3}$/.test(length.text) || Number(length.text) > bits) return refuseLength(whole, length, bits);
  const range = networkOf(address.family, address.number, Number(length.text));
  if (range.first === address.number) return canonical(whole, range, []);
  const masked = formatRange(unmapped(range));
  const note: ParseNote = {
    code: 'RF314',
    message: `${quote(whole)} has host bits set: read as the network \`${masked}\``,
  };
  return canonical(whole, range, [note]);
}

function refuseLength(whole: LiveText, length: LiveText, bits: 32 | 128): Refused {
  const mask = bits === 32 ? readIpv4(length.text) : undefined;
  if (mask === undefined) {
    return refuse('RF313', `${quote(whole)} has no prefix length from 0 to ${bits}`, {
      label: 'not a prefix length',
      at: length.text === '' ? whole.span() : length.span(),
    });
  }
  const ones = Math.clz32(~mask);
  const isMask = ones === 32 || (mask << ones) >>> 0 === 0;
  return refuse('RF316', `${quote(whole)} is written with a netmask`, {
    label: isMask ? `this is /${ones}` : 'the bits of this mask are not one run',
    help: isMask ? `write \`/${ones}\` in its place` : 'write the prefix length of the network that is meant',
    at: length.span(),
  });
}

function readRange(whole: LiveText, from: LiveText, to: LiveText): ParseResult {
  const first = readAddress(from);
  if ('ok' in first) return first;
  if (first.family === 4 && /^\d{1,3}$/.test(to.text)) {
    return refuse('RF308', `${quote(whole)} is not a range: its end ${quote(to)} is not an address`, {
      at: to.span(),
      help: 'write both addresses in full',
    });
  }
  const last = readAddress(to);
  if ('ok' in last) return last;
  if (first.family !== last.family) {
    return refuse('RF318', `${quote(whole)} begins in IPv${first.family} and ends in IPv${last.family}`, {
      at: whole.span(),
    });
  }
  if (first.number > last.number) {
    return refuse('RF317', `${quote(whole)} ends before it begins`, {
      at: whole.span(),
      help: `if the two are swapped, write \`${last.text}-${first.text}\``,
    });
  }
  return canonical(whole, { family: first.family, first: first.number, last: last.number }, []);
}

function canonical(whole: LiveText, read: AddressRange, notes: ParseNote[]): ParseResult {
  const range = unmapped(read);
  const value = formatRange(range);
  if (range.family !== read.family) notes.push(mappedNote(whole, value));
  if (prefixOf(range) === 0) {
    return refuse('RF315', `${quote(whole)} holds every IPv${range.family} address`, {
      label: 'everything',
      at: whole.span(),
    });
  }
  return accept(range.first === range.last ? 'ip' : 'cidr', value, notes);
}
