/** A proof in numbers and sentences: for the table, for JSON and for JUnit alike. */

import type { IndicatorSet } from '../indicators/set.ts';
import type { BehaviourReport } from './behaviour.ts';
import { ENGINE_TITLES, type EngineName } from './engine.ts';
import type { Failure } from './judge.ts';
import type { Proof } from './prove.ts';

type Conversion = NonNullable<BehaviourReport['conversions']>[number];

/** How many of how many. */
export interface Share {
  ok: number;
  of: number;
}

/** A failure in words. */
export interface ToldFailure {
  /** The listed indicator. */
  value: string;
  /** Such as `fires on "evil1ds.me" (a longer name) as DNS query: rule 1344370`. */
  message: string;
}

export interface ProofSummary {
  target: string;
  engine: EngineName;
  title: string;
  /** Absent where the engine is missing. */
  version?: string;
  rules: number;
  /** Indicators with at least one witness matched, of those that the target says it matches. */
  indicators: Share;
  witnesses: Share;
  nearMisses: Share;
  /** What the engine said when it loaded the files, if anything. */
  problems: readonly string[];
  failures: readonly ToldFailure[];
  /** What was not shown to the engine, and why. */
  notChecked: readonly { what: string; count: number; why: string }[];
  /** Products whose queries were made of every rule, without an error. */
  converted: readonly string[];
  /** How many of the indicators were proven by stand-ins. */
  standIns: number;
  /** How to run the engine again on what `--keep` holds. */
  commands: readonly string[];
}

/** Puts a proof into numbers and words. */
export function summarize(proof: Proof, set: IndicatorSet): ProofSummary {
  const { target, engine, found, provable, runs } = proof;
  const shown = new Set<number>();
  const failed = new Set<number>();
  const failures: ToldFailure[] = [];
  for (const { verdict, original } of runs) {
    for (const indicator of verdict.indicators) shown.add(original(indicator));
    for (const failure of verdict.failures) {
      const listed = original(failure.indicator);
      if (failure.problem === 'no rule fires') failed.add(listed);
      failures.push({ value: set.value(listed), message: sentence(failure) });
    }
  }
  const conversions = runs.find(({ of }) => of === 'listed')?.report.conversions ?? [];
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    target,
    engine,
    title: ENGINE_TITLES[engine],
    ...(found.available && { version: found.version }),
    rules: runs.find(({ of }) => of === 'listed')?.report.rules.length ?? 0,
    indicators: { ok: shown.size - failed.size, of: provable.length },
    witnesses: {
      ok: sum(({ verdict }) => verdict.matches.ok),
      of: sum(({ verdict }) => verdict.matches.seen),
    },
    nearMisses: {
      ok: sum(({ verdict }) => verdict.misses.ok),
      of: sum(({ verdict }) => verdict.misses.seen),
    },
    problems: [...loadProblems(proof), ...conversions.flatMap(conversionProblems)],
    failures,
    notChecked: notChecked(proof, set, shown),
    converted: conversions.filter(({ problems }) => problems.length === 0).map(({ backend }) => backend),
    standIns: runs
      .filter(({ of }) => of === 'stand-ins')
      .reduce((total, { verdict }) => total + verdict.indicators.size, 0),
    commands: runs.map(({ report }) => report.command),
  };
}

/** Whether a proof shows a fault: a file that does not load, or a rule that does not behave. */
export function isFaulty({ problems, failures }: ProofSummary): boolean {
  return problems.length > 0 || failures.length > 0;
}

function loadProblems({ load }: Proof): string[] {
  return (load?.problems ?? []).map(
    ({ file, line, message }) => `${file}${line ? `:${line}` : ''}: ${message}`,
  );
}

function conversionProblems({ backend, problems }: Conversion): string[] {
  return problems.map(({ rule, message }) => `${rule} cannot be converted to ${backend}: ${message}`);
}

function sentence({ problem, seen, rules }: Failure): string {
  const by = rules.length > 0 ? `: rule ${rules.join(', ')}` : '';
  if (!seen) return `${problem}${by}`;
  return `${problem === 'silent' ? 'is silent on' : 'fires on'} "${seen.text}" (${seen.about}) as ${seen.carrier}${by}`;
}

/** The indicators that were not shown, by kind, each with the engine's reason. */
function notChecked(
  { found, provable, load, runs }: Proof,
  set: IndicatorSet,
  shown: ReadonlySet<number>,
): ProofSummary['notChecked'] {
  const missing = provable.filter((index) => !shown.has(index));
  if (missing.length === 0) return [];
  if (!found.available)
    return [{ what: 'all', count: missing.length, why: `${found.why}; ${found.install}` }];
  if (load && !load.ok) return [{ what: 'all', count: missing.length, why: 'the files do not load' }];
  const reasons = new Map(
    runs.flatMap(({ report }) => report.notCarried.map(({ kind, why }) => [kind, why] as const)),
  );
  const counts = new Map<string, number>();
  for (const index of missing) counts.set(set.kind(index), (counts.get(set.kind(index)) ?? 0) + 1);
  const kinds = [...counts].map(([what, count]) => ({
    what,
    count,
    why: reasons.get(what as never) ?? 'no input of this engine shows it',
  }));
  const unseen = runs.flatMap(({ report }) => report.unseen ?? []);
  return [...kinds, ...unseen.map(({ rule, why }) => ({ what: `rule ${rule}`, count: 1, why }))];
}
