/** What a URL must match and must not: other spellings of its request, other requests, other servers. */

import type { KindModule } from './kind.ts';
import { describeHost } from './read-host.ts';
import { collectWitnesses, hostsBeside, upperCase, type Witness, type Witnesses } from './witnesses.ts';

/** The parts of a canonical URL as written, in their order. */
interface UrlParts {
  /** Scheme, `://`, and a user name with its `@`. */
  start: string;
  /** An IPv6 address in brackets. */
  host: string;
  /** With its colon; empty where the scheme's own is meant. */
  port: string;
  path: string;
  /** With its question mark; empty without. */
  query: string;
}

const PARTS = /^([a-z0-9+.-]+:\/\/(?:[^/?]*@)?)(\[[^\]]*\]|[^:/?]+)(:\d+)?(\/[^?]*)(\?.*)?$/i;

/** The witnesses of a canonical URL; `url` is the kind. */
export function urlWitnesses(url: KindModule, value: string): Witnesses {
  const [, start = '', host = '', port = '', path = '', query = ''] = PARTS.exec(value) ?? [];
  const parts = { start, host, port, path, query };
  const { normal, port: number } = url.describe(value);
  const matches: Witness[] = [
    { text: value, about: 'the URL itself' },
    ...otherSpellings(parts, normal === true),
  ];
  return collectWitnesses(url, matches, [...otherRequests(parts), ...otherServers(parts, Number(number))]);
}

/** The URL with some parts changed. */
function changed(parts: UrlParts, change: Partial<UrlParts>): string {
  const { start, host, port, path, query } = { ...parts, ...change };
  return start + host + port + path + query;
}

/** Spellings of the same request. `normal`: nothing in the path is such that it is compared as it was sent. */
function otherSpellings(parts: UrlParts, normal: boolean): Witness[] {
  const spellings: Witness[] = [];
  const add = (about: string, change: Partial<UrlParts>) =>
    spellings.push({ text: changed(parts, change), about, where: 'wire' });
  if (describeHost(parts.host).host_kind === 'domain') {
    add('the host in upper case', { host: upperCase(parts.host) });
  }
  if (normal && /^https?:/.test(parts.start)) {
    add('a letter of the path percent-encoded', { path: parts.path.replace(/[a-z]/i, percentEncoded) });
  }
  return spellings;
}

/** Other requests to the same host. Letter case is no difference: some engines ignore it in paths. */
function otherRequests(parts: UrlParts): Witness[] {
  const { path, query } = parts;
  const requests: Witness[] = [
    { text: changed(parts, { path: `${path}x` }), about: 'a longer path' },
    { text: changed(parts, { path: otherEnd(path) }), about: 'another character at the end of the path' },
    { text: changed(parts, { query: query === '' ? '?x=1' : `${query}&x=1` }), about: 'a longer query' },
    { text: changed(parts, { path: '/', query: '' }), about: 'the host alone' },
  ];
  if (query === '') return requests;
  return [
    ...requests,
    { text: changed(parts, { query: '' }), about: 'the path without its query' },
    {
      text: changed(parts, { query: `x${query.slice(1)}` }),
      about: 'a letter in place of the question mark',
    },
  ];
}

/** The same request to other hosts and to another port. */
function otherServers(parts: UrlParts, port: number): Witness[] {
  const { host, host_kind } = describeHost(parts.host);
  const otherPort = port < 65535 ? port + 1 : port - 1;
  return [
    ...hostsBeside(host, host_kind).map(({ text, about }) => ({
      text: changed(parts, { host: text }),
      about,
    })),
    { text: changed(parts, { port: `:${otherPort}` }), about: 'another port' },
  ];
}

/** The path with its last letter or digit replaced, never one of an escape. */
function otherEnd(path: string): string {
  const withoutEscapes = path.replace(/%[0-9a-f]{2}/gi, '%%%');
  const last = withoutEscapes.search(/[a-z0-9][^a-z0-9]*$/i);
  if (last < 0) return path;
  const other = /x/i.test(path.charAt(last)) ? 'y' : 'x';
  return path.slice(0, last) + other + path.slice(last + 1);
}

function percentEncoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
}
