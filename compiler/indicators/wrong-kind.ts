/** Tells a user who wrote a value under the wrong key which key is the right one. */

import { readIpv4, readIpv6 } from './address.ts';
import { KINDS, type Kind, type Refused } from './kind.ts';
import type { LiveText } from './refang.ts';
import { quote, refuse } from './result.ts';

const NOUNS: Readonly<Record<Kind, string>> = {
  domain: 'a domain name',
  ip: 'an IP address',
  cidr: 'a network',
  endpoint: 'a host with a port',
  url: 'a URL',
  email: 'an e-mail address',
  hash: 'the hash of a file',
  ja3: 'a JA3 fingerprint',
  ja3s: 'a JA3S fingerprint',
  ja4: 'a JA4 fingerprint',
  certificate: 'the fingerprint of a certificate',
  user_agent: 'a user agent',
  file_name: 'a file name',
  file_path: 'a path',
  registry_key: 'a registry key',
  mutex: 'the name of a mutex',
};

/** No longer value is worth a guess; the bound keeps hostile text from costing time. */
const MAX_PLAIN = 512;

/** The kind that a value plainly has by its shape, if any. Only used to word a refusal. */
export function plainKind(text: string): Kind | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'url';
  if (text.length > MAX_PLAIN) return undefined;
  if (/^(?:HKEY_[A-Z_]+|HK(?:LM|CU|CR|U|CC))\\/i.test(text)) return 'registry_key';
  if (/^[tqd](?:1[0-3]|s[123]|d[123]|00)[di]\d{4}\w{2}_/i.test(text)) return 'ja4';
  if (/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i.test(text)) return 'hash';
  if (/^[^\s@/\\]+@[^\s@/\\]+$/.test(text)) return 'email';
  if (isAddress(text)) return 'ip';
  if (isNetwork(text)) return 'cidr';
  if (/^(?:\[[0-9a-f:.]+\]|[^\s:/\\]+\.[^\s:/\\]+):\d{1,5}$/i.test(text)) return 'endpoint';
  if (/^(?:[a-z]:\\|\\\\|%\w+%\\|\/)/i.test(text)) return 'file_path';
  if (/^(?:[\w-]{1,63}\.)+[a-z][a-z0-9-]{1,62}$/i.test(text)) return 'domain';
  return undefined;
}

/** The refusal of a value that is plainly of another kind than the one wanted, if it is; `among` narrows the other kinds. */
export function refuseWrongKind(
  part: LiveText,
  wanted: Kind,
  among: readonly Kind[] = KINDS,
): Refused | undefined {
  const kind = plainKind(part.text);
  if (kind === undefined || kind === wanted || !among.includes(kind)) return undefined;
  return refuse('RF302', `${quote(part)} is ${NOUNS[kind]}, not ${NOUNS[wanted]}`, {
    label: `this is ${NOUNS[kind]}`,
    help: `write it under \`${kind}:\``,
    at: part.span(),
  });
}

function isAddress(text: string): boolean {
  const bare = /^\[.*\]$/.test(text) ? text.slice(1, -1) : text;
  return readIpv4(bare) !== undefined || readIpv6(bare) !== undefined;
}

function isNetwork(text: string): boolean {
  const [, address, rest, end] = /^([0-9a-f.:]+)(?:(\/[\d.]+)|\s*[-–]\s*([0-9a-f.:]+))$/i.exec(text) ?? [];
  if (address === undefined || !isAddress(address)) return false;
  return rest !== undefined || (end !== undefined && isAddress(end));
}
