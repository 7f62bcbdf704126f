/** `refang.yaml`, the settings of a project: its schema and its reader. */

import * as z from 'zod/mini';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { checkAgainst } from './check.ts';
import { DEFAULT_FRESHNESS, type Freshness, freshnessOf, freshnessSchema } from './freshness-settings.ts';
import {
  DEFAULT_LIMITS,
  type GuardSetting,
  guardsOf,
  guardsSchema,
  type Limits,
  limitsSchema,
} from './guard-settings.ts';
import { coreValue } from './plain.ts';
import {
  type PlacedPolicy,
  type PolicySetting,
  placedPolicy,
  policySchema,
  policySetting,
} from './policy-setting.ts';
import { id, oneOrList, optional, refused, text, titled } from './schema-parts.ts';
import { parseYaml } from './yaml.ts';
import { entryOf, type MapNode, type Node, spanOf } from './yaml-tree.ts';

/** Who publishes the rules. */
export interface Publisher {
  /** For people. */
  name: string;
  /** For identity: UUIDs and sids are derived from it, so it must never change. */
  id: string;
  /** What messages of rules begin with. */
  prefix: string;
}

/** A target that refang.yaml lists. */
export interface TargetSetting {
  name: string;
  /** Where the name stands. */
  span: Span;
  /** By name: the value by YAML's core schema, where it stands, and where its key does. */
  options: ReadonlyMap<string, { value: unknown; span: Span; key: Span }>;
  policy: PlacedPolicy;
}

/** A path or glob that refang.yaml lists. */
export interface InputSetting {
  /** A path or a glob, relative to the settings' folder. */
  pattern: string;
  /** Absent where it is the default. */
  span?: Span;
}

/** An approximation that refang.yaml allows. */
export interface ApproximationSetting {
  name: string;
  /** Where it stands. */
  span: Span;
}

/** The settings of a project, with the defaults filled in. */
export interface Settings {
  publisher: Publisher;
  inputs: readonly InputSetting[];
  /** The folder that a build writes, relative to the settings' folder. */
  out: string;
  /** Undefined where the settings name none: the five families. */
  targets: readonly TargetSetting[] | undefined;
  policy: Readonly<Partial<Record<'block' | 'detect' | 'hunt' | 'share', PolicySetting>>>;
  /** Approximations of targets that match more than what is listed, and may be used all the same. */
  approximate: readonly ApproximationSetting[];
  guards: readonly GuardSetting[];
  limits: Limits;
  freshness: Freshness;
}

/** The file that is read where nothing names another. */
export const DEFAULT_INPUT = 'indicators.yaml';

/** What holds without a `refang.yaml`. */
export const DEFAULT_SETTINGS: Settings = {
  publisher: { name: 'Refang', id: 'refang', prefix: 'REFANG' },
  inputs: [{ pattern: DEFAULT_INPUT }],
  out: 'out',
  targets: undefined,
  policy: {},
  approximate: [],
  guards: [],
  limits: DEFAULT_LIMITS,
  freshness: DEFAULT_FRESHNESS,
};

/** Messages of Suricata's rules have room for 250 bytes, and the value stands behind the prefix. */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}$/;

const publisher = () =>
  z.strictObject({
    name: optional(text, 'Name', 'The name for people. Default: `Refang`.'),
    id: optional(id, 'Id', 'Ids of rules are derived from it: choose it once. Default: `refang`.'),
    prefix: optional(
      z
        .string()
        .check(refused((value) => PREFIX.test(value), 'RF219', '{value} is not a prefix of messages')),
      'Prefix',
      'What messages of rules begin with: up to 32 letters, digits, blanks, `.`, `_` and `-`. Default: `REFANG`.',
    ),
  });

const target = () =>
  z.union([
    text,
    z.strictObject({
      name: titled(text, 'Name', 'The name of the target.'),
      options: optional(z.record(text, z.unknown()), 'Options', 'The options of the target.'),
      policy: optional(policySchema, 'Policy', 'What this target takes, over the policy of its effect.'),
    }),
  ]);

/** The keys of `refang.yaml`: what makes the schema of each. */
const SECTIONS = {
  publisher: () => optional(publisher(), 'Publisher', 'Who publishes the rules.'),
  inputs: () =>
    optional(
      oneOrList(text),
      'Inputs',
      'Paths of files of indicators, or globs: `*` and `**`. Default: `indicators.yaml`.',
    ),
  out: () => optional(text, 'Out', 'The folder that a build writes. Default: `out`.'),
  targets: () =>
    optional(
      z.array(target()),
      'Targets',
      'What is built. Without it: Sigma, Suricata, YARA, Zeek and nftables.',
    ),
  policy: () =>
    optional(
      z.strictObject({
        block: optional(
          policySchema,
          'Block',
          'What targets that enforce take. Default: active indicators of confidence 70 or more.',
        ),
        detect: optional(
          policySchema,
          'Detect',
          'What targets that alert take. Default: active and historical indicators.',
        ),
        hunt: optional(
          policySchema,
          'Hunt',
          'What targets that look back take. Default: active and historical indicators.',
        ),
        share: optional(
          policySchema,
          'Share',
          'What targets that hand on take. Default: active and historical indicators up to TLP green.',
        ),
      }),
      'Policy',
      'What targets take, by their effect. What has expired or is not yet valid no target takes.',
    ),
  guards: guardsSchema,
  limits: limitsSchema,
  freshness: freshnessSchema,
  approximate: () =>
    optional(
      oneOrList(text),
      'Approximate',
      'Words of targets for what they can only say more widely, such as `url-prefix`. Default: none.',
    ),
};

type Section = keyof typeof SECTIONS;
type Shape = { [S in Section]: ReturnType<(typeof SECTIONS)[S]> };

/** The format of `refang.yaml`, as far as it is about these keys. */
export function settingsSchema(keys = Object.keys(SECTIONS) as Section[]) {
  const shape = Object.fromEntries(keys.map((key) => [key, SECTIONS[key]()])) as Shape;
  return titled(z.strictObject(shape), 'Refang settings', 'The settings of a project.');
}

/** The keys that a file has, since few have them all; all keys where it has another one, so that a help can name them. */
function sectionsOf(root: Node): Section[] | undefined {
  if (root.type !== 'map') return undefined;
  const keys = root.entries.map(({ key }) => key.text);
  return keys.every((key) => Object.hasOwn(SECTIONS, key)) ? (keys as Section[]) : undefined;
}

/** What reading `refang.yaml` gives. */
export interface SettingsResult {
  /** Absent where there is an error. */
  settings: Settings | undefined;
  diagnostics: Diagnostic[];
}

/** Reads `refang.yaml`. An empty file means the defaults. */
export function readSettings(file: SourceFile): SettingsResult {
  const { root, diagnostics: yaml } = parseYaml(file);
  if (!root) return { settings: yaml.length > 0 ? undefined : DEFAULT_SETTINGS, diagnostics: yaml };
  const checked = checkAgainst(settingsSchema(sectionsOf(root)), root, file, 'the settings');
  const diagnostics = [...yaml, ...checked.diagnostics];
  const said = checked.value;
  if (!said || root.type !== 'map' || diagnostics.some(isError)) return { settings: undefined, diagnostics };
  const settings: Settings = {
    publisher: { ...DEFAULT_SETTINGS.publisher, ...defined(said.publisher ?? {}) },
    inputs: inputsOf(file, root) ?? DEFAULT_SETTINGS.inputs,
    out: said.out ?? DEFAULT_SETTINGS.out,
    targets: targetsOf(file, root, said.targets),
    approximate: approximationsOf(file, root),
    guards: guardsOf(file, root),
    limits: {
      blastRadius: said.limits?.blast_radius ?? DEFAULT_LIMITS.blastRadius,
      addresses: said.limits?.addresses ?? DEFAULT_LIMITS.addresses,
      shrink: said.limits?.shrink ?? DEFAULT_LIMITS.shrink,
    },
    freshness: freshnessOf(said.freshness),
    policy: Object.fromEntries(
      Object.entries(said.policy ?? {}).map(([effect, wants]) => [effect, policySetting(wants ?? {})]),
    ),
  };
  return { settings, diagnostics };
}

function inputsOf(file: SourceFile, root: MapNode): InputSetting[] | undefined {
  const node = entryOf(root, 'inputs')?.value;
  return (
    node && itemsOf(node).map((item) => ({ pattern: String(coreValue(item)), span: spanOf(file, item) }))
  );
}

function approximationsOf(file: SourceFile, root: MapNode): ApproximationSetting[] {
  const node = entryOf(root, 'approximate')?.value;
  return node
    ? itemsOf(node).map((item) => ({ name: String(coreValue(item)), span: spanOf(file, item) }))
    : [];
}

function targetsOf(
  file: SourceFile,
  root: MapNode,
  said: z.infer<ReturnType<typeof settingsSchema>>['targets'],
): TargetSetting[] | undefined {
  const node = entryOf(root, 'targets')?.value;
  return (
    node &&
    itemsOf(node).map((item, at) => {
      const one = said?.[at];
      return targetOf(file, item, (typeof one === 'object' && one.policy) || {});
    })
  );
}

function targetOf(file: SourceFile, node: Node, policy: z.infer<typeof policySchema>): TargetSetting {
  const map = node.type === 'map' ? node : undefined;
  const name = (map && entryOf(map, 'name')?.value) ?? node;
  const options = map && entryOf(map, 'options')?.value;
  const entries = options?.type === 'map' ? options.entries : [];
  return {
    name: String(coreValue(name)),
    span: spanOf(file, name),
    options: new Map(
      entries.map(({ key, value }) => [
        key.text,
        { value: coreValue(value), span: spanOf(file, value), key: spanOf(file, key) },
      ]),
    ),
    policy: placedPolicy(file, map && entryOf(map, 'policy')?.value, policySetting(policy)),
  };
}

function itemsOf(node: Node): readonly Node[] {
  return node.type === 'seq' ? node.items : [node];
}

/** Without the keys that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
