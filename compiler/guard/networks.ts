/** Networks of lists, read quickly: a list has up to a hundred thousand of them. */

import { networkOf, prefixOf, readIpv4, readIpv6, unmapped } from '../indicators/address.ts';
import type { RangeIndex } from './range-index.ts';

/** Adds an address or `a/len`; host bits are masked. False for any other text. */
export function addNetwork(ranges: RangeIndex, text: string): boolean {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const length = slash < 0 ? undefined : text.slice(slash + 1);
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return false;
  const four = readIpv4(address);
  if (four !== undefined) {
    const prefix = length === undefined ? 32 : Number(length);
    if (prefix > 32) return false;
    const size = 2 ** (32 - prefix);
    ranges.add4(Math.floor(four / size) * size, prefix);
    return true;
  }
  const six = readIpv6(address);
  const prefix = length === undefined ? 128 : Number(length);
  if (six === undefined || prefix > 128) return false;
  const range = unmapped(networkOf(6, six, prefix));
  if (range.family === 4) ranges.add4(Number(range.first), prefixOf(range) as number);
  else ranges.add6(range.first, prefix);
  return true;
}
