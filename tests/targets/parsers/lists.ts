/** A strict reader of our own plain lists: what templates/lists/README.md promises of each file. */

import {
  addresses,
  type Check,
  email,
  hashOf,
  hostname,
  type ParsedList,
  parseList,
} from './list-grammar.ts';

const CHECKS: Readonly<Record<string, Check>> = {
  addresses,
  domains: hostname,
  'domains-exact': hostname,
  urls: (text) => (/^[a-z][a-z0-9+.-]*:\/\/[^/]+\/[^#\s]*$/.test(text) ? undefined : 'not a URL'),
  emails: email,
  md5: hashOf('md5'),
  sha1: hashOf('sha1'),
  sha256: hashOf('sha256'),
  sha512: hashOf('sha512'),
};

/** Reads `block-domains.txt` and the like; the name says what it lists. */
export function parsePlainList(name: string, text: string): ParsedList {
  const what = /^(?:block|watch)-(.+)\.txt$/.exec(name)?.[1] ?? '';
  const check = CHECKS[what];
  if (!check) return { entries: [], problems: [`${name} is no list of this target`] };
  return parseList(text, { check });
}
