/** Compares two builds, target by target, and tells the same change of several targets once. */

import { KINDS } from '../indicators/kind.ts';
import {
  CHANGES,
  type Difference,
  type IndicatorChange,
  type IndicatorCounts,
  NO_CHANGES,
  type SideSummary,
  type TargetDifference,
} from './difference.ts';
import { editsBetween } from './edits.ts';
import { compareFiles } from './files.ts';
import {
  changedTexts,
  compareIndicators,
  type EntryPair,
  type Found,
  type TargetPair,
  type Undecided,
} from './indicators.ts';
import { Pair } from './pair.ts';
import { compareRules } from './rules.ts';
import type { Side, SideFinding, SideTarget } from './side.ts';

/** What a target is made with beside the indicators. */
const MADE_WITH = ['options', 'policy', 'template'] as const;

const NO_ENTRIES: EntryPair = { before: [], after: [] };

/** All that differs; `at` hears which target is at work. Renders the files of both. */
export function compareBuilds(
  before: Side,
  after: Side,
  at: (target: string) => void = () => {},
): Difference {
  const pair = new Pair(before, after);
  const joined = new JoinedChanges();
  const names = [...new Set([...before.targets.keys(), ...after.targets.keys()])].sort();
  const targets = names.map((name) => {
    at(name);
    const { target, changes } = compareTarget(pair, name);
    for (const change of changes) joined.add(change, name);
    return target;
  });
  for (const change of changesOfInputs(pair)) joined.addInput(change);
  const inputs = editsBetween(hashesOf(before), hashesOf(after)).map(({ key, before: was, after: is }) => ({
    path: key,
    change:
      was === undefined ? ('added' as const) : is === undefined ? ('removed' as const) : ('changed' as const),
  }));
  const settings = editsBetween(before.settings, after.settings);
  const indicators = joined.sorted();
  return {
    before: summaryOf(before),
    after: summaryOf(after),
    textual: false,
    differs:
      inputs.length > 0 ||
      settings.length > 0 ||
      indicators.length > 0 ||
      targets.some(({ state, rules }) => state !== 'same' || rules.length > 0),
    inputs,
    settings,
    findings: newFindings(before.findings, after.findings),
    targets,
    indicators,
  };
}

function compareTarget(pair: Pair, name: string): { target: TargetDifference; changes: readonly Found[] } {
  const [before, after] = [pair.before.targets.get(name), pair.after.targets.get(name)];
  const both: TargetPair = { before, after };
  const files = compareFiles(before, after);
  const { found, undecided } = compareIndicators(pair, both);
  const entries = files.length > 0 || pair.otherVersion ? entriesOf(both, undecided) : NO_ENTRIES;
  const changes = [...found, ...changedTexts(undecided, entries)];
  const { effect } = (after ?? before) as SideTarget;
  const state = !before ? 'added' : !after ? 'removed' : files.length > 0 ? 'changed' : 'same';
  const target: TargetDifference = {
    name,
    effect,
    state,
    fates: { ...(before && { before: before.fates }), ...(after && { after: after.fates }) },
    indicators: countsOf(changes),
    rules: before && after ? compareRules(pair, both, entries) : [],
    files,
    made_with: before && after ? MADE_WITH.filter((what) => before[what] !== after[what]) : [],
  };
  return { target, changes };
}

function countsOf(changes: readonly Found[]): IndicatorCounts {
  const counts = { ...NO_CHANGES };
  for (const { change, reason } of changes)
    counts[reason === 'covered' || reason === 'uncovered' ? reason : change]++;
  return counts;
}

/** The entries of both that say what can have changed, and all rules. */
function entriesOf({ before, after }: TargetPair, undecided: readonly Undecided[]): EntryPair {
  if (!before || !after || !(after.identified || undecided.length > 0)) return NO_ENTRIES;
  const was = new Set(undecided.map(({ at }) => at));
  const is = new Set(undecided.map(({ index }) => index));
  return {
    before: [...before.entries((index) => was.has(index))],
    after: [...after.entries((index) => is.has(index))],
  };
}

/** Changes by what they say, with the targets that they are of. */
class JoinedChanges {
  readonly #changes = new Map<string, IndicatorChange & { targets: string[] }>();
  readonly #told = new Set<string>();

  add(change: Found, target: string): void {
    const { change: what, kind, value, reason, by, tiers } = change;
    this.#told.add(`${kind} ${value}`);
    const key = JSON.stringify([what, kind, value, reason, by, tiers]);
    const known = this.#changes.get(key);
    if (known) known.targets.push(target);
    else this.#changes.set(key, { ...change, targets: [target] });
  }

  /** A change of the inputs, which is told if no target is changed by it. */
  addInput(change: Found): void {
    const key = `${change.kind} ${change.value}`;
    if (!this.#told.has(key)) this.#changes.set(key, { ...change, targets: [] });
  }

  sorted(): IndicatorChange[] {
    return [...this.#changes.values()].sort(
      (a, b) =>
        CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
        compareTexts(a.reason, b.reason) ||
        KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
        compareTexts(a.value, b.value) ||
        compareTexts(a.targets[0] ?? '', b.targets[0] ?? ''),
    );
  }
}

function* changesOfInputs(pair: Pair): Generator<Found> {
  const [was, is] = [pair.before.collection.indicators, pair.after.collection.indicators];
  for (let index = 0; index < is.size; index++) {
    const isNew = (pair.earlier[index] as number) < 0;
    const edits = pair.edits(index);
    if (!isNew && edits.length === 0) continue;
    const by = isNew ? coverOf(pair.after, index) : undefined;
    yield {
      change: isNew ? 'added' : 'changed',
      kind: is.kind(index),
      value: is.value(index),
      reason: by === undefined ? (isNew ? 'added' : 'edited') : 'covered',
      edits,
      ...(by !== undefined && { by }),
      place: pair.after.place(index),
    };
  }
  for (const index of pair.gone) {
    const [kind, value, place] = [was.kind(index), was.value(index), pair.before.place(index)];
    yield { change: 'removed', kind, value, reason: 'removed', edits: [], place };
  }
}

/** What matches an indicator already, in the first target where anything does. */
function coverOf({ targets, collection }: Side, index: number): string | undefined {
  for (const target of targets.values()) {
    const { by } = target.verdict(index);
    if (by !== undefined) return collection.indicators.value(by);
  }
  return undefined;
}

function newFindings(before: readonly SideFinding[], after: readonly SideFinding[]): SideFinding[] {
  const known = new Set(before.map(({ code, message }) => `${code} ${message}`));
  return after.filter(({ code, message }) => !known.has(`${code} ${message}`));
}

function hashesOf({ inputs }: Side): Map<string, string> {
  return new Map(inputs.map(({ path, sha256 }) => [path, sha256]));
}

/** A side in short. */
export function summaryOf({ name, commit, day, refang, collection }: Side): SideSummary {
  return {
    name,
    ...(commit !== undefined && { commit }),
    day,
    ...(refang !== undefined && { refang }),
    indicators: collection.indicators.size,
  };
}

/** Code units, not the locale's order. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
