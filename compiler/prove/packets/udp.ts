/** UDP datagrams (RFC 768). */

import { concat, u16 } from './bytes.ts';
import { type Endpoint, type Flow, ipFrame, transportChecksum, UDP } from './ip.ts';
import type { Message } from './message.ts';

/** The most that a datagram holds without fragments on an Ethernet: 1,500 bytes less the headers of IPv6 and UDP. */
export const MAX_DATAGRAM = 1452;

/** The frames of datagrams between two ends, one for each message. */
export function udpFrames({ client, server }: Flow, messages: readonly Message[]): Uint8Array[] {
  return messages.map(({ from, data }) =>
    from === 'client' ? datagram(client, server, data) : datagram(server, client, data),
  );
}

function datagram(from: Endpoint, to: Endpoint, data: Uint8Array): Uint8Array {
  const segment = concat(u16(from.port, to.port, 8 + data.length, 0), data);
  // A computed zero is sent as all ones, since zero means that there is no checksum.
  const sum = transportChecksum(from.address, to.address, UDP, segment) || 0xffff;
  segment.set(u16(sum), 6);
  return ipFrame(from.address, to.address, UDP, segment);
}
