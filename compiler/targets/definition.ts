/** What a target is, as its `target.yaml` says. */

import type { Kind } from '../indicators/kind.ts';
import type { RawTargetDefinition } from './schema.ts';

/** What a product does with a target's files: alert, look back, enforce, hand on. */
export const EFFECTS = ['detect', 'hunt', 'block', 'share'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Strictest first: what policy keeps from `block` is only watched. */
export const TIERS = ['block', 'watch'] as const;
export type Tier = (typeof TIERS)[number];

/** How much of a kind a pass takes: all of it, or values with certain fields. */
export interface Take {
  /** Fields of the kind, each with the values that the pass can say. */
  where?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  /** Why other values cannot be said. */
  otherwise?: string;
}

/** A collection of entries that a template runs through with one top-level `{{#each}}`. */
export interface Pass {
  name: string;
  takes: ReadonlyMap<Kind, Take>;
  /** Its rules match all names below a listed domain. */
  subdomains: boolean;
  /** Its rules match all addresses of a listed network. */
  networks: boolean;
  /** One entry for all indicators of a context, instead of one each. */
  grouped: boolean;
  /** The most that one group holds: indicators, and bytes of their values. */
  pack: { count?: number; bytes?: number } | undefined;
  /** Entries are disjoint intervals of addresses. */
  merge: boolean;
  tier: Tier | undefined;
  /** Used only for more indicators than `above` and at most `upto`. */
  above: number;
  upto: number;
  /** What it can only say nearly; undefined for a pass that is exact. */
  approximates: string | undefined;
  /** The least length of a value, in UTF-16 code units. */
  minLength: number;
  /** The most bytes of a value. */
  maxBytes: number;
  /** A regular expression: of lines in which it finds the same, letter case aside, only the first is written. */
  distinct: string | undefined;
  /** Entries have an id and a revision, where the target has them. */
  identity: boolean;
}

/** A file that is written, or one for each rule of a pass. */
export interface Output {
  /** Below the target's folder; with `each` a template. */
  file: string;
  /** The name of the template's file. */
  template: string;
  /** The pass of which each rule is a file of its own. */
  each: string | undefined;
  passes: readonly Pass[];
}

/** A value of an option; a range is its first and last number. */
export type OptionValue = string | number | boolean | readonly [number, number];

/** An option that refang.yaml may set. */
export interface OptionDefinition {
  about: string;
  type: 'text' | 'number' | 'flag' | 'range';
  default: OptionValue;
  enum?: readonly OptionValue[];
  pattern?: string;
}

/** A whole `target.yaml`, as the compiler works on it. */
export interface TargetDefinition {
  title: string;
  about: string;
  effect: Effect;
  syntax: string | { escape: Readonly<Record<string, string>>; refuse?: string };
  docs: string | undefined;
  /** What its rules are known by; undefined for lists. */
  identity: 'sid' | 'uuid' | undefined;
  /** Empty for a target without tiers. */
  tiers: readonly Tier[];
  /** The name of the engine that judges the files. */
  check: string | undefined;
  options: Readonly<Record<string, OptionDefinition>>;
  /** Why a kind cannot be said. */
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
