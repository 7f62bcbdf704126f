/**
 * URLs. Scheme and host become canonical; path and query stay as written, since detection compares the bytes of the
 * request: nothing is decoded or resolved here, and only what no request can carry, what is not ASCII, is encoded.
 */

import { refuseInvisible } from './hostname.ts';
import type { KindModule, ParseNote, ParseResult, Refused } from './kind.ts';
import { describeHost, readHost, readPort, refusePort } from './read-host.ts';
import { type LiveText, readLive, readPlain } from './refang.ts';
import { accept, codePoint, quote, refuse, refuseEmpty } from './result.ts';
import { urlWitnesses } from './url-witnesses.ts';
import { plainKind } from './wrong-kind.ts';

/** The ports of the schemes that leave them out. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  ws: 80,
  wss: 443,
};

export const url: KindModule = {
  kind: 'url',
  title: 'URL',
  parse(text) {
    const whole = readUrlText(text);
    if (whole.text === '') return refuseEmpty();
    const refused = refuseSpace(whole) ?? refuseInvisible(whole);
    if (refused) return refused;
    const pieces = splitUrl(whole.text);
    return pieces ? readPieces(whole, pieces) : refuseWithoutScheme(whole);
  },
  fields: {
    scheme: 'the scheme in lower case, such as `https`',
    host: 'the domain name or address, without brackets',
    host_kind: 'what the host is: `domain`, `ip4` or `ip6`',
    port: 'the port that is connected to; 0 where the scheme has no port of its own and none is given',
    port_given: 'whether the URL names its port',
    userinfo: 'what stands before `@` in front of the host; empty without it',
    path: 'the path as written, at least `/`',
    query: 'the query as written, without its `?`; empty without it',
    path_query: 'path and query as written, as they stand in a request',
    decoded: 'path and query, percent-decoded once; escapes that are not UTF-8 stay',
    encoded: 'whether decoding changes path or query',
    normal:
      'whether path and query have nothing that servers rewrite: no escapes, no `//`, `/.` or `\\` in the path',
    escapes: 'whether path or query have a `%`',
    is_folder: 'whether path and query end in `/`, so that what begins with the URL is all below it',
    wildcard: 'whether path or query have `*` or `^`, which products may read as wildcards',
  },
  describe(value) {
    const pieces = splitUrl(value);
    if (!pieces) throw new RangeError(`not a canonical URL: ${value}`);
    const piece = ({ start, end }: Piece): string => value.slice(start, end);
    const path_query = piece(pieces.request);
    const question = path_query.indexOf('?');
    const path = question < 0 ? path_query : path_query.slice(0, question);
    const scheme = piece(pieces.scheme);
    const { host, host_kind } = describeHost(piece(pieces.host));
    const escapes = path_query.includes('%');
    const decoded = escapes ? percentDecoded(path_query) : path_query;
    return {
      scheme,
      host,
      host_kind,
      port: pieces.port ? Number(piece(pieces.port)) : (DEFAULT_PORTS[scheme] ?? 0),
      port_given: pieces.port !== undefined,
      userinfo: pieces.userinfo ? piece(pieces.userinfo) : '',
      path,
      query: path_query.slice(path.length + 1),
      path_query,
      decoded,
      encoded: decoded !== path_query,
      normal: !escapes && !(path.includes('//') || path.includes('/.') || path.includes('\\')),
      escapes,
      is_folder: path_query.endsWith('/'),
      wildcard: path_query.includes('*') || path_query.includes('^'),
    };
  },
  witnesses: (value) => urlWitnesses(url, value),
};

/** RFC 3986, 3.1. */
const SCHEME = /^[a-z][a-z0-9+.-]*$/i;

/** A stretch of a URL. */
interface Piece {
  start: number;
  end: number;
}

/** Where the pieces of a URL are (RFC 3986, 3). */
interface UrlPieces {
  scheme: Piece;
  userinfo: Piece | undefined;
  host: Piece;
  port: Piece | undefined;
  /** Path and query. */
  request: Piece;
  fragment: Piece | undefined;
}

/** Brackets that no live URL has, wherever they stand. */
const SURELY_DEFANGED = /\[\s{0,4}(?:\.|@|:|:\/\/)\s{0,4}\]/;

/** A URL whose scheme and host are live was not defanged: `/x(at)y` in its path means itself. */
function readUrlText(text: string): LiveText {
  const live = readLive(text);
  const plain = readPlain(text);
  if (live.text === plain.text || SURELY_DEFANGED.test(text)) return live;
  const host = splitUrl(plain.text)?.host;
  return host && live.text.startsWith(plain.text.slice(0, host.end)) ? plain : live;
}

/** Finds the pieces of a URL; undefined without a scheme and `//`. */
function splitUrl(text: string): UrlPieces | undefined {
  const scheme = text.indexOf('://');
  if (scheme < 0 || !SCHEME.test(text.slice(0, scheme))) return undefined;
  const hash = text.indexOf('#');
  const end = hash < 0 ? text.length : hash;
  const start = scheme + 3;
  const [slash, query] = [text.indexOf('/', start), text.indexOf('?', start)];
  const requestStart = Math.min(end, slash < 0 ? end : slash, query < 0 ? end : query);
  const authority = text.slice(start, requestStart);
  const hostStart = start + authority.lastIndexOf('@') + 1;
  const colon = authority.lastIndexOf(':');
  const bracket = authority.lastIndexOf(']');
  const unclosed = bracket < 0 && text.charAt(hostStart) === '[';
  const hasPort = colon > bracket && start + colon >= hostStart && !unclosed;
  const hostEnd = hasPort ? start + colon : requestStart;
  return {
    scheme: { start: 0, end: scheme },
    userinfo: hostStart > start ? { start, end: hostStart - 1 } : undefined,
    host: { start: hostStart, end: hostEnd },
    port: hasPort && hostEnd + 1 < requestStart ? { start: hostEnd + 1, end: requestStart } : undefined,
    request: { start: requestStart, end },
    fragment: hash < 0 ? undefined : { start: hash, end: text.length },
  };
}

function readPieces(whole: LiveText, pieces: UrlPieces): ParseResult {
  const piece = ({ start, end }: Piece): LiveText => whole.slice(start, end);
  const scheme = piece(pieces.scheme).text.toLowerCase();
  if (pieces.host.start === pieces.host.end) {
    return refuse('RF320', `${quote(whole)} has no host`, { at: whole.span(0, pieces.host.end) });
  }
  const host = readHost(piece(pieces.host));
  if ('ok' in host) return host;
  let port = '';
  if (pieces.port) {
    const number = readPort(piece(pieces.port).text);
    if (number === undefined) return refusePort(whole, piece(pieces.port));
    if (number !== DEFAULT_PORTS[scheme]) port = `:${number}`;
  }
  const userinfo = pieces.userinfo ? `${asciiOnly(piece(pieces.userinfo).text)}@` : '';
  const request = asciiOnly(piece(pieces.request).text);
  const value = `${scheme}://${userinfo}${host.text}${port}${request.startsWith('/') ? '' : '/'}${request}`;
  return accept('url', value, [...host.notes, ...fragmentNotes(whole, pieces.fragment)]);
}

/** Percent-encodes what is not ASCII as UTF-8, as every client does before it sends a URL. */
function asciiOnly(text: string): string {
  return text.toWellFormed().replace(/[^\x00-\x7f]+/g, encodeURIComponent);
}

function fragmentNotes(whole: LiveText, fragment: Piece | undefined): ParseNote[] {
  if (!fragment) return [];
  const dropped = whole.slice(fragment.start, fragment.end);
  return [{ code: 'RF322', message: `the fragment ${quote(dropped)} is never sent and was dropped` }];
}

function refuseSpace(whole: LiveText): Refused | undefined {
  const found = /[\s\p{Cc}]/u.exec(whole.text);
  if (!found) return undefined;
  const shown = found[0] === ' ' ? 'a space' : `the character ${codePoint(found[0])}`;
  return refuse('RF321', `${quote(whole)} holds ${shown}`, {
    label: 'write it percent-encoded',
    at: whole.span(found.index, found.index + 1),
  });
}

function refuseWithoutScheme(whole: LiveText): Refused {
  const kind = plainKind(whole.text);
  return refuse('RF320', `${quote(whole)} has no scheme`, {
    label: 'no scheme',
    help:
      kind === undefined || kind === 'file_path'
        ? 'write `http://` or `https://` in front'
        : `write \`http://\` or \`https://\` in front, or use \`${kind}:\``,
    at: whole.span(),
  });
}

/** Decodes each run of `%xx` as UTF-8, once; what is not UTF-8 or not hexadecimal stays. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    let decoded = '';
    for (let at = 0; at < run.length; ) {
      const character = utf8At(run, at);
      decoded += character?.text ?? run.slice(at, at + 3);
      at += character?.length ?? 3;
    }
    return decoded;
  });
}

/** The one character encoded at an offset of a run of `%xx`: up to four bytes. */
function utf8At(run: string, at: number): { text: string; length: number } | undefined {
  for (let length = 3; length <= 12 && at + length <= run.length; length += 3) {
    try {
      return { text: decodeURIComponent(run.slice(at, at + length)), length };
    } catch {
      // Not a whole character yet, or none at all.
    }
  }
  return undefined;
}
