/** Addresses and networks in canonical form, for languages that take addresses or names and look names up when they load. */

/* Many programs read a leading zero as octal, and what looks like a name (`fade.cafe`) they resolve in the DNS. */
const OCTET = '(?:0|[1-9][0-9]{0,2})';

/** Patterns of an address of each family. What they let through has no sign but digits, `a` to `f`, dots and colons. */
export const V4: string = `${OCTET}(?:\\.${OCTET}){3}`;
export const V6 = '[0-9a-f]{0,4}:[0-9a-f:]+';

const NETWORK = new RegExp(`^(?:${V4}(?:/[1-9][0-9]?)?|${V6}(?:/[1-9][0-9]{0,2})?)$`);

/** An address or `address/length`, unchanged. Throws `RangeError` for all else, and for the network of every address. */
export function network(value: string): string {
  if (!NETWORK.test(value))
    throw new RangeError('here stands a canonical address or a network, not all of them');
  return value;
}
