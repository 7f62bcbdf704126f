/** JA4 fingerprints of TLS clients (FoxIO's technical details of JA4). */

import type { KindModule } from './kind.ts';
import { readPlain } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
import { refuseWrongKind } from './wrong-kind.ts';

/**
 * Transport, TLS version, SNI or not, two digits each for ciphers and extensions, first and last character of the ALPN;
 * then twelve digits of the hash of the ciphers and twelve of the extensions.
 */
const JA4 = /^[tqd](?:1[0-3]|s[123]|d[123]|00)[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/;
const TRANSPORTS: Readonly<Record<string, string>> = { t: 'tcp', q: 'quic', d: 'dtls' };

export const ja4: KindModule = {
  kind: 'ja4',
  title: 'JA4 fingerprint of a TLS client',
  parse(text) {
    const whole = readPlain(text);
    if (whole.text === '') return refuseEmpty();
    const value = whole.text.toLowerCase();
    if (JA4.test(value)) return accept('ja4', value);
    return (
      refuseWrongKind(whole, 'ja4') ??
      refuse('RF326', `${quote(whole)} is not a JA4 fingerprint`, { at: whole.span() })
    );
  },
  fields: { transport: '`tcp`, `quic` or `dtls`' },
  describe: (value) => ({ transport: TRANSPORTS[value.charAt(0)] as string }),
};
