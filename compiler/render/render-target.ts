/** The files of one target: each entry's view is rendered by the template, rules get their identity on the way. */

import type { Span } from '../diagnostics/diagnostic.ts';
import { fileKey, indicatorKey } from '../identity/key.ts';
import type { Register } from '../identity/register.ts';
import type { Entries, Entry, PassPlan } from '../plan/entry.ts';
import type { OutputPlan } from '../plan/plan.ts';
import { hasSeveralFiles, type Output, type Pass } from '../targets/definition.ts';
import { distinctLines } from './distinct-lines.ts';
import type { EntryView } from './entry-view.ts';
import type { FragmentMemo } from './fragments.ts';
import { KeptTexts } from './kept-texts.ts';
import { failure, rendering, renderingTexts } from './render-error.ts';
import type { RenderedFile, RenderRequest, Trace } from './request.ts';
import { identifies, lazily, withIdentity } from './rule-text.ts';
import type { EntryRenderer, PassSource, TemplateRunner } from './template.ts';
import type { FileView, PassEntryViews } from './view.ts';

/** Texts of entries are handed on together when they have so many characters. */
const CHUNK = 1 << 16;

/** Renders outputs of a target, in the order of its target.yaml; by default all. */
export function* renderTarget(
  request: RenderRequest,
  outputs: readonly OutputPlan[] = request.plan.outputs,
): Generator<RenderedFile> {
  if (request.memory) {
    const { rules, basis, ancestry } = request.memory;
    rules.begin(basis, request.set, ancestry);
  }
  let last: Output | undefined;
  let memo: FragmentMemo | undefined;
  for (const outputPlan of outputs) {
    const { output, passes } = outputPlan;
    // The files of one output share what they have rendered.
    if (output !== last || !memo) memo = memoOf(request, output);
    last = output;
    const each = passes.find(({ pass }) => pass.name === output.each);
    if (each) yield* renderEach(request, outputPlan, each, memo);
    else yield renderWhole(request, outputPlan, memo);
  }
}

/** Room for what entries of an output share. */
function memoOf({ views, runners }: RenderRequest, { syntax, template }: Output): FragmentMemo {
  return views.memo((runners.get(syntax) as TemplateRunner).fragments(template));
}

/** One file with all passes. */
function renderWhole(request: RenderRequest, outputPlan: OutputPlan, memo: FragmentMemo): RenderedFile {
  const { target, register } = request;
  const { output, passes } = outputPlan;
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const file = fileViewOf(request, outputPlan);
  const lengths = passes.map(({ pass, entries }) => [pass.name, { length: entries.length }] as const);
  const view = { ...file, ...Object.fromEntries(lengths) };
  const path = hasSeveralFiles(output)
    ? rendering(target, undefined, () => runner.path(output.file, view))
    : output.file;
  // Whoever follows the entries sees each when it is rendered.
  const kept = output.serial && !request.trace ? new KeptTexts() : undefined;
  const stream = (serial: number | undefined) => {
    const numbered = serial === undefined ? {} : { serial };
    const sources = sourcesOf(request, { ...file, ...numbered }, passes, memo);
    return runner.stream(output.template, { ...view, ...numbered }, kept?.with(sources) ?? sources);
  };
  const tiers = new Set(passes.map(({ pass }) => pass.tier));
  return {
    path,
    tier: output.tier ?? (tiers.size === 1 ? [...tiers][0] : undefined),
    chunks: renderingTexts(
      target,
      output.serial ? withSerial(register as Register, fileKey(target, path), stream) : stream(undefined),
    ),
    entries: passes.reduce((sum, { entries }) => sum + entries.length, 0),
  };
}

/** What a file of an output with several knows of itself. */
export function fileViewOf({ fileView }: RenderRequest, { output, part, parts }: OutputPlan): FileView {
  return {
    ...fileView,
    ...(output.tier !== undefined && { tier: output.tier }),
    ...(output.partEntries !== undefined && { part, parts }),
  };
}

/** Draws a file twice: with the serial 0, which no file has, for the hash that decides its revision; then with that. */
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
  memo: FragmentMemo,
): Generator<RenderedFile> {
  const { output } = outputPlan;
  const runner = request.runners.get(output.syntax) as TemplateRunner;
  const views = viewsOf(request, fileViewOf(request, outputPlan), pass, memo);
  for (const entry of entries) {
    const view = views.entry(entry);
    const render = lazily(() => runner.whole(output.template, view));
    const text = rendering(request.target, originOf(request, entry), () =>
      identifies(request, pass) ? withIdentity(request, { pass, entry }, view, render) : render(),
    );
    // Its identity is in the view by now.
    const path = rendering(request.target, undefined, () => runner.path(output.file, view));
    if (request.trace) request.trace.current = { pass, entry };
    yield { path, tier: pass.tier, chunks: [text], entries: 1 };
    if (request.trace) request.trace.current = undefined;
  }
}

/** The entries of all passes of a file. */
function sourcesOf(
  request: RenderRequest,
  file: FileView,
  passes: readonly PassPlan[],
  memo: FragmentMemo,
): Map<string, PassSource> {
  const sources = passes.map((passPlan): [string, PassSource] => {
    const { pass, entries } = passPlan;
    const texts: PassSource['texts'] = (renderer) =>
      textsOf(request, passPlan, viewsOf(request, file, pass, memo), renderer);
    return [pass.name, { size: entries.length, texts }];
  });
  return new Map(sources);
}

/** The texts of the entries of a pass, many at a time; of an entry that is followed its own alone. */
function* textsOf(
  request: RenderRequest,
  passPlan: PassPlan,
  views: PassEntryViews,
  renderer: EntryRenderer,
): Generator<string> {
  const { trace } = request;
  const { pass, entries } = passPlan;
  const textAt = textsByPlace(request, passPlan, views, renderer);
  let text = '';
  for (let at = 0; at < entries.length; at++) {
    const followed = trace && isFollowed(trace, pass, entries, at);
    if (followed && text !== '') {
      yield text;
      text = '';
    }
    text += textAt(at);
    if (!followed && text.length < CHUNK) continue;
    if (followed) trace.current = { pass, entry: entries.at(at) };
    yield text;
    if (followed) trace.current = undefined;
    text = '';
  }
  if (text !== '') yield text;
}

/** A function that gives the text of each entry of a pass by its place, asked for one after another. */
function textsByPlace(
  request: RenderRequest,
  { pass, entries }: PassPlan,
  views: PassEntryViews,
  renderer: EntryRenderer,
): (at: number) => string {
  const indicators = entries.indexes && views.indicators(entries.indexes);
  const keep = pass.distinct === undefined ? undefined : distinctLines(pass.distinct);
  const identified = identifies(request, pass);
  if (identified) request.register?.expect(entries.length);
  const placed = renderer.placed || renderer.numbered;
  const rule = (view: EntryView, at: number) =>
    withIdentity(
      request,
      { pass, entry: entries.at(at), placed },
      view,
      lazily(() => renderer.prepare(view, at)),
    );
  const render = identified ? rule : renderer.render;
  return (at) => {
    try {
      const text = render(indicators?.at(at) ?? views.entry(entries.at(at)), at);
      return keep ? keep(text) : text;
    } catch (error) {
      throw failure(error, request.target, originOf(request, entries.at(at)));
    }
  };
}

function isFollowed({ follows }: Trace, pass: Pass, entries: Entries, at: number): boolean {
  return follows === undefined || follows(pass, entries.at(at));
}

/** The views of a pass's entries. */
export function viewsOf(
  request: RenderRequest,
  file: FileView,
  pass: Pass,
  memo: FragmentMemo,
): PassEntryViews {
  const { target, set, plan, register } = request;
  return request.views.pass({
    file,
    pass,
    memo,
    tierOf: pass.tier === undefined ? (index) => plan.verdicts.tier(index) : () => pass.tier,
    ruleOf: (index) => {
      const key = indicatorKey(target, pass.refers as string, set.kind(index), set.value(index));
      const { uuid, sid } = (register as Register).ids(key);
      return uuid ?? (sid as number);
    },
  });
}

/** Where an indicator that has an entry of its own was defined. */
function originOf({ set }: RenderRequest, entry: Entry): Span | undefined {
  return entry.type === 'indicator' ? set.origin(entry.index) : undefined;
}
