/** HTTP/1.1 requests and responses (RFC 9112). Texts go on the wire as they are, in UTF-8. */

import { concat, utf8 } from './bytes.ts';
import type { Message } from './message.ts';

/** Written `name: value`. */
export type Header = readonly [name: string, value: string];

/** A GET request for `target`, with these headers in their order, and a response with these and a body. */
export function httpExchange(
  request: { target: string; headers: readonly Header[] },
  response: { headers: readonly Header[]; body: Uint8Array },
): Message[] {
  const length: Header = ['Content-Length', String(response.body.length)];
  return [
    { from: 'client', data: utf8(`GET ${request.target} HTTP/1.1\r\n${lines(request.headers)}\r\n`) },
    {
      from: 'server',
      data: concat(utf8(`HTTP/1.1 200 OK\r\n${lines([...response.headers, length])}\r\n`), response.body),
    },
  ];
}

function lines(headers: readonly Header[]): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}
