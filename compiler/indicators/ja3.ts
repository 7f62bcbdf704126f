/** JA3 and JA3S: MD5 digests of what a TLS client and a TLS server offer. */

import { readDigest } from './hex.ts';
import type { KindModule } from './kind.ts';
import { readPlain } from './refang.ts';
import { accept, refuseEmpty } from './result.ts';

function fingerprint(kind: 'ja3' | 'ja3s', title: string): KindModule {
  return {
    kind,
    title,
    parse(text) {
      const whole = readPlain(text);
      if (whole.text === '') return refuseEmpty();
      const digits = readDigest(whole, kind, { 32: 'MD5' });
      return typeof digits === 'string' ? accept(kind, digits) : digits;
    },
    fields: {},
    describe: () => ({}),
  };
}

export const ja3 = fingerprint('ja3', 'JA3 fingerprint of a TLS client');
export const ja3s = fingerprint('ja3s', 'JA3S fingerprint of a TLS server');
