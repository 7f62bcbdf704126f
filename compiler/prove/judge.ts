/** Verdicts: what an engine's observations say of the rules, indicator by indicator. */

import type { Tier } from '../targets/definition.ts';
import type { BehaviourReport, Observation } from './behaviour.ts';
import type { IndicatorCase } from './cases.ts';

/** What the judge has to know of a target. */
export interface Judged {
  cases: readonly IndicatorCase[];
  /** The indicators that each rule with an id is for. A rule that is not here is the user's own, for all we know. */
  members: ReadonlyMap<string, ReadonlySet<number>>;
  /** The indicator whose entry stands for an indicator: itself, or the one that covers it. */
  standsFor(indicator: number): number;
  /** The tier of an indicator, where the target has tiers and its rules have no ids. */
  tierOf(indicator: number): Tier | undefined;
  /** Whether a near miss may match, since the target says the indicator only nearly. */
  tolerated(seen: IndicatorCase): boolean;
  /** Other indicators of the target that rightly match what a case shows. */
  explainedBy(seen: IndicatorCase): readonly number[];
}

/** A rule that did what it must not, or did not what it must. */
export interface Failure {
  indicator: number;
  problem: 'no rule fires' | 'silent' | 'fires' | 'rule never fires';
  /** What was seen, and how; absent where nothing fired at all. */
  seen?: { text: string; about: string; carrier: string };
  /** The rules at fault. */
  rules: readonly string[];
}

/** What was seen of all indicators, and where a rule failed. */
export interface Verdict {
  /** How many witnesses were seen, in all ways, and how many of them matched. */
  matches: { seen: number; ok: number };
  /** How many near misses were seen, in all ways, and for how many the rules stayed silent. */
  misses: { seen: number; ok: number };
  /** The indicators that were shown. */
  indicators: ReadonlySet<number>;
  failures: readonly Failure[];
}

/** What a packet filter or a resolver does, as its adapter tells it, for each tier. */
const DEEDS: Readonly<Record<Tier, string>> = { block: 'drop', watch: 'count' };

/** Judges one engine's observations. */
export function judge(judged: Judged, report: BehaviourReport): Verdict {
  return new Judge(judged, report).verdict();
}

class Judge {
  readonly #judged: Judged;
  readonly #report: BehaviourReport;
  readonly #failures: Failure[] = [];
  readonly #matches = { seen: 0, ok: 0 };
  readonly #misses = { seen: 0, ok: 0 };
  /** Observations of each case that was shown. */
  readonly #observations = new Map<number, Observation[]>();
  /** The ways of being seen that the target watches for some kind. */
  readonly #watched = new Set<string>();

  constructor(judged: Judged, report: BehaviourReport) {
    this.#judged = judged;
    this.#report = report;
    for (const observation of report.observations) {
      const list = this.#observations.get(observation.case);
      if (list) list.push(observation);
      else this.#observations.set(observation.case, [observation]);
    }
  }

  verdict(): Verdict {
    const byIndicator = new Map<number, IndicatorCase[]>();
    for (const seen of this.#judged.cases) {
      if (!this.#observations.has(seen.id)) continue;
      const list = byIndicator.get(seen.indicator);
      if (list) list.push(seen);
      else byIndicator.set(seen.indicator, [seen]);
    }
    for (const seen of this.#judged.cases) {
      if (seen.expect !== 'match') continue;
      for (const one of this.#seen(seen)) if (this.#fires(seen, one)) this.#watched.add(watchedAs(seen, one));
    }
    for (const [indicator, cases] of byIndicator) this.#indicator(indicator, cases);
    this.#rulesThatNeverFire(byIndicator);
    return {
      matches: this.#matches,
      misses: this.#misses,
      indicators: new Set(byIndicator.keys()),
      failures: this.#failures,
    };
  }

  /**
   * Every witness must match in each way of being seen in which the target watches such indicators: a target need not
   * watch all that an engine can show, but what it sees of one indicator it must see of its likes. What enforces has to
   * see every way: a packet that is blocked in one direction only is not blocked.
   */
  #indicator(indicator: number, cases: readonly IndicatorCase[]): void {
    const matching = cases.filter(({ expect }) => expect === 'match');
    if (
      matching.length > 0 &&
      !matching.some((seen) => this.#seen(seen).some((one) => this.#fires(seen, one)))
    ) {
      this.#failures.push({ indicator, problem: 'no rule fires', rules: [] });
      return;
    }
    const enforced = this.#judged.tierOf(indicator) !== undefined;
    for (const seen of cases) {
      for (const observation of this.#seen(seen)) {
        if (seen.expect === 'silence') this.#silence(seen, observation);
        else if (enforced || this.#watched.has(watchedAs(seen, observation))) this.#match(seen, observation);
      }
    }
  }

  #fires(seen: IndicatorCase, { rules }: Observation): boolean {
    return this.#own(seen.indicator, rules).length > 0 || this.#isBlockedForAnother(seen, rules);
  }

  /** What is watched may lie under another indicator that is blocked: then it is right to block it. */
  #isBlockedForAnother(seen: IndicatorCase, rules: readonly string[]): boolean {
    if (this.#judged.tierOf(seen.indicator) !== 'watch') return false;
    if (rules.length !== 1 || rules[0] !== DEEDS.block) return false;
    return this.#judged.explainedBy(seen).some((indicator) => this.#judged.tierOf(indicator) === 'block');
  }

  #seen({ id }: IndicatorCase): readonly Observation[] {
    return this.#observations.get(id) ?? [];
  }

  #match(seen: IndicatorCase, observation: Observation): void {
    this.#matches.seen++;
    if (this.#fires(seen, observation)) this.#matches.ok++;
    else this.#fail(seen, observation, 'silent', []);
  }

  #silence(seen: IndicatorCase, observation: Observation): void {
    if (this.#judged.tolerated(seen)) return;
    const firing = this.#firing(seen.indicator, observation.rules);
    // Almost no near miss fires, and explanations are dear.
    const explained = firing.length > 0 ? this.#judged.explainedBy(seen) : [];
    const wrong = firing.filter((rule) => !this.#excused(rule, explained));
    this.#misses.seen++;
    if (wrong.length === 0) this.#misses.ok++;
    else this.#fail(seen, observation, 'fires', wrong);
  }

  /** A near miss of one indicator may be listed itself, or lie under one that is: then the rule is right. */
  #excused(rule: string, explained: readonly number[]): boolean {
    const members = this.#judged.members.get(rule);
    return explained.some((indicator) => !members || members.has(this.#judged.standsFor(indicator)));
  }

  #fail(
    seen: IndicatorCase,
    { carrier }: Observation,
    problem: Failure['problem'],
    rules: readonly string[],
  ): void {
    const { indicator, text, about } = seen;
    this.#failures.push({ indicator, problem, rules, seen: { text, about, carrier } });
  }

  /** The rules among those that fired that are right to fire for an indicator: its own, and those of its tier. */
  #own(indicator: number, rules: readonly string[]): readonly string[] {
    const tier = this.#judged.tierOf(indicator);
    if (tier) return rules.includes(DEEDS[tier]) && rules.length === 1 ? rules : [];
    return this.#firing(indicator, rules);
  }

  /** The rules among those that fired that are for an indicator, or of which we do not know what they are for. */
  #firing(indicator: number, rules: readonly string[]): readonly string[] {
    const target = this.#judged.standsFor(indicator);
    return rules.filter((rule) => this.#judged.members.get(rule)?.has(target) ?? true);
  }

  /** A rule that was loaded must have fired for each of its members that was shown. */
  #rulesThatNeverFire(byIndicator: ReadonlyMap<number, readonly IndicatorCase[]>): void {
    const fired = new Set<string>();
    for (const [indicator, cases] of byIndicator) {
      for (const seen of cases) {
        if (seen.expect === 'match')
          for (const { rules } of this.#seen(seen))
            for (const rule of rules) fired.add(`${rule} ${indicator}`);
      }
    }
    for (const rule of this.#report.rules) {
      for (const indicator of this.#judged.members.get(rule) ?? []) {
        if (!byIndicator.has(indicator) || fired.has(`${rule} ${indicator}`)) continue;
        this.#failures.push({ indicator, problem: 'rule never fires', rules: [rule] });
      }
    }
  }
}

/** A kind, seen in one way. The port of an endpoint decides which protocols an engine looks for. */
function watchedAs({ kind, text }: IndicatorCase, { carrier }: Observation): string {
  return `${kind} ${kind === 'endpoint' ? text.slice(text.lastIndexOf(':')) : ''} ${carrier}`;
}
