/** What policy accepts, as refang.yaml says it: for an effect, or for one target. */

import * as z from 'zod/mini';
import type { Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { SEVERITIES, type Severity, STATUSES, type Status, TLPS, type Tlp } from '../indicators/context.ts';
import { KINDS, type Kind } from '../indicators/kind.ts';
import { confidence, oneOrList, optional } from './schema-parts.ts';
import { type Node, spanOf } from './yaml-tree.ts';

/** By kind: for how many days an indicator is valid that does not say until when. */
export type Lifetimes = Readonly<Partial<Record<Kind, number>>>;

/** By listed severity: the one that rules carry. `historical`: the highest that those of historical indicators carry. */
export type SeverityMap = Readonly<Partial<Record<Severity | 'historical', Severity>>>;

/** What an effect or a target accepts; what is left out stays as it is without. */
export interface PolicySetting {
  status?: readonly Status[];
  /** The least confidence, 0 to 100. */
  confidence?: number;
  /** The strictest TLP. */
  tlp?: Tlp;
  lifetimes?: Lifetimes;
  severity?: SeverityMap;
}

/** A policy, with where its keys stand: by `tlp`, `lifetimes.ip` … */
export interface PlacedPolicy {
  says: PolicySetting;
  places: ReadonlyMap<string, Span>;
}

/** A hundred years: what lives longer has no end. */
const LONGEST_LIFETIME = 36_500;

/** The format of a policy. */
export const policySchema = z.strictObject({
  status: optional(
    oneOrList(z.enum(STATUSES)),
    'Status',
    'The statuses that are taken. What is revoked goes to targets that can say so, and to no other.',
  ),
  confidence: optional(confidence, 'Confidence', 'The least confidence, from 0 to 100.'),
  tlp: optional(z.enum(TLPS), 'TLP', 'The strictest TLP that is taken.'),
  lifetimes: optional(
    z.partialRecord(z.enum(KINDS), z.int().check(z.gte(1), z.lte(LONGEST_LIFETIME))),
    'Lifetimes',
    'By kind, such as `{ip: 30, domain: 365}`: for how many days an indicator without `expires` is valid after the day it was last seen, else first seen, else first reported. Default: without end.',
  ),
  severity: optional(
    z.partialRecord(z.enum([...SEVERITIES, 'historical']), z.enum(SEVERITIES)),
    'Severity',
    'By listed severity, such as `{critical: high}`: the one that rules carry. `historical`: the highest for historical indicators. Default: `{historical: low}`.',
  ),
});

/** What `policySchema` lets through, with lists where one word may stand for a list, and without keys that are undefined. */
export function policySetting(said: z.infer<typeof policySchema>): PolicySetting {
  const whole = { ...said, status: said.status === undefined ? undefined : [said.status].flat() };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
}

/** A policy that was checked, with its places. */
export function placedPolicy(file: SourceFile, node: Node | undefined, says: PolicySetting): PlacedPolicy {
  const places = new Map<string, Span>();
  const visit = (map: Node | undefined, prefix: string) => {
    for (const { key, value } of map?.type === 'map' ? map.entries : []) {
      places.set(prefix + key.text, spanOf(file, key));
      visit(value, `${prefix}${key.text}.`);
    }
  };
  visit(node, '');
  return { says, places };
}
