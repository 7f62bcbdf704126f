/** Log events that show a case, in every log source of Sigma that can hold it. */

import { readIpv6 } from '../../../indicators/address.ts';
import { KINDS, type Kind } from '../../../indicators/kind.ts';
import type { Case } from '../../behaviour.ts';
import { sysmonHashes, sysmonKey } from './sigma-sysmon.ts';

/** Field names are those of Sigma's taxonomy. Sigma compares numbers as numbers. */
export type EventFields = Readonly<Record<string, string | number>>;

/** One log event. */
export interface SigmaEvent {
  /** The id of the case it shows. */
  case: number;
  /** See `Observation.carrier`. */
  carrier: string;
  fields: EventFields;
  /** Sets of fields. Each shows the case to a rule that reads all of it. */
  tells: readonly (readonly string[])[];
}

/** A log source, as `logsource:` of a rule names it, with its events. */
export interface SourceEvents {
  category: string;
  product?: string;
  /** The fields that can hold what an indicator names. */
  telling: readonly string[];
  events: readonly SigmaEvent[];
}

/** How a log source writes one thing that is seen. */
interface Sight {
  /** The fields that hold it. Together they tell it, unless `tells` says which do alone. */
  fields: EventFields;
  tells?: readonly (readonly string[])[];
  /** Where there are several ways: which one it is. */
  way?: string;
}

interface Source {
  category: string;
  product?: string;
  telling: readonly string[];
  /** What else stands in an event, and is of no interest. */
  filler: EventFields;
  /** What is written of a text of each kind. */
  sights: Readonly<Partial<Record<Kind, (text: string) => readonly Sight[]>>>;
}

/** A name and an address that nobody lists. */
const OTHER_HOST = 'filler.refang.invalid';
const OTHER_ADDRESS = '192.0.0.8';

const SOURCES: readonly Source[] = [
  {
    category: 'dns_query',
    product: 'windows',
    telling: ['QueryName'],
    filler: { EventID: 22, Image: 'C:\\Windows\\System32\\svchost.exe', QueryStatus: 0 },
    sights: { domain: (text) => [{ fields: { QueryName: text } }] },
  },
  {
    category: 'dns',
    telling: ['query'],
    filler: { record_type: 'A', answer: OTHER_ADDRESS },
    sights: { domain: (text) => [{ fields: { query: text } }] },
  },
  {
    category: 'proxy',
    telling: ['cs-host', 'r-dns', 'c-uri', 'cs-uri', 'c-uri-stem', 'c-uri-query', 'c-useragent', 'dst_ip'],
    filler: {
      'cs-method': 'GET',
      'cs-host': OTHER_HOST,
      'r-dns': OTHER_HOST,
      'c-uri': `http://${OTHER_HOST}/`,
      'cs-uri': `http://${OTHER_HOST}/`,
      'c-uri-stem': '/',
      'c-useragent': 'Filler/1.0',
      dst_ip: OTHER_ADDRESS,
      'sc-status': 200,
    },
    sights: {
      domain: (text) => [{ fields: { 'cs-host': text, 'r-dns': text }, tells: [['cs-host'], ['r-dns']] }],
      ip: (text) => [{ fields: { dst_ip: text } }],
      cidr: (text) => [{ fields: { dst_ip: text } }],
      url: proxied,
      user_agent: (text) => [{ fields: { 'c-useragent': text } }],
    },
  },
  {
    category: 'network_connection',
    product: 'windows',
    telling: ['DestinationHostname', 'DestinationIp'],
    filler: {
      EventID: 3,
      Image: 'C:\\Windows\\System32\\svchost.exe',
      Protocol: 'tcp',
      Initiated: 'true',
      SourceIp: OTHER_ADDRESS,
      SourcePort: 50000,
      DestinationHostname: OTHER_HOST,
      DestinationIp: OTHER_ADDRESS,
      DestinationPort: 9,
    },
    sights: {
      domain: (text) => [{ fields: { DestinationHostname: text } }],
      ip: (text) => addressed(text, {}),
      cidr: (text) => addressed(text, {}),
      endpoint: (text) => {
        const { host, port } = hostAndPort(text);
        if (isAddress(host)) return addressed(host, { DestinationPort: port });
        return [{ fields: { DestinationHostname: host, DestinationPort: port } }];
      },
    },
  },
  {
    category: 'firewall',
    telling: ['dst_ip', 'src_ip'],
    filler: { src_ip: OTHER_ADDRESS, src_port: 50000, dst_ip: OTHER_ADDRESS, dst_port: 9, action: 'accept' },
    sights: {
      ip: bothDirections,
      cidr: bothDirections,
      endpoint: (text) => {
        const { host, port } = hostAndPort(text);
        return isAddress(host) ? [{ fields: { dst_ip: host, dst_port: port } }] : [];
      },
    },
  },
  {
    category: 'process_creation',
    product: 'windows',
    telling: ['Hashes'],
    filler: {
      EventID: 1,
      Image: 'C:\\Program Files\\Filler\\filler.exe',
      CommandLine: 'filler.exe',
      ParentImage: 'C:\\Windows\\explorer.exe',
    },
    sights: {
      hash: (text) => {
        const hashes = sysmonHashes(text);
        return hashes === undefined ? [] : [{ fields: { Hashes: hashes } }];
      },
    },
  },
  {
    category: 'file_event',
    product: 'windows',
    telling: ['TargetFilename'],
    filler: { EventID: 11, Image: 'C:\\Windows\\explorer.exe' },
    sights: {
      file_name: (text) => [{ fields: { TargetFilename: `C:\\Users\\Public\\Documents\\${text}` } }],
      file_path: (text) => [{ fields: { TargetFilename: text } }],
    },
  },
  {
    category: 'registry_event',
    product: 'windows',
    telling: ['TargetObject'],
    filler: { EventID: 13, EventType: 'SetValue', Image: 'C:\\Windows\\regedit.exe', Details: 'filler' },
    sights: {
      registry_key: (text) => [
        { fields: { TargetObject: sysmonKey(text) } },
        { fields: { TargetObject: `${sysmonKey(text)}\\Filler` }, way: 'a value below' },
      ],
    },
  },
];

/** Kinds that no log source of Sigma's taxonomy has a field for. */
export const NOT_LOGGED: readonly Kind[] = KINDS.filter((kind) =>
  SOURCES.every(({ sights }) => sights[kind] === undefined),
);

/** Every log source, with the events that show the cases. */
export function logEvents(cases: readonly Case[]): SourceEvents[] {
  return SOURCES.map((source) => ({
    category: source.category,
    ...(source.product !== undefined && { product: source.product }),
    telling: source.telling,
    events: cases.flatMap((shown) => eventsOf(source, shown)),
  }));
}

function eventsOf({ category, product, filler, sights }: Source, { id, kind, text }: Case): SigmaEvent[] {
  const name = product === undefined ? category : `${category}/${product}`;
  // Half of a character outside the basic plane is no text for a database.
  return (sights[kind]?.(text.toWellFormed()) ?? []).map(({ fields, tells, way }) => ({
    case: id,
    carrier: way === undefined ? name : `${name}, ${way}`,
    fields: { ...filler, ...fields },
    tells: tells ?? [Object.keys(fields)],
  }));
}

/** A URL as proxies log it: whole, and in parts. */
function proxied(text: string): Sight[] {
  const [, host, stem = '', query] = /^[^:]*:\/\/([^/?#]*)([^?#]*)(?:\?(.*))?$/s.exec(text) ?? [];
  if (host === undefined) return [];
  const name = host.replace(/^.*@/s, '').replace(/:\d*$/, '');
  return [
    {
      fields: {
        'cs-host': name,
        'r-dns': name,
        'c-uri': text,
        'cs-uri': text,
        'c-uri-stem': stem,
        ...(query !== undefined && { 'c-uri-query': query }),
      },
      tells: [['c-uri'], ['cs-uri'], ['c-uri-stem'], ['c-uri-query']],
    },
  ];
}

/** Sysmon writes all eight groups of an IPv6 address; who reads its events may shorten them. */
function addressed(address: string, fields: EventFields): Sight[] {
  const short = { fields: { DestinationIp: address, ...fields } };
  const full = allGroups(address);
  if (full === undefined) return [short];
  return [short, { fields: { DestinationIp: full, ...fields }, way: 'IPv6 in full' }];
}

/** `2001:db8::1` as `2001:db8:0:0:0:0:0:1`; undefined where that is no other text. */
function allGroups(address: string): string | undefined {
  const number = readIpv6(address);
  if (number === undefined) return undefined;
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => (number >> shift) & 0xffffn);
  const full = groups.map((group) => group.toString(16)).join(':');
  return full === address ? undefined : full;
}

function bothDirections(text: string): Sight[] {
  return [{ fields: { dst_ip: text } }, { fields: { src_ip: text }, way: 'as source' }];
}

function hostAndPort(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/s, '$1'), port: Number(text.slice(colon + 1)) };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}
