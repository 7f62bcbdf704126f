/** `refang.yaml`, the settings of a project: its schema and its reader. */

import * as z from 'zod/mini';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { STATUSES, type Status, TLPS, type Tlp } from '../indicators/context.ts';
import { checkAgainst } from './check.ts';
import { coreValue } from './plain.ts';
import { confidence, id, oneOrList, optional, refused, text, titled } from './schema-parts.ts';
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

/** What an effect accepts; what is left out stays as it is by default. */
export interface PolicySetting {
  status?: readonly Status[];
  /** The least confidence, 0 to 100. */
  confidence?: number;
  /** The strictest TLP. */
  tlp?: Tlp;
}

/** A target that refang.yaml lists. */
export interface TargetSetting {
  name: string;
  /** Where the name stands. */
  span: Span;
  /** By name: the value by YAML's core schema, where it stands, and where its key does. */
  options: ReadonlyMap<string, { value: unknown; span: Span; key: Span }>;
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
};

/** Messages of Suricata's rules have room for 250 bytes, and the value stands behind the prefix. */
const PREFIX = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}$/;

const publisher = z.strictObject({
  name: optional(text, 'Name', 'The name for people. Default: `Refang`.'),
  id: optional(id, 'Id', 'Ids of rules are derived from it: choose it once. Default: `refang`.'),
  prefix: optional(
    z.string().check(refused((value) => PREFIX.test(value), 'RF219', '{value} is not a prefix of messages')),
    'Prefix',
    'What messages of rules begin with: up to 32 letters, digits, blanks, `.`, `_` and `-`. Default: `REFANG`.',
  ),
});

const policy = z.strictObject({
  status: optional(oneOrList(z.enum(STATUSES)), 'Status', 'The statuses that are taken.'),
  confidence: optional(confidence, 'Confidence', 'The least confidence, from 0 to 100.'),
  tlp: optional(z.enum(TLPS), 'TLP', 'The strictest TLP that is taken.'),
});

const target = z.union([
  text,
  z.strictObject({
    name: titled(text, 'Name', 'The name of the target.'),
    options: optional(z.record(text, z.unknown()), 'Options', 'The options of the target.'),
  }),
]);

/** The format of `refang.yaml`. */
export const settingsSchema = titled(
  z.strictObject({
    publisher: optional(publisher, 'Publisher', 'Who publishes the rules.'),
    inputs: optional(
      oneOrList(text),
      'Inputs',
      'Paths of files of indicators, or globs: `*` and `**`. Default: `indicators.yaml`.',
    ),
    out: optional(text, 'Out', 'The folder that a build writes. Default: `out`.'),
    targets: optional(
      z.array(target),
      'Targets',
      'What is built. Without it: Sigma, Suricata, YARA, Zeek and nftables.',
    ),
    policy: optional(
      z.strictObject({
        block: optional(
          policy,
          'Block',
          'What targets that enforce take. Default: active indicators of confidence 70 or more.',
        ),
        detect: optional(
          policy,
          'Detect',
          'What targets that alert take. Default: active and historical indicators.',
        ),
        hunt: optional(
          policy,
          'Hunt',
          'What targets that look back take. Default: active and historical indicators.',
        ),
        share: optional(
          policy,
          'Share',
          'What targets that hand on take. Default: active and historical indicators up to TLP green.',
        ),
      }),
      'Policy',
      'What targets take, by their effect. What is revoked, expired or not yet valid no target takes.',
    ),
    approximate: optional(
      oneOrList(text),
      'Approximate',
      'Words of targets for what they can only say more widely, such as `url-prefix`. Default: none.',
    ),
  }),
  'Refang settings',
  'The settings of a project.',
);

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
  const checked = checkAgainst(settingsSchema, root, file, 'the settings');
  const diagnostics = [...yaml, ...checked.diagnostics];
  const said = checked.value;
  if (!said || root.type !== 'map' || diagnostics.some(isError)) return { settings: undefined, diagnostics };
  const settings: Settings = {
    publisher: { ...DEFAULT_SETTINGS.publisher, ...defined(said.publisher ?? {}) },
    inputs: inputsOf(file, root) ?? DEFAULT_SETTINGS.inputs,
    out: said.out ?? DEFAULT_SETTINGS.out,
    targets: targetsOf(file, root),
    approximate: approximationsOf(file, root),
    policy: Object.fromEntries(
      Object.entries(said.policy ?? {}).map(([effect, wants]) => [
        effect,
        defined({ ...wants, status: wants?.status === undefined ? undefined : [wants.status].flat() }),
      ]),
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

function targetsOf(file: SourceFile, root: MapNode): TargetSetting[] | undefined {
  const node = entryOf(root, 'targets')?.value;
  return node && itemsOf(node).map((item) => targetOf(file, item));
}

function targetOf(file: SourceFile, node: Node): TargetSetting {
  if (node.type !== 'map')
    return { name: String(coreValue(node)), span: spanOf(file, node), options: new Map() };
  const name = entryOf(node, 'name')?.value ?? node;
  const options = entryOf(node, 'options')?.value;
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
  };
}

function itemsOf(node: Node): readonly Node[] {
  return node.type === 'seq' ? node.items : [node];
}

/** Without the keys that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
