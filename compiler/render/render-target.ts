/** The files of one target: each entry's view is rendered by the template, rules get their identity on the way. */

import { groupKey, indicatorKey } from '../identity/key.ts';
import type { Register } from '../identity/register.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry, OutputPlan, PassPlan, TargetPlan } from '../plan/plan.ts';
import type { Output, Pass, Tier } from '../targets/definition.ts';
import { distinctLines } from './distinct-lines.ts';
import { rendering, renderingTexts } from './render-error.ts';
import type { PassSource, RenderEntry, TemplateRunner } from './template.ts';
import { BLANK_IDENTITY, type FileView, type IdentityView, type View, type Views } from './view.ts';

/** A file in the making. Its text can be drawn once. */
export interface RenderedFile {
  /** Below the target's folder, with `/`. */
  path: string;
  tier: Tier | undefined;
  chunks: Iterable<string>;
  /** Rules or list entries in the file. */
  entries: number;
}

/** One target, planned and ready to render. */
export interface RenderRequest {
  target: string;
  set: IndicatorSet;
  plan: TargetPlan;
  views: Views;
  fileView: FileView;
  runner: TemplateRunner;
  /** Absent for a target without identity. */
  register: Register | undefined;
}

/** The keys of all rules of a target, in the order of the plan. */
export function ruleKeys(target: string, set: IndicatorSet, plan: TargetPlan): string[] {
  return plan.outputs.flatMap(({ passes }) =>
    passes
      .filter(({ pass }) => pass.identity)
      .flatMap(({ pass, entries }) => entries.map((entry) => keyOf(target, set, pass, entry))),
  );
}

/** A rule with identity: its ids, and the indicators that it is for. */
export interface CompiledRule {
  /** The sid or UUID. */
  id: string;
  members: readonly number[];
}

/** All rules of a target that have an identity, in the order of the plan. */
export function* rulesOf(
  target: string,
  set: IndicatorSet,
  plan: TargetPlan,
  register: Register,
): Generator<CompiledRule> {
  for (const { passes } of plan.outputs) {
    for (const { pass, entries } of passes) {
      if (!pass.identity) continue;
      for (const entry of entries) {
        const { uuid, sid } = register.ids(keyOf(target, set, pass, entry));
        yield { id: uuid ?? String(sid), members: membersOf(entry) };
      }
    }
  }
}

function membersOf(entry: Entry): readonly number[] {
  if (entry.type === 'indicator') return [entry.index];
  return entry.type === 'group' ? entry.group.members : [];
}

function keyOf(target: string, set: IndicatorSet, pass: Pass, entry: Entry): string {
  if (entry.type === 'group') return groupKey(target, pass.name, entry.group.key, pass.tier);
  if (entry.type === 'interval') return indicatorKey(target, pass.name, 'interval', entry.interval.value);
  return indicatorKey(target, pass.name, set.kind(entry.index), set.value(entry.index));
}

/** Renders all outputs of a target, in the order of its target.yaml. */
export function* renderTarget(request: RenderRequest): Generator<RenderedFile> {
  for (const outputPlan of request.plan.outputs) {
    const { output, passes } = outputPlan;
    if (output.each)
      yield* renderEach(
        request,
        output,
        passes.find(({ pass }) => pass.name === output.each),
      );
    else yield renderWhole(request, outputPlan);
  }
}

/** One file with all passes. */
function renderWhole(request: RenderRequest, { output, passes }: OutputPlan): RenderedFile {
  const sources = new Map<string, PassSource>(
    passes.map((passPlan) => [
      passPlan.pass.name,
      {
        size: passPlan.entries.length,
        texts: (render) => distinctLines(textsOf(request, passPlan, render), passPlan.pass.distinct),
      },
    ]),
  );
  const lengths = passes.map(({ pass, entries }) => [pass.name, { length: entries.length }] as const);
  const view = { ...request.fileView, ...Object.fromEntries(lengths) };
  const tiers = new Set(passes.map(({ pass }) => pass.tier));
  return {
    path: output.file,
    tier: tiers.size === 1 ? [...tiers][0] : undefined,
    chunks: renderingTexts(request.target, request.runner.stream(output.template, view, sources)),
    entries: passes.reduce((sum, { entries }) => sum + entries.length, 0),
  };
}

/** One file a rule. */
function* renderEach(
  request: RenderRequest,
  output: Output,
  plan: PassPlan | undefined,
): Generator<RenderedFile> {
  for (const entry of plan?.entries ?? []) {
    const pass = (plan as PassPlan).pass;
    const view = { ...request.fileView, ...request.views.entry(entry, pass) };
    const render = (some: View) => request.runner.whole(output.template, some);
    const [text, identity] = renderEntry(request, pass, entry, view, render);
    const path = rendering(request.target, undefined, () =>
      request.runner.path(output.file, { ...view, ...identity }),
    );
    yield { path, tier: pass.tier, chunks: [text], entries: 1 };
  }
}

function* textsOf(
  request: RenderRequest,
  { pass, entries }: PassPlan,
  render: RenderEntry,
): Generator<string> {
  for (const [at, entry] of entries.entries()) {
    const view = { ...request.fileView, ...request.views.entry(entry, pass) };
    yield renderEntry(request, pass, entry, view, (some) => render(some, at))[0];
  }
}

/** The text of an entry, with its identity where the target has one. Throws RenderError. */
function renderEntry(
  request: RenderRequest,
  pass: Pass,
  entry: Entry,
  view: View,
  render: (view: View) => string,
): [string, IdentityView | undefined] {
  const { target, set, register } = request;
  const origin = entry.type === 'indicator' ? set.origin(entry.index) : undefined;
  return rendering(target, origin, () =>
    register && pass.identity
      ? withIdentity(register, keyOf(target, set, pass, entry), view, render)
      : [render(view), undefined],
  );
}

/** Renders a rule twice: blank, for the hash that decides its revision, then with the identity that follows from it. */
function withIdentity(
  register: Register,
  key: string,
  view: View,
  render: (view: View) => string,
): [string, IdentityView] {
  const { uuid, sid } = register.ids(key);
  // The view is this rule's own: filling it in twice is cheaper than copying its forty fields.
  const line = register.revise(key, render(Object.assign(view, BLANK_IDENTITY)));
  const identity: IdentityView = {
    id: uuid ?? '',
    short: uuid?.slice(0, 8) ?? '',
    sid: sid ?? '',
    rev: line.revision,
    created: String(view.published ?? '') || (register.locked ? line.created : ''),
    modified: line.revision > 1 ? line.changed : '',
  };
  return [render(Object.assign(view, identity)), identity];
}
