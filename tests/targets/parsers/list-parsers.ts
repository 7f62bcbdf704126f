/** The strict reader of each list target: of a file by its name and text. */

import { parseFeed } from './check-point.ts';
import { parseSecurityIntelligence } from './cisco-si.ts';
import { parseThreatFeed } from './fortios.ts';
import type { ParsedList } from './list-grammar.ts';
import { parsePlainList } from './lists.ts';
import { parseExternalDynamicList } from './pan-os.ts';
import { parseDestinations } from './umbrella.ts';

export type ListParser = (name: string, text: string) => ParsedList;

/** The type of a list, which stands behind the tier in its name. */
function typeOf<T>(name: string): T {
  return /^\w+-([a-z]+)/.exec(name)?.[1] as T;
}

export const LIST_PARSERS = {
  lists: parsePlainList,
  'pan-os': (name, text) => parseExternalDynamicList(typeOf(name), text),
  fortios: (name, text) => parseThreatFeed(typeOf(name), text),
  'cisco-si': (name, text) => parseSecurityIntelligence(typeOf(name), text),
  umbrella: (_, text) => parseDestinations(text),
  'check-point': (_, text) => {
    const { observables, problems } = parseFeed(text);
    return { entries: observables.map(({ value }) => value), problems };
  },
} satisfies Record<string, ListParser>;
