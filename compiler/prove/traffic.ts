/** How cases are seen on a network: for each kind, the ways (carriers) in which packets show its values. */

import type { Kind } from '../indicators/kind.ts';
import type { Case } from './behaviour.ts';
import { u8, utf8 } from './packets/bytes.ts';
import { dnsLookup } from './packets/dns.ts';
import { type Header, httpExchange } from './packets/http.ts';
import { type Address, readAddress } from './packets/ip.ts';
import type { Message } from './packets/message.ts';
import { quicInitial } from './packets/quic.ts';
import { quoted, smtpSession } from './packets/smtp.ts';
import { type ClientHello, encodeClientHello, type ServerHello, tlsHandshake } from './packets/tls.ts';
import { MAX_DATAGRAM } from './packets/udp.ts';
import {
  helloTo,
  quicHelloTo,
  SERVER_HELLO,
  standInCertificate,
  standInFile,
  standInHello,
  standInQuicHello,
  standInServerHello,
} from './stand-ins.ts';

/** One flow in which a value is seen. The client is always in the home network. */
export interface Sighting {
  /** As an `Observation` names it. */
  carrier: string;
  transport: 'tcp' | 'udp';
  /** An address that is itself what is seen; else any server, abroad or, of the home network's own, `home`. */
  server: Address | 'abroad' | 'home';
  port: number;
  messages: readonly Message[];
}

/** Kinds that never travel, and why. */
export const NOT_CARRIED: readonly { kind: Kind; why: string }[] = [
  { kind: 'file_path', why: 'files travel under names, without the folders they lie in on a disk' },
  { kind: 'registry_key', why: 'a registry is not visible in network traffic' },
  { kind: 'mutex', why: 'a mutex is not visible in network traffic' },
];

/** A port for which no protocol is expected. */
const ANY_PORT = 4444;
/** A host that is nobody's (RFC 6761, 6.4), where a carrier needs one that is not what is seen. */
const HOST = 'host.invalid';
const NOBODY = 'nobody@client.invalid';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const BODY = utf8('Hello.\n');
const CONNECTION_ID = u8(0x83, 0x94, 0xc8, 0xf0, 0x3e, 0x51, 0x57, 0x08);
const NO_STAND_IN = 0;

/** Every way in which a case is seen on a network; none for a kind, or a text, that no packet can carry. */
export function sightings(seen: Case): Sighting[] {
  return (CARRIERS[seen.kind]?.(seen) ?? []).filter((sighting) => sighting !== undefined);
}

type MaybeSighting = Sighting | undefined;

/** A name in quotes. One that holds a quote itself is left out: engines read escaped quotes each in their own way. */
const quotedNames = (text: string): Sighting[] => [
  http('Content-Disposition', 80, '/get', { disposition: `attachment; filename=${quoted(text)}` }),
  mail('mail attachment', { attachment: { name: text, content: BODY } }),
];

const CARRIERS: Readonly<Partial<Record<Kind, (seen: Case) => MaybeSighting[]>>> = {
  domain: ({ text }) => [
    lookup(text),
    tls('TLS SNI', 443, helloTo(text)),
    http('HTTP host', 80, '/', { host: text }),
    quic('QUIC SNI', 443, quicHelloTo(text)),
  ],
  ip: ({ text }) => addressed(text, ANY_PORT),
  cidr: ({ text }) => addressed(text, ANY_PORT),
  endpoint: ({ text }) => endpoint(text),
  url: ({ text }) => url(text),
  email: ({ text }) => [
    mail('MAIL FROM', { envelope: { from: text, to: NOBODY } }),
    mail('RCPT TO', { envelope: { from: NOBODY, to: text } }),
    mail('From header', { from: `"Some One" <${text}>` }),
  ],
  user_agent: ({ text }) => [http('User-Agent', 80, '/', { agent: text })],
  file_name: ({ text }) => [
    http('HTTP download', 80, `/files/${encodeURIComponent(text.toWellFormed())}`),
    ...(text.includes('"') ? [] : quotedNames(text)),
  ],
  hash: ({ standIn = NO_STAND_IN }) => [
    http('HTTP download', 80, '/get', { body: standInFile(standIn) }),
    mail('mail attachment', { attachment: { name: 'file.bin', content: standInFile(standIn) } }),
  ],
  ja3: ({ standIn = NO_STAND_IN }) => [tls('TLS hello', 443, standInHello(standIn))],
  ja3s: ({ standIn = NO_STAND_IN }) => [tls('TLS hello', 443, helloTo(HOST), standInServerHello(standIn))],
  ja4: ({ text, standIn = NO_STAND_IN }) => [
    text.startsWith('t') ? tls('TLS hello', 443, standInHello(standIn)) : undefined,
    text.startsWith('q') ? quic('QUIC hello', 443, standInQuicHello(standIn)) : undefined,
  ],
  certificate: ({ standIn = NO_STAND_IN }) => [
    tls('TLS certificate', 443, helloTo(HOST), SERVER_HELLO, standInCertificate(standIn)),
  ],
};

function addressed(text: string, port: number): MaybeSighting[] {
  const server = readAddress(text);
  return server ? [connection(server, port), datagrams(server, port)] : [];
}

function connection(server: Address, port: number): Sighting {
  const messages: Message[] = [{ from: 'client', data: BODY }];
  return { carrier: 'TCP connection', transport: 'tcp', server, port, messages };
}

function datagrams(server: Address, port: number): Sighting {
  const messages: Message[] = [
    { from: 'client', data: BODY },
    { from: 'server', data: BODY },
  ];
  return { carrier: 'UDP flow', transport: 'udp', server, port, messages };
}

function endpoint(text: string): MaybeSighting[] {
  const { host, port } = splitHostPort(text);
  if (port === undefined) return [];
  const server = hostAddress(host);
  if (server) return [connection(server, port)];
  return [
    tls('TLS SNI', port, helloTo(host)),
    http('HTTP host', port, '/', { host: port === 80 ? host : text }),
    quic('QUIC SNI', port, quicHelloTo(host)),
  ];
}

const URL_PARTS = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#]*@)?([^/?#]*)([^#]*)/is;

/** The request for an http URL; of an https URL no more than the name of its host is seen. */
function url(text: string): MaybeSighting[] {
  const [, scheme = '', authority = '', rest = ''] = URL_PARTS.exec(text) ?? [];
  const { host, port } = splitHostPort(authority);
  const address = hostAddress(host);
  const server = address ?? 'abroad';
  switch (scheme.toLowerCase()) {
    case 'http': {
      const target = rest.startsWith('/') ? rest : `/${rest}`;
      // Clients leave out the port of the scheme.
      const sent = port === undefined || port === 80 ? host : authority;
      return [http('HTTP request', port ?? 80, target, { host: sent, server })];
    }
    case 'https':
      // Clients name no server that is an address.
      return address ? [] : [tls('TLS SNI', port ?? 443, helloTo(host))];
    default:
      return [];
  }
}

/** `host`, `host:port`, `[address]` or `[address]:port`. */
function splitHostPort(text: string): { host: string; port: number | undefined } {
  const [, host = text, digits] = /^(.*?)(?::(\d{0,5}))?$/s.exec(text) ?? [];
  const port = Number(digits || Number.NaN);
  return { host, port: port <= 0xffff ? port : undefined };
}

/** The address that a host is, in brackets or without; undefined for a name. */
function hostAddress(host: string): Address | undefined {
  return readAddress(host.replace(/^\[(.*)\]$/s, '$1'));
}

function lookup(name: string): MaybeSighting {
  const messages = dnsLookup(name);
  return messages && { carrier: 'DNS query', transport: 'udp', server: 'abroad', port: 53, messages };
}

function tls(
  carrier: string,
  port: number,
  hello: ClientHello,
  answer: ServerHello = SERVER_HELLO,
  certificate: Uint8Array = standInCertificate(NO_STAND_IN),
): Sighting {
  const messages = tlsHandshake(hello, answer, certificate);
  return { carrier, transport: 'tcp', server: 'abroad', port, messages };
}

function quic(carrier: string, port: number, hello: ClientHello): MaybeSighting {
  const data = quicInitial(encodeClientHello(hello), CONNECTION_ID, 0);
  if (data.length > MAX_DATAGRAM) return undefined;
  return { carrier, transport: 'udp', server: 'abroad', port, messages: [{ from: 'client', data }] };
}

interface HttpParts {
  server?: Sighting['server'];
  host?: string;
  agent?: string;
  disposition?: string;
  body?: Uint8Array;
}

function http(carrier: string, port: number, target: string, parts: HttpParts = {}): Sighting {
  const { server = 'abroad', host = HOST, agent = BROWSER, disposition, body = BODY } = parts;
  const sent: Header[] = [
    ['Host', host],
    ['User-Agent', agent],
    ['Accept', '*/*'],
  ];
  const answered: Header[] = [['Content-Type', 'application/octet-stream']];
  if (disposition !== undefined) answered.push(['Content-Disposition', disposition]);
  const messages = httpExchange({ target, headers: sent }, { headers: answered, body });
  return { carrier, transport: 'tcp', server, port, messages };
}

interface MailParts {
  envelope?: { from: string; to: string };
  from?: string;
  attachment?: { name: string; content: Uint8Array };
}

function mail(carrier: string, parts: MailParts): Sighting {
  const { envelope = { from: NOBODY, to: NOBODY }, from = NOBODY, attachment } = parts;
  const messages = smtpSession({ envelope, from, to: NOBODY, ...(attachment && { attachment }) });
  return { carrier, transport: 'tcp', server: 'home', port: 25, messages };
}
