/** Hosts with a port: `c2.example:8443`, `192.0.2.1:443`, `[2001:db8::1]:443`. */

import type { KindModule } from './kind.ts';
import { describeHost, readHost, readPort, refusePort } from './read-host.ts';
import { type LiveText, readLive } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
import { collectWitnesses, hostsBeside, isValueOf, upperCase, type Witness } from './witnesses.ts';
import { refuseWrongKind } from './wrong-kind.ts';

export const endpoint: KindModule = {
  kind: 'endpoint',
  title: 'Host and port',
  parse(text) {
    const whole = readLive(text);
    if (whole.text === '') return refuseEmpty();
    const colon = portColon(whole.text);
    if (colon < 0) return refuseWrongKind(whole, 'endpoint') ?? refuseWithoutPort(whole);
    const host = readHost(whole.slice(0, colon));
    if ('ok' in host) return refuseWrongKind(whole, 'endpoint') ?? host;
    const portText = whole.slice(colon + 1);
    const port = readPort(portText.text);
    if (port === undefined) return refusePort(whole, portText);
    return accept('endpoint', `${host.text}:${port}`, host.notes);
  },
  fields: {
    host: 'the domain name or address, without brackets',
    host_kind: 'what the host is: `domain`, `ip4` or `ip6`',
    port: 'the port, a number',
  },
  describe(value) {
    const colon = value.lastIndexOf(':');
    return { ...describeHost(value.slice(0, colon)), port: Number(value.slice(colon + 1)) };
  },
  witnesses(value) {
    const colon = value.lastIndexOf(':');
    const written = value.slice(0, colon);
    const port = Number(value.slice(colon + 1));
    const { host, host_kind } = describeHost(written);
    const matches: Witness[] = [{ text: value, about: 'the host and port themselves' }];
    if (host_kind === 'domain') {
      matches.push({ text: `${upperCase(written)}:${port}`, about: 'the host in upper case' });
    }
    const misses: Witness[] = [
      { text: `${written}:${port - 1}`, about: 'the port before' },
      { text: `${written}:${port + 1}`, about: 'the port after' },
      longerPort(value),
      ...hostsBeside(host, host_kind).map(({ text, about }) => ({ text: `${text}:${port}`, about })),
    ];
    return collectWitnesses(endpoint, matches, misses);
  },
};

/** Ports of five digits are the longest: behind them one more occurs in text alone. */
function longerPort(value: string): Witness {
  const longer: Witness = { text: `${value}0`, about: 'a digit more behind the port' };
  return isValueOf(endpoint, longer.text) ? longer : { ...longer, where: 'text' };
}

/** The colon in front of the port; -1 where there is none, as in `[2001:db8::1]`. */
function portColon(text: string): number {
  const colon = text.lastIndexOf(':');
  return colon > text.lastIndexOf(']') ? colon : -1;
}

function refuseWithoutPort(whole: LiveText) {
  return refuse('RF319', `${quote(whole)} has no port`, {
    at: whole.span(),
    help: 'write `:` and the port behind the host; without a port use `domain:` or `ip:`',
  });
}
