/** Digests, and identifiers made from them. */

import { hexDigest } from '../../digest/digest.ts';
import { uuid5 } from '../../identity/uuid.ts';
import { encodable } from '../languages/characters.ts';
import { type Helper, textArgument } from './helper.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What was asked for last: a build has one namespace for nearly all its names, and what many entries share is asked
 * for again and again.
 */
let last = { namespace: '', name: '', uuid: '' };

function derived(namespace: string, words: readonly unknown[]): string {
  let name = textArgument(words[0]);
  for (let at = 1; at < words.length; at++) name += ` ${textArgument(words[at])}`;
  const isSame = namespace === last.namespace;
  if (isSame && name === last.name) return last.uuid;
  if (!isSame && !UUID.test(namespace)) throw new RangeError(`\`${namespace}\` is not a UUID`);
  last = { namespace, name, uuid: uuid5(namespace, name) };
  return last.uuid;
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
