/** Cyber-observable objects of STIX 2.1 that show a case. */

import { readIpv6 } from '../../../indicators/address.ts';
import type { Kind } from '../../../indicators/kind.ts';
import type { Case } from '../../behaviour.ts';

/** One object. Ids need only be unlike within an observation. */
export type Observable = { type: string; id: string } & Readonly<Record<string, unknown>>;

const HASHES: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA-1', 64: 'SHA-256', 128: 'SHA-512' };

/** What is seen of a text of each kind. */
const SIGHTS: Readonly<Partial<Record<Kind, (text: string) => Observable[]>>> = {
  domain: (text) => [host(text)],
  ip: (text) => [host(text)],
  cidr: (text) => [host(text)],
  endpoint: (text) => {
    const colon = text.lastIndexOf(':');
    const there = host(text.slice(0, colon).replace(/^\[|\]$/g, ''));
    return [
      there,
      traffic({ dst_ref: there.id, dst_port: Number(text.slice(colon + 1)), protocols: ['tcp'] }),
    ];
  },
  url: (text) => [object('url', { value: text })],
  email: (text) => [object('email-addr', { value: text.toLowerCase() })],
  hash: (text) => [object('file', { hashes: hashes(text) })],
  certificate: (text) => [object('x509-certificate', { hashes: hashes(text) })],
  user_agent: (text) => [
    traffic({
      protocols: ['tcp', 'http'],
      extensions: {
        'http-request-ext': {
          request_method: 'get',
          request_value: '/',
          request_header: { 'User-Agent': [text] },
        },
      },
    }),
  ],
  file_name: (text) => [object('file', { name: text })],
  file_path: (text) => {
    const end = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
    const folder = object('directory', { path: text.slice(0, end + 1) });
    const name = text.slice(end + 1);
    return name === '' ? [folder] : [folder, object('file', { name, parent_directory_ref: folder.id })];
  },
  registry_key: (text) => [object('windows-registry-key', { key: text })],
  mutex: (text) => [object('mutex', { name: text })],
};

/** Whether STIX has an object for a kind. */
export function isObservable(kind: Kind): boolean {
  return SIGHTS[kind] !== undefined;
}

/** The objects of a case; none where STIX has no object for it. */
export function observablesOf({ kind, text }: Case): Observable[] {
  return SIGHTS[kind]?.(text) ?? [];
}

/** STIX compares letter case; who writes down names of hosts uses lower case. */
function host(text: string): Observable {
  if (readIpv6(text) !== undefined) return object('ipv6-addr', { value: text });
  if (/^[\d.]+$/.test(text)) return object('ipv4-addr', { value: text });
  return object('domain-name', { value: text.toLowerCase() });
}

function traffic(fields: Readonly<Record<string, unknown>>): Observable {
  return object('network-traffic', fields);
}

function hashes(text: string): Readonly<Record<string, string>> {
  return { [HASHES[text.length] ?? 'UNKNOWN']: text };
}

function object(type: string, fields: Readonly<Record<string, unknown>>): Observable {
  return { type, spec_version: '2.1', id: `${type}--00000000-0000-4000-8000-000000000001`, ...fields };
}
