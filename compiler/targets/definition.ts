/** What a target is, as its `target.yaml` says. */

import type { Tlp } from '../indicators/context.ts';
import type { Kind } from '../indicators/kind.ts';
import type { RawTargetDefinition } from './schema.ts';

/** What a product does with a target's files: alert, look back, enforce, hand on. */
export const EFFECTS = ['detect', 'hunt', 'block', 'share'] as const;
export type Effect = (typeof EFFECTS)[number];

/** Strictest first: what policy keeps from `block` is only watched. */
export const TIERS = ['block', 'watch'] as const;
export type Tier = (typeof TIERS)[number];

/** What makes indicators one entry: a shared context, one severity and status, or a report or an actor that they name. */
export const GROUPINGS = ['context', 'rating', 'report', 'actor'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a group by rating is split by: how many labels its names have. */
export const SPLITS = ['labels'] as const;
export type Split = (typeof SPLITS)[number];

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
  /** One entry for all indicators that have this in common, instead of one each. */
  group: Grouping | undefined;
  /** The pass whose ids the members of a group carry. */
  refers: string | undefined;
  /** The pass whose rules have the texts that decide the revisions of its own. */
  revision: string | undefined;
  /** The most that one group holds: indicators, and bytes of their values. */
  pack: { count?: number; bytes?: number } | undefined;
  /** What all members of a group have alike, beside what groups them. */
  split: Split | undefined;
  /** Entries are disjoint intervals of addresses. */
  merge: boolean;
  /** Undefined for all tiers. */
  tier: Tier | undefined;
  /** Whether it takes revoked indicators too. */
  revoked: boolean;
  /** How many lines an entry counts for the limit of its output. */
  lines: number;
  /** Used only for more indicators than `above` and at most `upto`. */
  above: number;
  upto: number;
  /** The pass whose indicators `above` and `upto` count; its own without. */
  counts: string | undefined;
  /** What is lost where there are more than `upto`, for people. */
  beyond: string | undefined;
  /** What it can only say nearly; undefined for a pass that is exact. */
  approximates: string | undefined;
  /** For a pass that matches more than its indicators: the word of the settings that allows it. */
  approximation: string | undefined;
  /** The least length of a value, in UTF-16 code units. */
  minLength: number;
  /** The most bytes of a value. */
  maxBytes: number;
  /** A regular expression: of lines in which it finds the same, letter case aside, only the first is written. */
  distinct: string | undefined;
  /** Entries have an id and a revision, where the target has them. */
  identity: boolean;
}

/** A built-in language by its name, or a table of escapes. */
export type Syntax = string | { escape: Readonly<Record<string, string>>; refuse?: string };

/** A file that is written, or one for each rule of a pass. */
export interface Output {
  /** Below the target's folder; a template where the output has several files. */
  file: string;
  /** The name of the template's file. */
  template: string;
  syntax: Syntax;
  /** The pass of which each rule is a file of its own. */
  each: string | undefined;
  /** The tier of an output that is written once for each. */
  tier: Tier | undefined;
  /** The most entries of one file; undefined for one file of any size. */
  partEntries: number | undefined;
  /**
   * The most that all passes and parts hold: lines of entries, and bytes of values with three more a line; or the options
   * that tell how many.
   */
  limit: { entries: number | string; bytes: number | string } | undefined;
  /** Whether the lock counts the revisions of its files. */
  serial: boolean;
  /** How it is written what changed since another build; undefined where the product takes whole files alone. */
  delta: 'lines' | DeltaOutput | undefined;
  passes: readonly Pass[];
}

/** A file of changes: an output whose passes hold what came and what went. */
export interface DeltaOutput {
  output: Output;
  /** Merged addresses are compared as networks. */
  cidrs: boolean;
}

/** What the passes of a file of changes are called, by that of the output. */
export const DELTA_PREFIXES = { removed: 'removed_', added: 'added_' } as const;

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
  /** Of outputs that say no other. */
  syntax: Syntax;
  docs: string | undefined;
  /** What its rules are known by; undefined for lists. */
  identity: 'sid' | 'uuid' | undefined;
  /** Empty for a target without tiers. */
  tiers: readonly Tier[];
  /** The most indicators that all files together say; or the name of the option that tells it. */
  mostIndicators: number | string;
  /** The strictest TLP that the files may carry. */
  tlp: Tlp;
  /** Whether revoked indicators are passed on, in one file at least. */
  revoked: boolean;
  /** The names of the engines that judge the files. */
  check: readonly string[];
  /** The published schema or strict parser that tests hold the files against. */
  checkedBy: string | undefined;
  /** What nothing has checked. */
  unchecked: string | undefined;
  options: Readonly<Record<string, OptionDefinition>>;
  /** Why a kind cannot be said, or all others. */
  unsupported: Readonly<Partial<Record<Kind | 'others', string>>>;
  outputs: readonly Output[];
}

/** Whether the lock has lines of a target: of its rules, or of its files. */
export function hasLockLines({ identity, outputs }: TargetDefinition): boolean {
  return identity !== undefined || outputs.some(({ serial }) => serial);
}

type RawOutput = RawTargetDefinition['outputs'][number];
type RawPass = NonNullable<RawOutput['passes']>[string];

function passFrom(name: string, raw: RawPass, { tier, revoked }: Pick<Pass, 'tier' | 'revoked'>): Pass {
  const takes = new Map<Kind, Take>();
  if (Array.isArray(raw.takes)) for (const kind of raw.takes) takes.set(kind, {});
  else for (const [kind, narrowed] of Object.entries(raw.takes)) takes.set(kind as Kind, narrowed as Take);
  return {
    name,
    takes,
    subdomains: raw.subdomains,
    networks: raw.networks,
    group: raw.group,
    refers: raw.refers,
    revision: raw.revision,
    pack: raw.pack as Pass['pack'],
    split: raw.split,
    merge: raw.merge,
    tier: raw.tier ?? tier,
    revoked,
    lines: raw.lines ?? 1,
    above: raw.above ?? 0,
    upto: raw.upto ?? Number.POSITIVE_INFINITY,
    counts: raw.counts,
    beyond: raw.beyond,
    approximates: raw.approximates,
    approximation: raw.approximation,
    minLength: raw.min_length ?? 0,
    maxBytes: raw.max_bytes ?? Number.POSITIVE_INFINITY,
    distinct: raw.distinct,
    identity: raw.identity,
  };
}

function outputFrom(raw: RawOutput, target: RawTargetDefinition, tier: Tier | undefined): Output {
  const { entries = Number.POSITIVE_INFINITY, bytes = Number.POSITIVE_INFINITY } = raw.limit ?? {};
  const output: Output = {
    file: raw.file,
    template: raw.template,
    syntax: (raw.syntax ?? target.syntax) as Syntax,
    each: raw.each,
    tier,
    partEntries: raw.parts?.entries,
    limit: raw.limit && { entries, bytes },
    serial: raw.serial,
    delta: undefined,
    passes: Object.entries(raw.passes ?? {}).map(([name, pass]) =>
      passFrom(name, pass, { tier, revoked: raw.revoked ?? target.revoked }),
    ),
  };
  const { delta } = raw;
  return { ...output, delta: typeof delta === 'object' ? deltaFrom(output, delta) : delta };
}

type RawDelta = Exclude<NonNullable<RawOutput['delta']>, 'lines'>;

function deltaFrom(output: Output, { file, template, cidrs }: RawDelta): DeltaOutput {
  const passes = output.passes.flatMap((pass) =>
    Object.values(DELTA_PREFIXES).map((prefix) => ({ ...pass, name: prefix + pass.name, identity: false })),
  );
  return { output: { ...output, file, template, each: undefined, serial: false, passes }, cidrs };
}

/** All that templates write: the outputs, and their files of changes. */
export function writtenOutputs({ outputs }: Pick<TargetDefinition, 'outputs'>): Output[] {
  return outputs.flatMap((output) =>
    typeof output.delta === 'object' ? [output, output.delta.output] : [output],
  );
}

/**
 * The pass whose indicators decide whether a pass is used: itself, or the one of its tier that `counts` names, if
 * there is one.
 */
export function countedBy(pass: Pass, passes: Iterable<Pass>): Pass | undefined {
  if (pass.counts === undefined) return pass;
  for (const other of passes) if (other.name === pass.counts && other.tier === pass.tier) return other;
  return undefined;
}

/** Whether an output has several files, so that its `file` is a template. */
export function hasSeveralFiles({ each, tier, partEntries }: Output): boolean {
  return each !== undefined || tier !== undefined || partEntries !== undefined;
}

/** A checked `target.yaml` in the form the compiler works on; an output `by: tier` is one for each tier. */
export function definitionFrom(raw: RawTargetDefinition): TargetDefinition {
  const tiers = raw.tiers ?? [];
  return {
    title: raw.title,
    about: raw.about,
    effect: raw.effect,
    syntax: raw.syntax as Syntax,
    docs: raw.docs,
    identity: raw.identity,
    tiers,
    mostIndicators: raw.limit?.indicators ?? Number.POSITIVE_INFINITY,
    tlp: raw.tlp ?? 'red',
    revoked: raw.outputs.some(({ revoked }) => revoked ?? raw.revoked),
    check: [raw.check ?? []].flat(),
    checkedBy: raw.checked_by,
    unchecked: raw.unchecked,
    options: (raw.options ?? {}) as TargetDefinition['options'],
    unsupported: (raw.unsupported ?? {}) as TargetDefinition['unsupported'],
    outputs: raw.outputs.flatMap((output) =>
      output.by === 'tier'
        ? tiers.map((tier) => outputFrom(output, raw, tier))
        : [outputFrom(output, raw, undefined)],
    ),
  };
}
