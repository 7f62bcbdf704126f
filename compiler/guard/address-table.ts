/**
 * Networks by the first bits of their addresses: an address is compared with listed ones only where one begins alike.
 * It may take one for another, but never says of one that overlaps a listed network that it does not.
 */

import { type AddressRange, BITS } from '../indicators/address.ts';

/** So many first bits of an address have a place in the table of their family. */
const TABLE_BITS = 16;
const PLACES = 1 << TABLE_BITS;
/** IPv6 addresses are compared by so many bits more. */
const MORE_BITS = 16;

/** What `has` makes of a text. Add first, then look up. */
export class AddressTable {
  readonly #breadth: number;
  readonly #four = new Uint8Array(PLACES);
  readonly #six = new Uint8Array(PLACES);
  /** The first bits of IPv6 networks that are at least so narrow. */
  readonly #narrow = new Set<number>();

  /** `breadth`: networks of more addresses are there, or of more /64 networks of IPv6. */
  constructor(breadth: number) {
    this.#breadth = breadth;
  }

  /** Adds the addresses of a network or a range. */
  add(range: AddressRange): void {
    if (range.family === 4) fill(this.#four, range);
    else {
      const [first, last] = [firstBits(range.first), firstBits(range.last)];
      if (first === last) this.#narrow.add(first);
      else fill(this.#six, range);
    }
  }

  /** Whether a canonical value of kind `ip` or `cidr` may overlap what is there. Ranges and wide networks always may. */
  has(value: string): boolean {
    const slash = value.indexOf('/');
    if (slash < 0 && value.includes('-')) return true;
    const six = value.includes(':');
    const length = slash < 0 ? BITS[six ? 6 : 4] : Number(value.slice(slash + 1));
    return six ? this.#hasSix(value, length) : this.#hasFour(value, length);
  }

  #hasFour(value: string, length: number): boolean {
    if (length < TABLE_BITS || 2 ** (BITS[4] - length) > this.#breadth) return true;
    const dot = value.indexOf('.');
    const place =
      Number(value.slice(0, dot)) * 256 + Number(value.slice(dot + 1, value.indexOf('.', dot + 1)));
    return this.#four[place] === 1;
  }

  #hasSix(value: string, length: number): boolean {
    const most = BITS[6] / 2;
    if (length < TABLE_BITS + MORE_BITS || 2 ** Math.max(0, most - length) > this.#breadth) return true;
    const first = writtenBits(value);
    return this.#six[first >>> MORE_BITS] === 1 || this.#narrow.has(first);
  }
}

/** The same of an address as it is written: the numbers before the first two colons, which are 0 where `::` stands for them. */
function writtenBits(value: string): number {
  const colon = value.indexOf(':');
  const second = value.indexOf(':', colon + 1);
  const number = (from: number, to: number) => (from < to ? Number.parseInt(value.slice(from, to), 16) : 0);
  return number(0, colon) * PLACES + number(colon + 1, second);
}

/** The first bits of an IPv6 address, those of the table and those that are compared. */
function firstBits(address: bigint): number {
  return Number(address >> BigInt(BITS[6] - TABLE_BITS - MORE_BITS));
}

function fill(table: Uint8Array, { family, first, last }: AddressRange): void {
  const shift = BigInt(BITS[family] - TABLE_BITS);
  table.fill(1, Number(first >> shift), Number(last >> shift) + 1);
}
