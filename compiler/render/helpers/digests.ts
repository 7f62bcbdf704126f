/** Digests, and identifiers made from them. */

import { hexDigest } from '../../digest/digest.ts';
import { uuid5 } from '../../identity/uuid.ts';
import { utf8 } from '../languages/characters.ts';
import { type Helper, textArgument } from './helper.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function derived(namespace: string, words: readonly string[]): string {
  if (!UUID.test(namespace)) throw new RangeError(`\`${namespace}\` is not a UUID`);
  return uuid5(namespace, words.join(' '));
}

export const DIGESTS: Readonly<Record<string, Helper>> = {
  md5: {
    about: 'The MD5 of the bytes, in hexadecimal.',
    params: [1, 1],
    run: (value) => hexDigest('md5', utf8(textArgument(value))),
  },
  uuid5: {
    about:
      'A UUID (version 5) of a namespace and a name, whose words are joined by blanks: `{{uuid5 publisher.namespace "report" key}}`.',
    params: [2, Number.POSITIVE_INFINITY],
    run: (namespace, ...words) => derived(textArgument(namespace), words.map(textArgument)),
  },
};
