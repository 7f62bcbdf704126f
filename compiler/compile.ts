/**
 * The pipeline in one page: what the inputs say, through guards and policy, into a plan for each target,
 * and from the plan into files. Works on strings and iterables only, so it runs in a browser as well.
 */

import type { BuildMemory } from './build-memory.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { SourceFile } from './diagnostics/source-file.ts';
import type { GuardHit } from './guard/guard.ts';
import type { Lock } from './identity/lock.ts';
import { LockTable } from './identity/lock-table.ts';
import { movedSidDiagnostics } from './identity/moved-sids.ts';
import { Register } from './identity/register.ts';
import type { Collection } from './indicators/set.ts';
import { type AdmissionRequest, sharedAdmissions } from './plan/admissions.ts';
import { type Blast, blastOf, budgetDiagnostics } from './plan/blast.ts';
import { type Guarded, guardedBy } from './plan/consequence.ts';
import { findParents } from './plan/cover.ts';
import type { Entry } from './plan/entry.ts';
import { expiryOf } from './plan/expiry.ts';
import type { FateCounts } from './plan/fate.ts';
import { limitDiagnostics } from './plan/limit-diagnostics.ts';
import { packedLengths } from './plan/pack.ts';
import { type PlanInput, planTarget, type TargetPlan } from './plan/plan.ts';
import { type EffectPolicy, type Policy, refinePolicy } from './plan/policy.ts';
import { reachOf } from './plan/reach.ts';
import { switchDiagnostics } from './plan/switch.ts';
import { type Traits, traitsOf } from './plan/traits.ts';
import type { Progress } from './progress.ts';
import type { Language } from './render/languages/language.ts';
import { languageFor } from './render/languages/languages.ts';
import { type PlacedEntry, placeEntries } from './render/place.ts';
import { renderTarget } from './render/render-target.ts';
import type { RenderedFile, RenderRequest } from './render/request.ts';
import { type CompiledRule, ruleKeys, rulesOf } from './render/rules.ts';
import { type TemplateFactory, TemplateRunner } from './render/template.ts';
import { plainness, type TrialRequest, trialOf } from './render/trial.ts';
import { type FileView, Views } from './render/view.ts';
import type { Publisher } from './source/settings.ts';
import { EFFECTS, hasLockLines, type Pass } from './targets/definition.ts';
import type { ChosenTarget } from './targets/target.ts';

/** What is to be compiled. */
export interface CompileRequest {
  collection: Collection;
  /** What guards said of the indicators. */
  hits: readonly GuardHit[];
  publisher: Publisher;
  /** By effect; each target's own goes over it. */
  policy: Policy;
  /** The approximations that match more than what is listed, and may be used all the same. */
  approximate: ReadonlySet<string>;
  targets: readonly (ChosenTarget & { templates: TemplateFactory })[];
  /** Undefined for an input without a lock. */
  lock: Lock | undefined;
  /** What the lock was read from, for messages; undefined where there is no file. */
  lockFile?: SourceFile | undefined;
  /** The most addresses that a blocking target may block. */
  mostAddresses: number;
  /** The day that decides validity and dates new revisions, YYYY-MM-DD. */
  asOf: string;
  /** What the build before it has left, in the same process. */
  memory?: BuildMemory;
  /** Hears how far the plan is. */
  progress?: Progress;
}

/** One target, planned; its files are rendered when they are asked for. */
export interface CompiledTarget {
  name: string;
  /** That of its effect, with its own over it. */
  policy: EffectPolicy;
  plan: TargetPlan;
  fates: FateCounts;
  /** What it blocks of the internet; undefined where it does not block. */
  blast: Blast | undefined;
  /** Renders. Can be called again, for the same files. */
  files(): Iterable<RenderedFile>;
  /** The rules that have an identity. */
  rules(): Iterable<CompiledRule>;
  /** Renders, and tells where the entries of these passes stand. */
  places(wanted: (pass: Pass, entry: Entry) => boolean): Iterable<PlacedEntry>;
  /** The lock's lines of the rules rendered so far. */
  lockLines(): LockTable;
  /** What renders it. */
  rendering: RenderRequest;
}

/** All targets of a build. */
export interface Compiled {
  targets: readonly CompiledTarget[];
  diagnostics: readonly Diagnostic[];
}

/** What every indicator becomes in every target, and the files that say so. */
export function compile(request: CompileRequest): Compiled {
  const viewsOf = viewsByPolicy(request);
  const { indicators: set } = request.collection;
  const diagnostics: Diagnostic[] = [];
  const targets: CompiledTarget[] = [];
  request.memory?.receive(set);
  if (request.targets.some(({ target }) => reachOf(target.definition).subdomains)) findParents(set);
  // The build after this one, if it gets what this one leaves, looks for values.
  if (!request.memory) set.rest();
  const guards = new Map(EFFECTS.map((effect) => [effect, guardedBy(request.hits, effect)]));
  const bases = new Bases(request);
  request.progress?.phase('planning', request.targets.length, 'target');
  for (const chosen of request.targets) {
    request.progress?.at(chosen.target.name);
    const { definition } = chosen.target;
    const { effect } = definition;
    const policy = refinePolicy(request.policy[effect], chosen.policy);
    const basis = bases.of({
      set,
      definition,
      policy,
      asOf: request.asOf,
      expires: expiryOf(request.collection, policy.lifetimes),
      guarded: guards.get(effect) as ReadonlyMap<number, Guarded>,
    });
    const views = viewsOf(policy);
    const runners = runnersOf(chosen);
    const fileView = views.file(chosen.target.name, chosen.options);
    const plan = planOf(request, chosen, basis, { views, fileView, runners });
    const register = registerOf(request, chosen, plan);
    const blast = blastOf(set, effect, plan, request.hits);
    diagnostics.push(...switchDiagnostics(chosen.target.name, plan));
    diagnostics.push(...limitDiagnostics(chosen.target.name, plan.cuts));
    diagnostics.push(...budgetDiagnostics(set, chosen.target.name, blast, request.mostAddresses));
    if (register === 'full') diagnostics.push(rangeFull(chosen.target.name));
    else {
      diagnostics.push(...movedSidDiagnostics(chosen.target.name, register, request.lockFile));
      targets.push(
        compiledTarget(request, chosen, { policy, plan, blast }, { views, fileView, runners }, register),
      );
    }
    request.progress?.advance(1);
  }
  bases.clear();
  return { targets, diagnostics };
}

/** Most targets share the policy of their effect, and so what is made of each context. */
function viewsByPolicy({ collection, publisher }: CompileRequest): (policy: EffectPolicy) => Views {
  const made = new Map<EffectPolicy, Views>();
  return (policy) => {
    const views = made.get(policy) ?? new Views(collection, publisher, policy);
    made.set(policy, views);
    return views;
  };
}

/** What renders a target. */
type Rendering = Pick<TrialRequest, 'views' | 'fileView' | 'runners'>;

/** A runner for each language of the target's outputs. */
function runnersOf({ target, templates }: CompileRequest['targets'][number]): Rendering['runners'] {
  const syntaxes = new Set(target.definition.outputs.map(({ syntax }) => syntax));
  return new Map(
    [...syntaxes].map((syntax) => [syntax, new TemplateRunner(templates, languageFor(syntax) as Language)]),
  );
}

/** What the plans of all targets are made on: kept until the last is made. */
class Bases {
  readonly #request: Pick<CompileRequest, 'collection' | 'targets'>;
  #traits: Traits | undefined;
  #admissionsFor = sharedAdmissions();

  constructor({ collection, targets }: CompileRequest) {
    this.#request = { collection, targets };
  }

  of(asked: AdmissionRequest): PlanInput['basis'] {
    const { indicators } = this.#request.collection;
    return () => ({
      traits: this.#made(),
      admissions: this.#admissionsFor(asked),
      plain: plainness(indicators),
    });
  }

  clear(): void {
    const { indicators } = this.#request.collection;
    packedLengths.forget(indicators);
    plainness.forget(indicators);
    this.#traits = undefined;
    this.#admissionsFor = sharedAdmissions();
  }

  #made(): Traits {
    const { collection, targets } = this.#request;
    this.#traits ??= traitsOf(
      collection.indicators,
      targets.map(({ target }) => target.definition),
    );
    return this.#traits;
  }
}

function planOf(
  request: CompileRequest,
  { target, options }: ChosenTarget,
  basis: PlanInput['basis'],
  rendering: Rendering,
): TargetPlan {
  const { indicators: set, actors } = request.collection;
  const { definition } = target;
  return planTarget({
    set,
    actors,
    definition,
    basis,
    refusal: trialOf({ set, actors, definition, ...rendering }),
    options,
    approximate: request.approximate,
  });
}

function registerOf(
  request: CompileRequest,
  { target, options }: ChosenTarget,
  plan: TargetPlan,
): Register | undefined | 'full' {
  if (!hasLockLines(target.definition)) return undefined;
  const { identity } = target.definition;
  const register = Register.open({
    publisherId: request.publisher.id,
    target: target.name,
    identity,
    sidRange: (options.sid ?? [0, 0]) as readonly [number, number],
    lock: request.lock,
    asOf: request.asOf,
    keys: identity === 'sid' ? ruleKeys(target.name, request.collection.indicators, plan) : [],
  });
  return register ?? 'full';
}

function compiledTarget(
  compiling: CompileRequest,
  chosen: CompileRequest['targets'][number],
  { policy, plan, blast }: Pick<CompiledTarget, 'plan' | 'policy' | 'blast'>,
  rendering: Rendering,
  register: Register | undefined,
): CompiledTarget {
  const { collection } = compiling;
  const { target } = chosen;
  const memory = memoryOf(compiling, chosen, policy, rendering.fileView);
  const request = { target: target.name, set: collection.indicators, plan, ...rendering, register, memory };
  return {
    name: target.name,
    policy,
    plan,
    fates: plan.verdicts.count(),
    blast,
    files: () => renderTarget(request),
    places: (wanted) => placeEntries(request, wanted),
    rules: () => (register?.identifies ? rulesOf(target.name, collection.indicators, plan, register) : []),
    lockLines: () => register?.lines ?? new LockTable(),
    rendering: request,
  };
}

/** What the rules of a target said in the build before, where all that they have in common is still the same. */
function memoryOf(
  { collection, memory }: CompileRequest,
  { target: { name, raw }, templates }: CompileRequest['targets'][number],
  { severity, lifetimes }: EffectPolicy,
  fileView: FileView,
): RenderRequest['memory'] {
  if (!memory) return undefined;
  const actors = [...collection.actors.values()];
  const basis = JSON.stringify([fileView, severity, lifetimes, actors, raw, String(templates)]);
  return { rules: memory.rulesOf(name), basis, ancestry: memory.ancestry };
}

function rangeFull(target: string): Diagnostic {
  return {
    code: 'RF604',
    severity: 'error',
    message: `the sid range of \`${target}\` has fewer numbers than there are rules`,
    help: 'give the target a wider `sid` range in refang.yaml',
  };
}
