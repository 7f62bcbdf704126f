/** A proof in numbers and sentences: for the table, for JSON and for JUnit alike. */

import type { IndicatorSet } from '../indicators/set.ts';
import { grouped } from '../source/words.ts';
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
  /** Such as `fires on "evil1ds.me" (a longer first label) as DNS query, TLS SNI: rule 1344370`. */
  message: string;
}

/** What one engine says of one target, in short. */
export interface ProofSummary {
  target: string;
  engine: EngineName;
  title: string;
  /** Absent where the engine is missing. */
  version?: string;
  rules: number;
  /** Whether the engine loaded the files and has no more to show. */
  loadsOnly: boolean;
  /** Indicators with at least one witness matched, of those that the target says it matches. */
  indicators: Share;
  witnesses: Share;
  nearMisses: Share;
  /** What the engine said when it loaded the files, or why it could not judge, if anything. */
  problems: readonly string[];
  failures: readonly ToldFailure[];
  /** What was not shown to the engine, such as `2 × domain`, and why. */
  notChecked: readonly { what: string; why: string }[];
  /** Products whose queries were made of every rule, without an error. */
  converted: readonly string[];
  /** How many of the indicators were proven by stand-ins. */
  standIns: number;
  /** How to run the engine again on what `--keep` holds; none where nothing is kept. */
  commands: readonly string[];
}

/** Puts a proof into numbers and words. */
export function summarize(proof: Proof, set: IndicatorSet): ProofSummary {
  const { target, engine, found, provable, runs } = proof;
  const shown = new Set<number>();
  const failed = new Set<number>();
  for (const { verdict, original } of runs) {
    for (const indicator of verdict.indicators) shown.add(original(indicator));
    for (const failure of verdict.failures) {
      if (failure.problem === 'no rule fires') failed.add(original(failure.indicator));
    }
  }
  const conversions = runs.find(({ of }) => of === 'listed')?.report.conversions ?? [];
  const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
  return {
    target,
    engine,
    title: ENGINE_TITLES[engine],
    ...(found.available && { version: found.version }),
    loadsOnly: proof.load?.ok === true && runs.length === 0,
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
    failures: runs.flatMap(({ verdict, original }) =>
      mergeCarriers(verdict.failures).map((failure) => ({
        value: set.value(original(failure[0].indicator)),
        message: sentence(failure),
      })),
    ),
    notChecked: notChecked(proof, set, shown),
    converted: conversions.filter(({ problems }) => problems.length === 0).map(({ backend }) => backend),
    standIns: runs
      .filter(({ of }) => of === 'stand-ins')
      .reduce((total, { verdict }) => total + verdict.indicators.size, 0),
    commands: runs.filter(({ kept }) => kept).map(({ report }) => report.command),
  };
}

/** Whether a proof shows a fault: a file that does not load, or a rule that does not behave. */
export function isFaulty({ problems, failures }: ProofSummary): boolean {
  return problems.length > 0 || failures.length > 0;
}

function loadProblems({ load, broken }: Proof): string[] {
  const said = (load?.problems ?? []).map(({ file, line, message }) => {
    const place = [file, line].filter(Boolean).join(':');
    return place === '' ? message : `${place}: ${message}`;
  });
  return broken === undefined ? said : [...said, `it could not judge: ${broken}`];
}

function conversionProblems({ backend, problems }: Conversion): string[] {
  return problems.map(({ rule, message }) => `${rule} cannot be converted to ${backend}: ${message}`);
}

/** Failures that differ only in how the same thing was seen. */
type AlikeFailures = readonly [Failure, ...Failure[]];

/** The failures in the order of the first of each sort. */
function mergeCarriers(failures: readonly Failure[]): AlikeFailures[] {
  const byRest = new Map<string, [Failure, ...Failure[]]>();
  for (const failure of failures) {
    const { indicator, problem, seen, rules } = failure;
    const rest = JSON.stringify([indicator, problem, seen?.text, seen?.about, rules]);
    const alike = byRest.get(rest);
    if (alike) alike.push(failure);
    else byRest.set(rest, [failure]);
  }
  return [...byRest.values()];
}

function sentence(alike: AlikeFailures): string {
  const [{ problem, seen, rules }] = alike;
  const by = rules.length > 0 ? `: rule ${rules.join(', ')}` : '';
  if (!seen) return `${problem}${by}`;
  const does = problem === 'silent' ? 'is silent on' : 'fires on';
  const carriers = alike.map((failure) => failure.seen?.carrier).join(', ');
  return `${does} "${seen.text}" (${seen.about}) as ${carriers}${by}`;
}

/** The indicators that were not shown, by kind, each with the engine's reason; and the rules that nothing shows. */
function notChecked(
  { found, provable, sample, load, broken, runs }: Proof,
  set: IndicatorSet,
  shown: ReadonlySet<number>,
): ProofSummary['notChecked'] {
  const missing = sample.filter((index) => !shown.has(index));
  const all = (why: string) =>
    missing.length === 0 ? [] : [{ what: `all ${grouped(missing.length)}`, why }];
  if (!found.available) return all(`${found.why}; ${found.install}`);
  if (broken !== undefined) return all('the engine could not judge');
  if (load && !load.ok) return all('the files do not load');
  if (runs.length === 0) return all('the engine only loads the files');
  const reports = runs.map(({ report }) => report);
  const reasons = new Map<string, string>(
    reports.flatMap(({ notCarried }) => notCarried.map(({ kind, why }) => [kind, why] as const)),
  );
  const counts = new Map<string, number>();
  for (const index of missing) counts.set(set.kind(index), (counts.get(set.kind(index)) ?? 0) + 1);
  const left = provable.length - sample.length;
  return [
    ...(left > 0
      ? [
          {
            what: `${grouped(left)} more`,
            why: `of so many only ${grouped(sample.length)} are shown, some of every rule`,
          },
        ]
      : []),
    ...[...counts].map(([kind, count]) => ({
      what: `${grouped(count)} × ${kind}`,
      why: reasons.get(kind) ?? 'no input of this engine shows it',
    })),
    ...reports.flatMap(({ unseen = [] }) => unseen.map(({ rule, why }) => ({ what: `rule ${rule}`, why }))),
  ];
}
