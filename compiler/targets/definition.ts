/** What a target is, as its `target.yaml` says. */

import type { Kind } from '../indicators/kind.ts';
import type { RawTargetDefinition } from './schema.ts';

export const EFFECTS = ['detect', 'hunt', 'block', 'share'] as const;
export type Effect = (typeof EFFECTS)[number];

export const TIERS = ['block', 'watch'] as const;
export type Tier = (typeof TIERS)[number];

export interface Take {
  where?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  otherwise?: string;
}

/** A collection of entries that a template runs through with one top-level `{{#each}}`. */
export interface Pass {
  name: string;
  takes: ReadonlyMap<Kind, Take>;
  subdomains: boolean;
  networks: boolean;
  grouped: boolean;
  pack: { count?: number; bytes?: number } | undefined;
  merge: boolean;
  tier: Tier | undefined;
  above: number;
  upto: number;
  approximates: string | undefined;
  minLength: number;
  maxBytes: number;
  /** A regular expression: of lines in which it finds the same, letter case aside, only the first is written. */
  distinct: string | undefined;
  /** Entries have an id and a revision, where the target has them. */
  identity: boolean;
}

export interface Output {
  file: string;
  template: string;
  each: string | undefined;
  passes: readonly Pass[];
}

export type OptionValue = string | number | boolean | readonly [number, number];

export interface OptionDefinition {
  about: string;
  type: 'text' | 'number' | 'flag' | 'range';
  default: OptionValue;
  enum?: readonly OptionValue[];
  pattern?: string;
}

export interface TargetDefinition {
  title: string;
  about: string;
  effect: Effect;
  syntax: string | { escape: Readonly<Record<string, string>>; refuse?: string };
  docs: string | undefined;
  identity: 'sid' | 'uuid' | undefined;
  /** Empty for a target without tiers. */
  tiers: readonly Tier[];
  check: string | undefined;
  options: Readonly<Record<string, OptionDefinition>>;
  unsupported: Readonly<Partial<Record<Kind, string>>>;
  outputs: readonly Output[];
}

function passFrom(
  passName: string,
  raw: NonNullable<RawTargetDefinition['outputs'][number]['passes']>[string],
): Pass {
  const takes = new Map<Kind, Take>();
  if (Array.isArray(raw.takes)) for (const kind of raw.takes) takes.set(kind, {});
  else for (const [kind, narrowed] of Object.entries(raw.takes)) takes.set(kind as Kind, narrowed as Take);
  return {
    name: passName,
    takes,
    subdomains: raw.subdomains,
    networks: raw.networks,
    grouped: raw.group === 'context',
    pack: raw.pack as Pass['pack'],
    merge: raw.merge,
    tier: raw.tier,
    above: raw.above ?? 0,
    upto: raw.upto ?? Number.POSITIVE_INFINITY,
    approximates: raw.approximates,
    minLength: raw.min_length ?? 0,
    maxBytes: raw.max_bytes ?? Number.POSITIVE_INFINITY,
    distinct: raw.distinct,
    identity: raw.identity,
  };
}

/** A checked `target.yaml` in the form the compiler works on. */
export function definitionFrom(raw: RawTargetDefinition): TargetDefinition {
  return {
    title: raw.title,
    about: raw.about,
    effect: raw.effect,
    syntax: raw.syntax as TargetDefinition['syntax'],
    docs: raw.docs,
    identity: raw.identity,
    tiers: raw.tiers ?? [],
    check: raw.check,
    options: (raw.options ?? {}) as TargetDefinition['options'],
    unsupported: (raw.unsupported ?? {}) as TargetDefinition['unsupported'],
    outputs: raw.outputs.map((each) => ({
      file: each.file,
      template: each.template,
      each: each.each,
      passes: Object.entries(each.passes ?? {}).map(([passName, rawPass]) => passFrom(passName, rawPass)),
    })),
  };
}
