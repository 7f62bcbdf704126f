/** Single IP addresses: IPv4 as four decimal numbers, IPv6 by RFC 5952. */

import { readIpv4 } from './address.ts';
import type { KindModule } from './kind.ts';
import { readAddress, unmapAddress } from './read-address.ts';
import { readLive } from './refang.ts';
import { accept, refuseEmpty } from './result.ts';
import { refuseWrongKind } from './wrong-kind.ts';

export const ip: KindModule = {
  kind: 'ip',
  title: 'IP address',
  parse(text) {
    const whole = readLive(text);
    if (whole.text === '') return refuseEmpty();
    if (readIpv4(whole.text) !== undefined) return accept('ip', whole.text);
    const part = /^\[.*\]$/.test(whole.text) ? whole.slice(1, -1) : whole;
    const read = readAddress(part);
    if ('ok' in read) return refuseWrongKind(whole, 'ip') ?? read;
    const { address, notes } = unmapAddress(read, part);
    return accept('ip', address.text, notes);
  },
  fields: { family: 'the version of the address: 4 or 6' },
  describe: (value) => ({ family: value.includes(':') ? 6 : 4 }),
};
