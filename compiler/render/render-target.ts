/** The files of one target: each entry's view is rendered by the template, rules get their identity on the way. */

import { fileKey, groupKey, indicatorKey } from '../identity/key.ts';
import type { Register } from '../identity/register.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry, PassPlan } from '../plan/entry.ts';
import type { OutputPlan, TargetPlan } from '../plan/plan.ts';
import { hasSeveralFiles, type Pass, type Syntax, type Tier } from '../targets/definition.ts';
import { distinctLines } from './distinct-lines.ts';
import { rendering, renderingTexts } from './render-error.ts';
import type { PassSource, RenderEntry, TemplateRunner } from './template.ts';
import {
  BLANK_IDENTITY,
  type EntrySurroundings,
  type FileView,
  type IdentityView,
  type View,
  type Views,
} from './view.ts';

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
  /** By the language of an output. */
  runners: ReadonlyMap<Syntax, TemplateRunner>;
  /** Absent for a target without identity and serials. */
  register: Register | undefined;
  /** Follows which entry is being written, where someone asks. */
  trace?: Trace;
}

/** What the chunk is for that is drawn at this moment; undefined for what stands around entries. */
export interface Trace {
  current: { pass: Pass; entry: Entry } | undefined;
}

/** The keys of all rules of a target, in the order of the plan. */
export function ruleKeys(target: string, set: IndicatorSet, plan: TargetPlan): string[] {
  return plan.outputs.flatMap(({ passes }) =>
    passes
      .filter(({ pass }) => pass.identity)
      .flatMap(({ pass, entries }) => Array.from(entries, (entry) => keyOf(target, set, pass, entry))),
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

/** The indicators of an entry that are known by name: those of an interval are not. */
export function membersOf(entry: Entry): readonly number[] {
  switch (entry.type) {
    case 'indicator':
      return [entry.index];
    case 'group':
      return entry.group.members;
    case 'subject':
      return entry.members;
    case 'interval':
      return [];
  }
}

/** The key of the rule that an entry becomes. */
export function keyOf(target: string, set: IndicatorSet, pass: Pass, entry: Entry): string {
  switch (entry.type) {
    case 'indicator':
      return indicatorKey(target, pass.name, set.kind(entry.index), set.value(entry.index));
    case 'group':
      return groupKey(target, pass.name, entry.group.key, pass.tier);
    case 'interval':
      return indicatorKey(target, pass.name, 'interval', entry.interval.value);
    case 'subject':
      return indicatorKey(target, pass.name, entry.of, entry.id);
  }
}

/** Renders all outputs of a target, in the order of its target.yaml. */
export function* renderTarget(request: RenderRequest): Generator<RenderedFile> {
  for (const outputPlan of request.plan.outputs) {
    const { output, passes } = outputPlan;
    const each = passes.find(({ pass }) => pass.name === output.each);
    if (each) yield* renderEach(request, outputPlan, each);
    else yield renderWhole(request, outputPlan);
  }
}

/** One file with all passes. */
function renderWhole(request: RenderRequest, outputPlan: OutputPlan): RenderedFile {
  const { target, register } = request;
  const { output, passes } = outputPlan;
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const file = fileViewOf(request, outputPlan);
  const sources = new Map<string, PassSource>(
    passes.map((passPlan) => [
      passPlan.pass.name,
      {
        size: passPlan.entries.length,
        texts: (render) => {
          const texts = distinctLines(textsOf(request, file, passPlan, render), passPlan.pass.distinct);
          return request.trace ? traced(request.trace, passPlan, texts) : texts;
        },
      },
    ]),
  );
  const lengths = passes.map(({ pass, entries }) => [pass.name, { length: entries.length }] as const);
  const view = { ...file, ...Object.fromEntries(lengths) };
  const path = hasSeveralFiles(output)
    ? rendering(target, undefined, () => runner.path(output.file, view))
    : output.file;
  const stream = (serial?: number) =>
    runner.stream(output.template, serial === undefined ? view : { ...view, serial }, sources);
  const tiers = new Set(passes.map(({ pass }) => pass.tier));
  return {
    path,
    tier: output.tier ?? (tiers.size === 1 ? [...tiers][0] : undefined),
    chunks: renderingTexts(
      target,
      output.serial ? withSerial(register as Register, fileKey(target, path), stream) : stream(),
    ),
    entries: passes.reduce((sum, { entries }) => sum + entries.length, 0),
  };
}

/** One text an entry, as they come. */
function* traced(trace: Trace, { pass, entries }: PassPlan, texts: Iterable<string>): Generator<string> {
  let at = 0;
  for (const text of texts) {
    trace.current = { pass, entry: entries.at(at++) };
    yield text;
    trace.current = undefined;
  }
}

/** What a file of an output with several knows of itself. */
export function fileViewOf({ fileView }: RenderRequest, { output, part, parts }: OutputPlan): FileView {
  return {
    ...fileView,
    ...(output.tier !== undefined && { tier: output.tier }),
    ...(output.partEntries !== undefined && { part, parts }),
  };
}

/** Renders a file twice: with the serial 0, which no file has, for the hash that decides its revision; then with that. */
function* withSerial(
  register: Register,
  key: string,
  stream: (serial: number) => Iterable<string>,
): Generator<string> {
  yield* stream(register.reviseFile(key, stream(0)).revision);
}

/** One file a rule. */
function* renderEach(
  request: RenderRequest,
  outputPlan: OutputPlan,
  { pass, entries }: PassPlan,
): Generator<RenderedFile> {
  const { output } = outputPlan;
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const around = surroundingsOf(request, fileViewOf(request, outputPlan), pass);
  for (const entry of entries) {
    const view = request.views.entry(entry, around);
    const render = (some: View) => runner.whole(output.template, some);
    const text = renderEntry(request, pass, entry, view, render);
    // Its identity is in the view by now.
    const path = rendering(request.target, undefined, () => runner.path(output.file, view));
    if (request.trace) request.trace.current = { pass, entry };
    yield { path, tier: pass.tier, chunks: [text], entries: 1 };
    if (request.trace) request.trace.current = undefined;
  }
}

function* textsOf(
  request: RenderRequest,
  file: FileView,
  { pass, entries }: PassPlan,
  render: RenderEntry,
): Generator<string> {
  const around = surroundingsOf(request, file, pass);
  for (let at = 0; at < entries.length; at++) {
    const entry = entries.at(at);
    const view = request.views.entry(entry, around);
    yield renderEntry(request, pass, entry, view, (some) => render(some, at));
  }
}

/** What the views of a pass's entries are made of beside the entries. */
export function surroundingsOf(request: RenderRequest, file: FileView, pass: Pass): EntrySurroundings {
  const { target, set, plan, register } = request;
  return {
    file,
    pass,
    tierOf: (index) => plan.verdicts.tier(index),
    ruleOf: (index) => {
      const key = indicatorKey(target, pass.refers as string, set.kind(index), set.value(index));
      const { uuid, sid } = (register as Register).ids(key);
      return uuid ?? (sid as number);
    },
  };
}

/** The text of an entry; where the target has identities, the view is given that of the entry. Throws RenderError. */
function renderEntry(
  request: RenderRequest,
  pass: Pass,
  entry: Entry,
  view: Record<string, unknown>,
  render: (view: View) => string,
): string {
  const { target, set, register } = request;
  const origin = entry.type === 'indicator' ? set.origin(entry.index) : undefined;
  return rendering(target, origin, () =>
    register?.identifies && pass.identity
      ? withIdentity(register, keyOf(target, set, pass, entry), view, render)
      : render(view),
  );
}

/** Renders a rule twice: blank, for the hash that decides its revision, then with the identity that follows from it. */
function withIdentity(
  register: Register,
  key: string,
  view: Record<string, unknown>,
  render: (view: View) => string,
): string {
  const { uuid, sid } = register.ids(key);
  const line = register.revise(key, render(Object.assign(view, BLANK_IDENTITY)));
  const identity: IdentityView = {
    id: uuid ?? '',
    short: uuid?.slice(0, 8) ?? '',
    sid: sid ?? '',
    rev: line.revision,
    created: String(view.published ?? '') || (register.locked ? line.created : ''),
    modified: line.revision > 1 ? line.changed : '',
  };
  return render(Object.assign(view, identity));
}
