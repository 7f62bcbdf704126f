/** Single IP addresses: IPv4 as four decimal numbers, IPv6 by RFC 5952. */

import { rangeOf, readIpv4 } from './address.ts';
import type { KindModule } from './kind.ts';
import { readAddress, unmapAddress } from './read-address.ts';
import { readLive } from './refang.ts';
import { accept, refuseEmpty } from './result.ts';
import { addressesBeside, collectWitnesses, isValueOf, type Witness } from './witnesses.ts';
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
  witnesses: (value) =>
    collectWitnesses(
      ip,
      [{ text: value, about: 'the address itself' }],
      [...addressesBeside(rangeOf(value)), ...longerTexts(value)],
    ),
};

/** Texts that hold the address between more of the same. Some are addresses themselves, the others only occur in text. */
function longerTexts(address: string): Witness[] {
  const separator = address.includes(':') ? ':' : '.';
  const longer: Witness[] = [
    { text: `1${address}`, about: 'a digit more in front' },
    { text: `${address}1`, about: 'a digit more behind' },
    { text: `1${separator}${address}`, about: 'a number more in front' },
    { text: `${address}${separator}1`, about: 'a number more behind' },
  ];
  return longer
    .filter(({ text }) => !text.includes(':::'))
    .map((witness) => (isValueOf(ip, witness.text) ? witness : { ...witness, where: 'text' }));
}
