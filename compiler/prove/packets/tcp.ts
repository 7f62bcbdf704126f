/** Whole TCP sessions (RFC 9293): handshake, messages with their acknowledgements, close. */

import { concat, u8, u16, u32 } from './bytes.ts';
import { type Endpoint, type Flow, ipFrame, TCP, transportChecksum } from './ip.ts';
import type { Message } from './message.ts';

const FIN = 0x01;
const SYN = 0x02;
const PUSH = 0x08;
const ACK = 0x10;
const WINDOW = 0xffff;
const MAX_SEGMENT = 1400;
const MAX_SEGMENT_OPTION = concat(u8(2, 4), u16(MAX_SEGMENT));
const NOTHING = new Uint8Array();

/** One end, and the number of the next byte it sends. */
interface Side extends Endpoint {
  next: number;
}

/** The frames of a session in which both sides say their messages in order. */
export function tcpFrames(flow: Flow, messages: readonly Message[]): Uint8Array[] {
  const client: Side = { ...flow.client, next: 1000 };
  const server: Side = { ...flow.server, next: 5000 };
  const frames = [
    segment(client, server, SYN, NOTHING),
    segment(server, client, SYN | ACK, NOTHING),
    segment(client, server, ACK, NOTHING),
  ];
  for (const { from, data } of messages) {
    const [sender, receiver] = from === 'client' ? [client, server] : [server, client];
    for (let at = 0; at < data.length; at += MAX_SEGMENT) {
      frames.push(segment(sender, receiver, PUSH | ACK, data.subarray(at, at + MAX_SEGMENT)));
    }
    frames.push(segment(receiver, sender, ACK, NOTHING));
  }
  frames.push(
    segment(client, server, FIN | ACK, NOTHING),
    segment(server, client, FIN | ACK, NOTHING),
    segment(client, server, ACK, NOTHING),
  );
  return frames;
}

/** One segment; moves the sender's number on by what it takes: a SYN and a FIN count as a byte each. */
function segment(from: Side, to: Side, flags: number, data: Uint8Array): Uint8Array {
  const options = flags & SYN ? MAX_SEGMENT_OPTION : NOTHING;
  const bytes = concat(
    u16(from.port, to.port),
    u32(from.next),
    u32(flags & ACK ? to.next : 0),
    u8((20 + options.length) << 2, flags),
    u16(WINDOW, 0, 0),
    options,
    data,
  );
  bytes.set(u16(transportChecksum(from.address, to.address, TCP, bytes)), 16);
  from.next += data.length + (flags & (SYN | FIN) ? 1 : 0);
  return ipFrame(from.address, to.address, TCP, bytes);
}
