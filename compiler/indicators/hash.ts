/** Hashes of files. The number of digits tells the algorithm. */

import { readDigest } from './hex.ts';
import type { KindModule } from './kind.ts';
import { readPlain } from './refang.ts';
import { accept, refuseEmpty } from './result.ts';

const ALGORITHMS: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' };

export const hash: KindModule = {
  kind: 'hash',
  title: 'Hash of a file',
  parse(text) {
    const whole = readPlain(text);
    if (whole.text === '') return refuseEmpty();
    const digits = readDigest(whole, 'hash', ALGORITHMS);
    return typeof digits === 'string' ? accept('hash', digits) : digits;
  },
  fields: { algorithm: '`md5`, `sha1`, `sha256` or `sha512`' },
  describe: (value) => ({ algorithm: ALGORITHMS[value.length] as string }),
};
