/**
 * Of most indicators no guard says anything. A look at a few tables tells so, before anything is made of them; what
 * may be spoken of is a suspect, and the guards decide.
 */

import { readIpv4 } from '../indicators/address.ts';
import { KINDS, kindCode } from '../indicators/kind.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { AddressTable } from './address-table.ts';
import type { GuardList } from './list.ts';
import { NameTable } from './name-table.ts';

const [DOMAIN, IP, CIDR] = [kindCode('domain'), kindCode('ip'), kindCode('cidr')];
const [URL, ENDPOINT] = [kindCode('url'), kindCode('endpoint')];
const [EMAIL, HASH] = [kindCode('email'), kindCode('hash')];
const [NINE, ZERO] = [0x39, 0x30];

/** All that guards know, by what indicators have to do with it. Add first, then look up. */
export class Suspects {
  readonly names = new NameTable();
  readonly addresses: AddressTable;
  /** By code of a kind, whether a list has entries that can be anywhere in a value. */
  readonly #anywhere = new Uint8Array(KINDS.length);
  /** Whether a list has texts that are compared with whole values. */
  #texts = false;

  /** `breadth`: networks of more addresses are suspects, or of more /64 networks of IPv6. */
  constructor(breadth: number) {
    this.addresses = new AddressTable(breadth);
  }

  /** Adds all entries of a list. */
  addList({ head, texts, parents, ranges, substrings, patterns }: GuardList): void {
    for (const text of texts) {
      this.names.add(text);
      this.names.addAbove(text);
      this.#texts = true;
    }
    for (const name of parents) {
      this.names.addParent(name);
      this.names.addAbove(name);
    }
    for (const range of ranges.all()) this.addresses.add(range);
    if (substrings.size > 0 || patterns.length > 0)
      for (const kind of head.kinds) this.#anywhere[kindCode(kind)] = 1;
  }

  /** Whether a guard may have something to say of an indicator. */
  has(set: IndicatorSet, index: number): boolean {
    const code = set.kindCode(index);
    if (this.#anywhere[code] === 1) return true;
    const value = set.value(index);
    if (this.#texts && this.names.hasText(value)) return true;
    switch (code) {
      case DOMAIN:
        return this.#hasName(value);
      case IP:
      case CIDR:
        return this.addresses.has(value);
      case URL:
        return this.#hasUrl(value);
      case ENDPOINT:
        return this.#hasHost(value, 0);
      case EMAIL:
        return this.names.has(value, value.lastIndexOf('@') + 1, value.length);
      case HASH:
        return this.names.hasText(value);
      default:
        return false;
    }
  }

  /** A name without a dot is a top-level domain. */
  #hasName(name: string): boolean {
    return !name.includes('.') || this.names.has(name, 0, name.length);
  }

  #hasUrl(value: string): boolean {
    const start = value.indexOf('://') + 3;
    const end = value.indexOf('/', start);
    return this.#hasHost(end < 0 ? value : value.slice(0, end), start);
  }

  /** A host with or without a port, from an offset to the end. What is rare is a suspect: a user, and IPv6. */
  #hasHost(text: string, start: number): boolean {
    if (text.includes('@', start) || text.includes('[', start)) return true;
    const colon = text.indexOf(':', start);
    const end = colon < 0 ? text.length : colon;
    if (this.names.has(text, start, end)) return true;
    const last = text.charCodeAt(end - 1);
    if (last < ZERO || last > NINE) return false;
    const address = text.slice(start, end);
    return readIpv4(address) !== undefined && this.addresses.has(address);
  }
}
