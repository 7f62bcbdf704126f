/** Fingerprints of X.509 certificates: the digest of the whole certificate in DER. */

import { readDigest } from './hex.ts';
import type { KindModule, ParseResult } from './kind.ts';
import { type LiveText, readPlain } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';

const ALGORITHMS: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256' };

export const certificate: KindModule = {
  kind: 'certificate',
  title: 'Fingerprint of a certificate',
  parse(text) {
    const whole = readPlain(text);
    if (whole.text === '') return refuseEmpty();
    return /^[0-9a-f:]*:[0-9a-f:]*$/i.test(whole.text) ? readColons(whole) : readPlainDigits(whole);
  },
  fields: { algorithm: '`sha1` or `sha256`', colons: 'the digits with a colon after every second one' },
  describe: (value) => ({
    algorithm: ALGORITHMS[value.length] as string,
    colons: (value.match(/../g) ?? []).join(':'),
  }),
};

function readPlainDigits(whole: LiveText): ParseResult {
  const digits = readDigest(whole, 'certificate', ALGORITHMS);
  return typeof digits === 'string' ? accept('certificate', digits) : digits;
}

function readColons(whole: LiveText): ParseResult {
  let start = 0;
  for (const pair of whole.text.split(':')) {
    if (pair.length !== 2) {
      return refuse('RF327', `${quote(whole)} has ${pair.length} digits between two colons, not 2`, {
        label: `${pair.length} digits`,
        at: whole.span(Math.max(start - 1, 0), start + pair.length),
      });
    }
    start += 3;
  }
  const digits = whole.text.replaceAll(':', '').toLowerCase();
  if (ALGORITHMS[digits.length] !== undefined) return accept('certificate', digits);
  return refuse(
    'RF324',
    `${quote(whole)} has ${digits.length} hexadecimal digits, not 40 (sha1) or 64 (sha256)`,
    {
      label: `${digits.length} digits`,
      at: whole.span(),
    },
  );
}
