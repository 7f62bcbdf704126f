/** One mail handed over by SMTP (RFC 5321), with an attachment or without (RFC 2045, RFC 2183). */

import { utf8 } from './bytes.ts';
import type { Message } from './message.ts';

/** A mail and its envelope. */
export interface Mail {
  /** The addresses of the envelope, without angle brackets. */
  envelope: { from: string; to: string };
  /** The value of the `From` header. */
  from: string;
  /** The value of the `To` header. */
  to: string;
  attachment?: { name: string; content: Uint8Array };
}

const BOUNDARY = '=_part';

/** The whole session, from the server's greeting to the client's goodbye. */
export function smtpSession(mail: Mail): Message[] {
  return [
    said('server', '220 mail.invalid ESMTP'),
    said('client', 'EHLO client.invalid'),
    said('server', '250 mail.invalid'),
    said('client', `MAIL FROM:<${mail.envelope.from}>`),
    said('server', '250 OK'),
    said('client', `RCPT TO:<${mail.envelope.to}>`),
    said('server', '250 OK'),
    said('client', 'DATA'),
    said('server', '354 Go ahead'),
    said('client', ...content(mail), '.'),
    said('server', '250 OK'),
    said('client', 'QUIT'),
    said('server', '221 Bye'),
  ];
}

function said(from: 'client' | 'server', ...lines: readonly string[]): Message {
  return { from, data: utf8(lines.map((line) => `${line}\r\n`).join('')) };
}

function content({ from, to, attachment }: Mail): string[] {
  const head = [`From: ${from}`, `To: ${to}`, 'Subject: Hello', 'MIME-Version: 1.0'];
  const text = ['Content-Type: text/plain', '', 'Hello.'];
  if (!attachment) return [...head, ...text];
  const name = quoted(attachment.name);
  return [
    ...head,
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    ...text,
    `--${BOUNDARY}`,
    `Content-Type: application/octet-stream; name=${name}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename=${name}`,
    '',
    ...base64Lines(attachment.content),
    `--${BOUNDARY}--`,
  ];
}

/** A quoted string (RFC 5322, 3.2.4). HTTP writes them alike. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** RFC 2045, 6.8: lines of at most 76 characters. */
function base64Lines(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  );
}
