/** Explains a rule: what it is called by, where it stands, and the indicators behind it; also one that is retired. */

import type { CompiledTarget } from './compile.ts';
import { type Carrier, carrierOf, indicatorsBehind } from './explain-carriers.ts';
import { placeOf } from './explain-value.ts';
import { type LockLine, NO_ID } from './identity/lock.ts';
import type { IndicatorSet } from './indicators/set.ts';
import { type Progress, toldTargets } from './progress.ts';
import type { PlacedEntry } from './render/place.ts';
import type { Session } from './session.ts';

/** What is known of a rule. */
export interface ExplainedRule {
  target: string;
  /** Absent for what the lock alone knows. */
  pass?: string;
  /** `retired`: no entry has the key any more; `not-built`: its target is not among those that are built. */
  state: 'live' | 'retired' | 'not-built';
  id: string;
  key: string;
  revision: number;
  /** Days of the first revision and of this one. */
  created: string;
  changed: string;
  carrier?: Carrier;
  indicators: readonly { kind: string; value: string; defined: string }[];
}

/** Names of rules that a language declares in the text of the rule. */
const DECLARES_RULE = /^[ \t]*(?:(?:global|private)\s+)*rule\s+(\w+)/m;

/** The rules that a text names: a sid, a UUID or its first eight digits, a key, a file of one rule, or the name of a rule. */
export function explainRule(
  session: Session,
  set: IndicatorSet,
  text: string,
  progress?: Progress,
): ExplainedRule[] {
  const word = text.trim();
  const rules: ExplainedRule[] = [];
  const built = session.compiled?.targets ?? [];
  const out = session.project?.settings.out ?? 'out';
  const identified = built.filter(({ rendering }) => rendering.register?.identifies);
  for (const target of toldTargets('looking for rules in', identified, progress)) {
    for (const placed of target.places(({ identity }) => identity)) {
      if (placed.rule && isNamed(placed, placed.rule, `${out}/${target.name}`, word))
        rules.push(liveRule(out, set, target, placed, placed.rule));
    }
  }
  const live = new Set(rules.map(({ key }) => key));
  for (const line of session.project?.lock?.values() ?? []) {
    if (live.has(line.key) || !isId(line, word)) continue;
    rules.push(tombstone(line, new Set(built.map(({ name }) => name))));
  }
  return rules;
}

/** All ids that rules have or had: what a mistyped one is compared with. */
export function knownIds({ compiled, project }: Session): Set<string> {
  const ids = new Set<string>();
  for (const target of compiled?.targets ?? []) for (const { id } of target.rules()) ids.add(id);
  for (const { id, former } of project?.lock?.values() ?? [])
    for (const one of [id, ...(former ?? [])]) if (one !== NO_ID) ids.add(one);
  return ids;
}

function isNamed({ path, text }: PlacedEntry, rule: LockLine, folder: string, word: string): boolean {
  if (isId(rule, word)) return true;
  // Only a file that is for one rule has the id in its name.
  const whole = path.includes(rule.id.slice(0, 8));
  const names = [path, path.slice(path.lastIndexOf('/') + 1), `${folder}/${path}`];
  return (whole && names.includes(word)) || DECLARES_RULE.exec(text)?.[1] === word;
}

/** Whether a text is the key of a rule, its id, or one that it had before. */
function isId({ id, former, key }: LockLine, word: string): boolean {
  if (key === word) return id !== NO_ID || former !== undefined;
  const small = word.toLowerCase();
  const short = /^[0-9a-f]{8}$/.test(small);
  const ids = [id, ...(former ?? [])].filter((one) => one !== NO_ID);
  return ids.some((one) => one === small || (short && one.startsWith(`${small}-`)));
}

function liveRule(
  out: string,
  set: IndicatorSet,
  target: CompiledTarget,
  placed: PlacedEntry,
  { id, key, revision, created, changed }: LockLine,
): ExplainedRule {
  const indicators = indicatorsBehind(set, target, placed.pass, placed.entry).map((index) => ({
    kind: set.kind(index),
    value: set.value(index),
    defined: placeOf(set.origin(index)),
  }));
  const carrier = carrierOf(out, set, target, placed);
  const known = { id, key, revision, created, changed };
  return { target: target.name, pass: placed.pass.name, state: 'live', ...known, carrier, indicators };
}

function tombstone(
  { id, key, revision, created, changed }: LockLine,
  built: ReadonlySet<string>,
): ExplainedRule {
  const target = key.slice(0, key.indexOf('/'));
  const state = built.has(target) ? 'retired' : 'not-built';
  return { target, state, id, key, revision, created, changed, indicators: [] };
}
