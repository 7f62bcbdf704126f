/** Digests, and identifiers made from them. */

import { hexDigest } from '../../digest/digest.ts';
import { uuid5 } from '../../identity/uuid.ts';
import { encodable } from '../languages/characters.ts';
import { type Helper, textArgument } from './helper.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The namespace that was asked for last: a build has one for nearly all its names. */
let last = '';

function derived(namespace: string, words: readonly unknown[]): string {
  if (namespace !== last && !UUID.test(namespace)) throw new RangeError(`\`${namespace}\` is not a UUID`);
  last = namespace;
  let name = textArgument(words[0]);
  for (let at = 1; at < words.length; at++) name += ` ${textArgument(words[at])}`;
  return uuid5(namespace, name);
}

export const DIGESTS: Readonly<Record<string, Helper>> = {
  md5: {
    about: 'The MD5 of the bytes, in hexadecimal.',
    params: [1, 1],
    run: (value) => hexDigest('md5', encodable(textArgument(value))),
  },
  uuid5: {
    about:
      'A UUID (version 5) of a namespace and a name, whose words are joined by blanks: `{{uuid5 publisher.namespace "report" key}}`.',
    params: [2, Number.POSITIVE_INFINITY],
    run: (namespace, ...words) => derived(textArgument(namespace), words),
  },
};
