/** What `refang.yaml` says of guards: the lists, and how much a rule may cover. */

import * as z from 'zod/mini';
import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { coreValue } from './plain.ts';
import { once, oneOrList, optional, text, titled } from './schema-parts.ts';
import { entryOf, type MapNode, spanOf } from './yaml-tree.ts';

/** A path or glob of lists. */
export interface GuardSetting {
  /** Relative to the settings' folder. */
  pattern: string;
  /** A list of the user's own, and not one in the format of the MISP warning lists. */
  own: boolean;
  /** Where it stands. */
  span: Span;
}

/** How much of the internet rules may cover (IPv4 addresses, or /64 networks of IPv6), and how much a build may take away. */
export interface Limits {
  /** The most that one indicator may. */
  blastRadius: number;
  /** The most that all networks of one blocking target may together. */
  addresses: number;
  /** The share of what a target says, from 0 to 1, that one build may take away. */
  shrink: number;
}

export const DEFAULT_LIMITS: Limits = { blastRadius: 65_536, addresses: 16_777_216, shrink: 0.3 };

export const guardsSchema = once(() =>
  optional(
    oneOrList(
      z.union([
        text,
        z.strictObject({
          allow: titled(
            text,
            'Allow',
            'The path or glob of a list of your own: domains, networks and addresses, one a line.',
          ),
        }),
      ]),
    ),
    'Guards',
    'Paths or globs of lists in the format of the MISP warning lists, and lists of your own. Default: none.',
  ),
);

export const limitsSchema = once(() => {
  const count = z.int().check(z.gte(1));
  return optional(
    z.strictObject({
      blast_radius: optional(
        count,
        'Blast radius',
        'The most addresses that one network may hold; in IPv6 a /64 counts as one. Default: 65536.',
      ),
      addresses: optional(
        count,
        'Addresses',
        'The most addresses that all networks of a blocking target may hold together. Default: 16777216.',
      ),
      shrink: optional(
        z.number().check(z.gte(0), z.lte(1)),
        'Shrink',
        'The share of the indicators that a target says, from 0 to 1, that one build may take away; more needs `--allow-shrink`. Default: 0.3.',
      ),
    }),
    'Limits',
    'How much of the internet rules may cover, and how much a build may take away.',
  );
});

/** The lists that the settings name. */
export function guardsOf(file: SourceFile, root: MapNode): GuardSetting[] {
  const node = entryOf(root, 'guards')?.value;
  const items = node === undefined ? [] : node.type === 'seq' ? node.items : [node];
  return items.map((item) => {
    const own = item.type === 'map' ? entryOf(item, 'allow')?.value : undefined;
    const path = own ?? item;
    return { pattern: String(coreValue(path)), own: own !== undefined, span: spanOf(file, path) };
  });
}
