/** Names of response policy zones (RPZ). */

import { type Helper, textArgument } from './helper.ts';

/** How long the prefix of a lone address is. */
const WHOLE = { 4: '32', 6: '128' } as const;

/** The labels of an address or network in the name of a trigger: its length, then its groups from last to first. */
function rpzTrigger(network: string): string {
  const slash = network.indexOf('/');
  const address = slash < 0 ? network : network.slice(0, slash);
  const length = slash < 0 ? undefined : network.slice(slash + 1);
  if (!address.includes(':')) return `${length ?? WHOLE[4]}.${backwards(address)}`;
  const groups = address
    .replace('::', ':zz:')
    .split(':')
    .filter((group) => group !== '');
  return [length ?? WHOLE[6], ...groups.reverse()].join('.');
}

/** An IPv4 address from its last number to its first. There may be a million. */
function backwards(address: string): string {
  const second = address.indexOf('.') + 1;
  const third = address.indexOf('.', second) + 1;
  const fourth = address.indexOf('.', third) + 1;
  const [three, two] = [address.slice(third, fourth - 1), address.slice(second, third - 1)];
  return `${address.slice(fourth)}.${three}.${two}.${address.slice(0, second - 1)}`;
}

export const RPZ: Readonly<Record<string, Helper>> = {
  rpz_trigger: {
    about:
      'A canonical address or network as response policy zones spell it before `.rpz-ip`: `2001:db8::/48` → `48.zz.db8.2001`.',
    params: [1, 1],
    run: (value) => rpzTrigger(textArgument(value)),
  },
};
