/** Cases as one capture file: each way in which each is seen is a flow of its own. */

import type { Case, Observation } from './behaviour.ts';
import { u16, u32 } from './packets/bytes.ts';
import { type Address, type Endpoint, type Flow, readAddress } from './packets/ip.ts';
import { type CapturedFrame, pcapFile } from './packets/pcap.ts';
import { tcpFrames } from './packets/tcp.ts';
import { udpFrames } from './packets/udp.ts';
import { type Sighting, sightings } from './traffic.ts';

/** The networks that clients and own mail servers are in: half of those kept for tests (RFC 2544, RFC 5180). */
export const HOME_NETWORKS = ['198.18.0.0/16', '2001:2::/64'] as const;

/** Clients use these ports, which are those of no protocol that an engine would expect. */
const FIRST_PORT = 10_240;
const LAST_PORT = 65_535;
const PORTS = LAST_PORT - FIRST_PORT + 1;

/** 198.18.0.0, 198.18.128.0 and 198.19.0.0: clients, own mail servers, all other servers. */
const CLIENTS = 0xc6120000;
const HOME_SERVERS = 0xc6128000;
const SERVERS_ABROAD = 0xc6130000;
const SERVERS = 0x7fff;

/** 2024-01-01, in microseconds since 1970. */
const START = 1_704_067_200_000_000;
const DAY = 86_400_000_000;
const BETWEEN_FRAMES = 100;

/** A flow of the capture: who sent it, and what it shows. */
export interface CapturedFlow {
  client: Endpoint;
  case: number;
  carrier: string;
}

/** A capture file, and what each of its flows shows. */
export interface Capture {
  /** A file as pcap.ts writes it. */
  pcap: Uint8Array;
  flows: readonly CapturedFlow[];
}

/**
 * All flows have one client, until its ports are used up: so a rule that is meant to fire once for each client is
 * found out. Flows between the same two hosts are a day apart, since a rule may well fire once for such a pair.
 */
export function capture(cases: readonly Case[]): Capture {
  const flows: CapturedFlow[] = [];
  const frames: CapturedFrame[] = [];
  const days: Uint8Array[][] = [];
  const met = new Map<string, number>();
  for (const seen of cases) {
    for (const sighting of sightings(seen)) {
      const flow = ends(sighting, flows.length);
      flows.push({ client: flow.client, case: seen.id, carrier: sighting.carrier });
      const pair = `${flow.client.address.bytes} ${flow.server.address.bytes}`;
      const day = met.get(pair) ?? 0;
      met.set(pair, day + 1);
      days[day] ??= [];
      const write = sighting.transport === 'tcp' ? tcpFrames : udpFrames;
      days[day].push(...write(flow, sighting.messages));
    }
  }
  days.forEach((list, day) => {
    list.forEach((bytes, index) => {
      frames.push({ time: START + day * DAY + index * BETWEEN_FRAMES, bytes });
    });
  });
  // Suricata waits a minute for the first packet of a capture without any, and then fails.
  if (frames.length === 0) frames.push({ time: START, bytes: strayFrame() });
  return { pcap: pcapFile(frames), flows };
}

/** A datagram that shows nothing, from no client of a flow. */
function strayFrame(): Uint8Array {
  const end = { address: client(4, 0), port: FIRST_PORT - 1 };
  const [frame] = udpFrames({ client: end, server: end }, [{ from: 'client', data: new Uint8Array() }]);
  return frame as Uint8Array;
}

/** The two ends of the flow with this number. */
function ends({ server, port }: Sighting, number: number): Flow {
  const host = typeof server === 'object' ? server : anyServer(server, number % SERVERS);
  return {
    client: { address: client(host.family, Math.floor(number / PORTS)), port: FIRST_PORT + (number % PORTS) },
    server: { address: host, port },
  };
}

function anyServer(where: 'abroad' | 'home', number: number): Address {
  return { family: 4, bytes: u32((where === 'home' ? HOME_SERVERS : SERVERS_ABROAD) + 1 + number) };
}

function client(family: 4 | 6, number: number): Address {
  if (family === 4) return { family, bytes: u32(CLIENTS + 1 + number) };
  return { family, bytes: u16(0x2001, 2, 0, 0, 0, 0, 0, 1 + number) };
}

/** A rule that fired, and the client's end of the flow in which it did. */
export interface Hit {
  /** The address in any usual notation. */
  address: string;
  port: number;
  rule: string;
}

/** What was observed, for every flow of a capture in order. Hits in flows that are not of the capture are left out. */
export function observe(flows: readonly CapturedFlow[], hits: Iterable<Hit>): Observation[] {
  const fired = new Map<string, Set<string>>(flows.map(({ client }) => [key(client), new Set()]));
  for (const { address, port, rule } of hits) {
    const read = readAddress(address);
    if (read) fired.get(key({ address: read, port }))?.add(rule);
  }
  return flows.map(({ case: id, carrier, client }) => ({
    case: id,
    carrier,
    rules: [...(fired.get(key(client)) ?? [])].sort(),
  }));
}

function key({ address, port }: Endpoint): string {
  return `${address.bytes} ${port}`;
}
