/** Reads the host of a URL or an endpoint: a domain name or an IP address. */

import { looksNumeric, readName } from './hostname.ts';
import type { ParseNote, Refused } from './kind.ts';
import { readAddress, unmapAddress } from './read-address.ts';
import type { LiveText } from './refang.ts';
import { quote, refuse } from './result.ts';

/** What a host is, for templates. */
export type HostKind = 'domain' | 'ip4' | 'ip6';

/** A host that was read. */
export interface Host {
  /** Canonical, an IPv6 address in brackets. */
  text: string;
  notes: ParseNote[];
}

/** Reads a host; an IPv6 address must stand in brackets. */
export function readHost(part: LiveText): Host | Refused {
  if (part.text.startsWith('[')) return readBracketed(part);
  if ((part.text.match(/:/g)?.length ?? 0) > 1) {
    return refuse('RF308', `${quote(part)} has colons: an IPv6 address before a port stands in brackets`, {
      at: part.span(),
      help: 'write it as `[2001:db8::1]`',
    });
  }
  if (!looksNumeric(part.text)) {
    const name = readName(part);
    return typeof name === 'string' ? { text: name, notes: [] } : name;
  }
  const address = readAddress(part);
  return 'ok' in address ? address : { text: address.text, notes: [] };
}

function readBracketed(part: LiveText): Host | Refused {
  const end = part.text.indexOf(']');
  if (end !== part.text.length - 1) {
    return refuse('RF308', `${quote(part)} is not an IPv6 address in brackets`, { at: part.span() });
  }
  const inner = part.slice(1, end);
  const read = readAddress(inner);
  if ('ok' in read) return read;
  const { address, notes } = unmapAddress(read, inner);
  return { text: address.family === 4 ? address.text : `[${address.text}]`, notes };
}

/** The host of a canonical value without its brackets, and what it is. */
export function describeHost(host: string): { host: string; host_kind: HostKind } {
  if (host.startsWith('[')) return { host: host.slice(1, -1), host_kind: 'ip6' };
  return { host, host_kind: looksNumeric(host) ? 'ip4' : 'domain' };
}

/** A port by its decimal spelling, else undefined. */
export function readPort(text: string): number | undefined {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
}

/** The refusal of a port. */
export function refusePort(whole: LiveText, port: LiveText): Refused {
  return refuse('RF319', `${quote(whole)} has the port ${quote(port)}; ports are 1 to 65535`, {
    label: 'not a port',
    at: port.span(),
  });
}
