/** A session as one side of a comparison: the one place where comparing touches what compiling made. */

import type { ChosenTargets } from './choose-targets.ts';
import type { Side, SideEntry, SideRule, SideTarget } from './compare/side.ts';
import type { CompiledTarget } from './compile.ts';
import { MANIFEST_NAME, parseManifest } from './emit/manifest.ts';
import { placeOf } from './explain-value.ts';
import { digestOf, type Lock, type LockLine } from './identity/lock.ts';
import { IndicatorSet } from './indicators/set.ts';
import type { Entry } from './plan/entry.ts';
import type { Project } from './project.ts';
import type { PlacedEntry } from './render/place.ts';
import { membersOf } from './render/rules.ts';
import type { Session } from './session.ts';
import type { Settings } from './source/settings.ts';
import type { Pass } from './targets/definition.ts';

/** A session that came to its end. */
export type Built = Session &
  Required<Pick<Session, 'project' | 'collection' | 'targets' | 'compiled' | 'inputs'>>;

/** Whether a session came to its end. */
export function isBuilt(session: Session): session is Built {
  return !session.failed && session.compiled !== undefined && session.inputs !== undefined;
}

/** How a side is called, and what built the output that is committed with it. */
export type SideName = Pick<Side, 'name' | 'commit' | 'refang'>;

/** What was built. */
export function sideOf(session: Built, name: SideName): Side {
  const { collection, compiled, project, targets, inputs } = session;
  const { indicators } = collection;
  const chosen = new Map(targets.map((target) => [target.target.name, target]));
  return {
    ...name,
    day: session.asOf,
    inputs,
    collection,
    place: (index) => placeOf(indicators.origin(index)),
    settings: settingsOf(project.settings),
    targets: new Map(
      compiled.targets.map((target) => [
        target.name,
        sideTarget(target, chosen.get(target.name) as ChosenTargets['targets'][number], project.lock),
      ]),
    ),
    findings: session.diagnostics
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, message, span }) => ({ code, message, ...(span && { place: placeOf(span) }) })),
  };
}

/** A side on which there was no project yet. */
export function emptySide(name: SideName, day: string): Side {
  return {
    ...name,
    day,
    inputs: [],
    collection: { indicators: new IndicatorSet(), reports: new Map(), actors: new Map() },
    place: () => '',
    settings: new Map(),
    targets: new Map(),
    findings: [],
  };
}

/** The version of Refang whose output stands in a project's output folder; undefined where none does. */
export function builtBy({ reader, settings }: Project): string | undefined {
  const path = `${settings.out}/${MANIFEST_NAME}`;
  const text = reader.exists(path) ? reader.read(path).file?.text : undefined;
  return text === undefined ? undefined : parseManifest(text)?.refang;
}

function sideTarget(
  target: CompiledTarget,
  { folder, options, target: { definition } }: ChosenTargets['targets'][number],
  lock: Lock | undefined,
): SideTarget {
  let stillMatched: ReadonlyMap<number, number> | undefined;
  const files = [...folder.files].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: target.name,
    effect: definition.effect,
    fates: target.fates,
    verdict: (index) => target.plan.verdicts.at(index),
    stillMatchedBy(index) {
      stillMatched ??= target.plan.stillMatched();
      return stillMatched.get(index);
    },
    policy: JSON.stringify(target.policy),
    options: JSON.stringify(options),
    template: digestOf(JSON.stringify(files.map(([name, { text }]) => [name, text]))),
    files: () => target.files(),
    identified: definition.identity !== undefined,
    *entries(asked) {
      const isAsked = (entry: Entry) => membersOf(entry).some(asked);
      const isRule = ({ identity }: Pass) => identity && definition.identity !== undefined;
      for (const placed of target.places((pass, entry) => isRule(pass) || isAsked(entry)))
        yield entryOf(placed, isAsked(placed.entry), lock);
    },
  };
}

function entryOf(
  { pass, entry, text, rule }: PlacedEntry,
  isAsked: boolean,
  lock: Lock | undefined,
): SideEntry {
  return {
    // Texts take more memory than all the rest. Some formats put a comma behind every entry but the last.
    text: isAsked ? text.replace(/[\s,]+$/, '') : '',
    tier: pass.tier,
    members: membersOf(entry),
    rule: rule && ruleOf(rule, lock),
  };
}

function ruleOf({ key, id, revision, digest }: LockLine, lock: Lock | undefined): SideRule {
  return { key, id, revision, digest, locked: lock?.get(key) };
}

/** What refang.yaml says for all targets; what it says for one is part of that one. */
function settingsOf({ publisher, out, policy, approximate, guards, limits }: Settings): Map<string, string> {
  const settings = new Map<string, string>([['out', out]]);
  for (const [key, value] of Object.entries(publisher)) settings.set(`publisher.${key}`, value);
  for (const [effect, says] of Object.entries(policy))
    for (const [key, value] of Object.entries(says)) settings.set(`policy.${effect}.${key}`, plain(value));
  for (const [key, value] of Object.entries(limits)) settings.set(`limits.${key}`, String(value));
  if (approximate.length > 0) settings.set('approximate', approximate.map(({ name }) => name).join(', '));
  for (const [at, { span: _, ...guard }] of guards.entries()) settings.set(`guards.${at}`, plain(guard));
  return settings;
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
