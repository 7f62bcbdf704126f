/**
 * Shows packets to the rules of a packet filter: in a network namespace of its own a router is built, which sends, takes
 * and forwards packets to and from the addresses of the cases. The work is done by
 * scripts/engines/packet-filter-behaviour.py.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endpoint } from '../../../indicators/endpoint.ts';
import { ip } from '../../../indicators/ip.ts';
import type { Kind } from '../../../indicators/kind.ts';
import { type BehaviourReport, type BehaviourRequest, type Case, notCarriedBut } from '../../behaviour.ts';
import type { EngineName } from '../../engine.ts';
import { needProgram, runScript } from '../../namespace.ts';
import { inFolder, unexplained } from '../../process.ts';

const DIRECTIONS = ['output', 'input', 'forward out', 'forward in'] as const;
const PROTOCOLS = ['TCP', 'UDP'] as const;
const CARRIED: readonly Kind[] = ['ip', 'cidr', 'endpoint'];

/** The port of an address that is listed without one: `discard`, which nobody lists. */
const DISCARD = 9;

/** A packet to an address (`output`, `forward out`) or from it. */
interface Packet {
  /** Its place in the list of packets. */
  number: number;
  case: number;
  direction: (typeof DIRECTIONS)[number];
  protocol: (typeof PROTOCOLS)[number];
  address: string;
  /** The port at that address. */
  port: number;
}

/** What the script writes. */
interface Answers {
  /** The numbers of the packets that arrive without the rules. */
  unfiltered: number[];
  /** The numbers of those that arrive with them. */
  filtered: number[];
  /** The numbers of those that match a rule that counts or logs. */
  counted: number[];
  /** Whether any rule drops packets, and whether any counts or logs them. */
  drops: boolean;
  counts: boolean;
}

/** A packet filter, as it is run here. */
export interface PacketFilter {
  engine: EngineName;
  version: string;
  /** What loads one file of rules; the file's path is put behind. */
  load: readonly string[];
  /** Lists the rules and tells which of them a packet meets; those of iptables too, which the kernel holds as its own. */
  nft: string;
  /** Whether every rule counts, as in iptables: then one that sends packets on to another chain tells nothing. */
  allCount: boolean;
}

/**
 * Runs the rules, in namespaces made by `isolation`. A packet has `drop` where the rules keep it from arriving; `count`
 * where it arrives and a rule that it matches counts or logs it; nothing where it arrives unseen. Packets that do not
 * arrive without the rules either have no observation. Throws `Error` where the rules do not load.
 */
export async function showPackets(
  isolation: readonly string[],
  { engine, version, load, nft, allCount }: PacketFilter,
  request: BehaviourRequest,
): Promise<BehaviourReport> {
  const iproute = needProgram('ip', 'iproute2');
  const { files, cases, keep } = request;
  const packets = packetsOf(cases);
  return inFolder(keep, async (folder) => {
    const input = { load, nft, allCount, ip: iproute, files: files.map((file) => resolve(file)), packets };
    await writeFile(join(folder, 'packets.json'), `${JSON.stringify(input, null, 1)}\n`);
    const { finished, command } = await runScript(isolation, 'packet-filter-behaviour.py', folder);
    if (finished.status !== 0) throw new Error(unexplained('the run of the rules', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as Answers;
    return {
      engine,
      version,
      command,
      observations: observationsOf(packets, answers),
      rules: [...(answers.drops ? ['drop'] : []), ...(answers.counts ? ['count'] : [])],
      notCarried: notCarriedBut(CARRIED, cases, 'a packet filter sees addresses and ports'),
    };
  });
}

function packetsOf(cases: readonly Case[]): Packet[] {
  const packets: Packet[] = [];
  for (const shown of cases) {
    const place = placeOf(shown);
    if (!place) continue;
    for (const direction of DIRECTIONS) {
      for (const protocol of PROTOCOLS) {
        packets.push({ number: packets.length, case: shown.id, direction, protocol, ...place });
      }
    }
  }
  return packets;
}

/** The address and port that a case is about; undefined where there is none, as of a host's name. */
function placeOf({ kind, text }: Case): { address: string; port: number } | undefined {
  if (kind === 'endpoint') {
    const read = endpoint.parse(text);
    if (!read.ok) return undefined;
    const { host, host_kind, port } = endpoint.describe(read.value);
    return host_kind === 'domain' ? undefined : { address: String(host), port: Number(port) };
  }
  if (!CARRIED.includes(kind)) return undefined;
  const read = ip.parse(text);
  return read.ok ? { address: read.value, port: DISCARD } : undefined;
}

function observationsOf(packets: readonly Packet[], answers: Answers): BehaviourReport['observations'] {
  const [unfiltered, filtered] = [new Set(answers.unfiltered), new Set(answers.filtered)];
  const counted = new Set(answers.counted);
  const deeds = (number: number): string[] => {
    if (!filtered.has(number)) return ['drop'];
    return counted.has(number) ? ['count'] : [];
  };
  return packets
    .filter(({ number }) => unfiltered.has(number))
    .map(({ number, case: shown, direction, protocol }) => ({
      case: shown,
      carrier: `${direction} ${protocol}`,
      rules: deeds(number),
    }));
}
