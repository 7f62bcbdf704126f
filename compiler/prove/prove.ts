/** Proves a build: shows every engine what its rules must match and must not, and tells what they did. */

import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from '../build.ts';
import { type CompiledTarget, compile } from '../compile.ts';
import { OutFolder } from '../emit/out-folder.ts';
import type { Collection } from '../indicators/set.ts';
import { approximationsOf, policyOf, type Session, type SessionOptions } from '../session.ts';
import type { ChosenTarget } from '../targets/target.ts';
import type { BehaviourReport } from './behaviour.ts';
import { casesOf, type IndicatorCase, provable } from './cases.ts';
import type { Availability, Engine, EngineName, LoadReport } from './engine.ts';
import { ENGINES } from './engines.ts';
import { Explainer } from './explains.ts';
import { type Judged, judge, type Verdict } from './judge.ts';
import { filesFor, judgesOf } from './judged-by.ts';
import { withTempFolder } from './process.ts';
import { MOST_SHOWN, sampleOf } from './sample.ts';
import { type StandIns, standInsFor } from './stand-in-set.ts';
import { writeTarget } from './write-target.ts';

/** What a proof is asked for. */
export interface ProveOptions extends SessionOptions {
  /** The folder to prove, relative to `cwd`; the project's own by default. */
  out?: string;
  /** Where the engines' inputs and answers are kept: a folder a target and engine. Relative to `cwd`. */
  keep?: string;
  /** Told when an engine begins and ends, for people who wait. */
  proving?(target: string, engine: EngineName, done: boolean): void;
}

/** What an engine showed of one set of rules. */
export interface ProofRun {
  /** The listed values themselves, or stand-ins for hashes and fingerprints. */
  of: 'listed' | 'stand-ins';
  verdict: Verdict;
  report: BehaviourReport;
  /** Whether the engine's input and answers were kept, so that `report.command` can be run again. */
  kept: boolean;
  /** The listed indicator that an indicator of the run is. */
  original(indicator: number): number;
}

/** What one engine says of one target. */
export interface Proof {
  target: string;
  engine: EngineName;
  found: Availability;
  /** The indicators that the target says it matches. */
  provable: readonly number[];
  /** Those of them that were to be shown. */
  sample: readonly number[];
  /** Absent where the engine is missing, or failed to load anything. */
  load?: LoadReport;
  /** What kept the engine from judging, in its own words. */
  broken?: string;
  /** Empty where the engine is missing or broken, or where the files do not load. */
  runs: readonly ProofRun[];
}

/** What every engine says of every target. */
export interface ProveReport {
  session: Session;
  out: string;
  /** Files of the folder that are not what a build would write: then nothing was proven. */
  stale: readonly string[];
  /** Targets that name no engine. */
  unjudged: readonly string[];
  proofs: readonly Proof[];
}

/** Proves the folder of a build with every engine that is there. */
export async function prove(options: ProveOptions): Promise<ProveReport> {
  const { session, out, stale, files } = await build({ ...options, check: true });
  const report = { session, out, stale, unjudged: [], proofs: [] };
  const { project, collection, compiled, targets } = session;
  if (session.failed || stale.length > 0 || !project || !collection || !compiled || !targets) return report;
  const root = options.out === undefined ? project.root : (options.cwd ?? process.cwd());
  const folder = OutFolder.open(root, out).path;
  const proving = compiled.targets.flatMap((target) => {
    const chosen = targets.find((one) => one.target.name === target.name) as (typeof targets)[number];
    const own = files.filter((file) => file.target === target.name).map(({ path }) => resolve(folder, path));
    const engines = judgesOf(chosen.target.definition.check);
    return engines.map((engine) =>
      new Prover(options, session, collection, target, chosen, engine).prove(own),
    );
  });
  const judged = (name: string) =>
    judgesOf(targets.find(({ target }) => target.name === name)?.target.definition.check ?? []);
  const unjudged = compiled.targets.map(({ name }) => name).filter((name) => judged(name).length === 0);
  return { ...report, unjudged, proofs: await Promise.all(proving) };
}

/** One engine on one target. */
class Prover {
  readonly #options: ProveOptions;
  readonly #session: Session;
  readonly #collection: Collection;
  readonly #target: CompiledTarget;
  readonly #chosen: NonNullable<Session['targets']>[number];
  readonly #engine: Engine;

  constructor(
    options: ProveOptions,
    session: Session,
    collection: Collection,
    target: CompiledTarget,
    chosen: ChosenTarget & NonNullable<Session['targets']>[number],
    engine: EngineName,
  ) {
    this.#options = options;
    this.#session = session;
    this.#collection = collection;
    this.#target = target;
    this.#chosen = chosen;
    this.#engine = ENGINES[engine];
  }

  async prove(files: readonly string[]): Promise<Proof> {
    const { name } = this.#engine;
    const found = await this.#engine.find();
    const indicators = provable(this.#target.plan.verdicts);
    const proof: Proof = {
      target: this.#target.name,
      engine: name,
      found,
      provable: indicators,
      sample: indicators,
      runs: [],
    };
    if (!found.available) return proof;
    this.#options.proving?.(proof.target, name, false);
    try {
      const load = await this.#engine.load(filesFor(name, files));
      if (!load.ok || !this.#engine.behave) return { ...proof, load };
      const sample = this.#sampleOf(indicators);
      return { ...proof, load, sample, runs: await this.#runs(files, sample) };
    } catch (error) {
      // Engines throw plain errors. One that cannot run must not keep the others from judging.
      if (!(error instanceof Error) || error.name !== 'Error') throw error;
      return { ...proof, broken: error.message };
    } finally {
      this.#options.proving?.(proof.target, name, true);
    }
  }

  /** Of very many some, from every rule. */
  #sampleOf(indicators: readonly number[]): number[] {
    const rules = new Map<number, string>();
    if (indicators.length > MOST_SHOWN)
      for (const { id, members } of this.#target.rules())
        for (const member of members) if (!rules.has(member)) rules.set(member, id);
    const set = this.#collection.indicators;
    return sampleOf(indicators, MOST_SHOWN, (indicator) => rules.get(indicator) ?? set.kind(indicator));
  }

  async #runs(files: readonly string[], indicators: readonly number[]): Promise<ProofRun[]> {
    const set = this.#collection.indicators;
    const cases = casesOf(set, indicators, this.#engine.name);
    const listed = await this.#run(
      'listed',
      files,
      cases,
      this.#target,
      this.#collection,
      (indicator) => indicator,
    );
    const standIns = standInsFor(this.#collection, indicators);
    return standIns ? [listed, await this.#standIns(standIns)] : [listed];
  }

  /** Renders the target once more, for stand-ins, and proves that. */
  async #standIns(standIns: StandIns): Promise<ProofRun> {
    const { project, asOf } = this.#session;
    if (!project) throw new Error('a session with targets has a project');
    const { publisher } = project.settings;
    const policy = policyOf(project.settings);
    const { collection, originals, cases } = standIns;
    const compiled = compile({
      collection,
      // Stand-ins are documentation values that no one has listed.
      hits: [],
      mostAddresses: Number.POSITIVE_INFINITY,
      publisher,
      policy,
      approximate: approximationsOf(project.settings),
      targets: [this.#chosen],
      lock: undefined,
      asOf,
    });
    const [target] = compiled.targets;
    if (!target) throw new Error('a target that compiles once compiles again');
    const shown = new Set(provable(target.plan.verdicts));
    const shownCases = cases
      .filter(({ indicator }) => shown.has(indicator))
      .map((one, id) => ({ ...one, id }));
    const proveIn = (folder: string) =>
      this.#run(
        'stand-ins',
        writeTarget(folder, compiled),
        shownCases,
        target,
        collection,
        (indicator) => originals[indicator] as number,
      );
    const keep = this.#keep('stand-ins');
    if (keep === undefined) return withTempFolder(proveIn);
    const rules = resolve(keep, 'rules');
    rmSync(rules, { recursive: true, force: true });
    return proveIn(rules);
  }

  /** Where the input and the answers of a run are kept, if they are. */
  #keep(of: ProofRun['of']): string | undefined {
    const { keep, cwd } = this.#options;
    return keep === undefined
      ? undefined
      : resolve(cwd ?? process.cwd(), keep, this.#target.name, this.#engine.name, of);
  }

  async #run(
    of: ProofRun['of'],
    files: readonly string[],
    cases: readonly IndicatorCase[],
    target: CompiledTarget,
    collection: Collection,
    original: ProofRun['original'],
  ): Promise<ProofRun> {
    const keep = this.#keep(of);
    const request = { files: filesFor(this.#engine.name, files), cases, ...(keep !== undefined && { keep }) };
    const report = await (this.#engine as Required<Engine>).behave(request);
    const verdict = judge(judgedOf(target, collection, cases), report);
    return { of, report, original, verdict, kept: keep !== undefined };
  }
}

/** What the judge has to know of a target. */
function judgedOf(target: CompiledTarget, collection: Collection, cases: readonly IndicatorCase[]): Judged {
  const { verdicts } = target.plan;
  const explainer = new Explainer(collection.indicators, provable(verdicts));
  const members = new Map([...target.rules()].map(({ id, members: of }) => [id, new Set(of)] as const));
  return {
    cases,
    members,
    standsFor: (indicator) => verdicts.at(indicator).by ?? indicator,
    // The ids of rules tell more than the tiers, which are all that packet filters and resolvers can tell.
    tierOf: (indicator) => (members.size > 0 ? undefined : verdicts.tier(indicator)),
    tolerated: ({ indicator, text }) =>
      verdicts.at(indicator).fate === 'approximated' &&
      standsAsWord(collection.indicators.value(indicator), text),
    explainedBy: ({ kind, text, indicator }) =>
      explainer.of(kind, text).filter((other) => other !== indicator),
  };
}

/** What an approximation may match beyond the value: texts in which it stands, not joined to a letter or digit. */
function standsAsWord(value: string, text: string): boolean {
  const at = text.toLowerCase().indexOf(value.toLowerCase());
  if (at < 0) return false;
  const isWord = (character: string) => /[\p{L}\p{N}]/u.test(character);
  return !isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + value.length));
}
