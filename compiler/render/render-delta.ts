/** Files of changes: what must be taken from the lists of one build, and added to them, to have those of another. */

import { cidrsOf, rangeOf } from '../indicators/address.ts';
import type { Entry } from '../plan/entry.ts';
import {
  DELTA_PREFIXES,
  type DeltaOutput,
  hasSeveralFiles,
  type Output,
  type Pass,
} from '../targets/definition.ts';
import { type LineDelta, lineDeltas } from './line-delta.ts';
import { rendering, renderingTexts } from './render-error.ts';
import { fileViewOf, viewsOf } from './render-target.ts';
import type { RenderRequest } from './request.ts';
import type { PassSource, TemplateRunner } from './template.ts';
import type { PassEntryViews } from './view.ts';

/** A file of changes. */
export interface RenderedDelta {
  /** Below the target's folder, with `/`. */
  path: string;
  /** The file of the build that changes. */
  of: string;
  tier: Output['tier'];
  chunks: Iterable<string>;
  /** How many entries or lines come and go. */
  entries: number;
}

/** What a target's files of changes say. */
export interface RenderedDeltas {
  /** Without those in which nothing changes. */
  files: readonly RenderedDelta[];
  /** The files of either build whose changes they tell, below the target's folder. */
  told: ReadonlySet<string>;
  /** Files that have to be loaded whole although their output has files of changes: why, by path. */
  obstacles: ReadonlyMap<string, string>;
}

/** The files of changes of a target. Both builds must have its outputs. */
export function renderDeltas(before: RenderRequest, after: RenderRequest): RenderedDeltas {
  const files: RenderedDelta[] = [];
  const told = new Set<string>();
  const obstacles = new Map<string, string>();
  for (const delta of lineDeltas(before, after)) {
    const { paths, obstacle } = delta;
    if (obstacle === undefined) files.push(...lineFiles(delta));
    for (const path of paths) obstacle === undefined ? told.add(path) : obstacles.set(path, obstacle);
  }
  for (const output of new Set(after.plan.outputs.map((one) => one.output))) {
    if (typeof output.delta !== 'object') continue;
    const rendered = renderDelta(before, after, output, output.delta);
    told.add(rendered.of);
    if (rendered.entries > 0) files.push(rendered);
  }
  return { files, told, obstacles };
}

/** The lines that went, and those that came, each in a file of its own. */
function lineFiles({ of, tier, removed, added }: LineDelta): RenderedDelta[] {
  const sides = Object.entries({ removed, added }).filter(([, lines]) => lines.length > 0);
  return sides.map(([side, lines]) => ({
    path: `${of}.${side}`,
    of,
    tier,
    chunks: [lines.map((line) => `${line}\n`).join('')],
    entries: lines.length,
  }));
}

/** One build's part of a file of changes. */
interface Side {
  request: RenderRequest;
  entries: ReadonlyMap<string, readonly Entry[]>;
}

function renderDelta(
  before: RenderRequest,
  after: RenderRequest,
  of: Output,
  { output, cidrs }: DeltaOutput,
): RenderedDelta {
  const runner = after.runners.get(output.syntax) as TemplateRunner;
  const sides = {
    removed: { request: before, entries: entriesOf(before, of, cidrs) },
    added: { request: after, entries: entriesOf(after, of, cidrs) },
  };
  const sources = new Map<string, PassSource>();
  let entries = 0;
  for (const pass of of.passes) {
    const [removed, added] = [
      changesOf(sides.removed, output, pass, runner),
      changesOf(sides.added, output, pass, runner),
    ];
    for (const [side, own, other] of [
      ['removed', removed, added],
      ['added', added, removed],
    ] as const) {
      const some = [...own].filter(([text]) => !other.has(text)).map(([, entry]) => entry);
      sources.set(DELTA_PREFIXES[side] + pass.name, sourceOf(sides[side], runner, output, pass, some));
      entries += some.length;
    }
  }
  const outputPlan = { output, passes: [], part: 1, parts: 1 };
  const file = fileViewOf(after, outputPlan);
  const view = {
    ...file,
    ...Object.fromEntries([...sources].map(([name, { size }]) => [name, { length: size }])),
  };
  const path = (one: Output) =>
    hasSeveralFiles(one)
      ? rendering(after.target, undefined, () => runner.path(one.file, { ...file }))
      : one.file;
  return {
    path: path(output),
    of: path(of),
    tier: output.tier,
    chunks: renderingTexts(after.target, runner.stream(output.template, view, sources)),
    entries,
  };
}

/** The entries of an output by their pass, of all its files. */
function entriesOf({ plan }: RenderRequest, of: Output, cidrs: boolean): Map<string, Entry[]> {
  const entries = new Map<string, Entry[]>();
  for (const { output, passes } of plan.outputs) {
    if (output.file !== of.file || output.tier !== of.tier) continue;
    for (const { pass, entries: some } of passes) {
      const list = entries.get(pass.name) ?? [];
      entries.set(pass.name, list);
      for (const entry of some) list.push(...(cidrs ? networksOf(entry) : [entry]));
    }
  }
  return entries;
}

/** An interval as the networks that make it up. */
function networksOf(entry: Entry): Entry[] {
  if (entry.type !== 'interval') return [entry];
  return cidrsOf(entry.interval).map((value) => ({
    type: 'interval',
    interval: { ...rangeOf(value), value },
  }));
}

/** The entries of a pass by what the file of changes would say of them: the same text on both sides is no change. */
function changesOf(
  { request, entries }: Side,
  output: Output,
  pass: Pass,
  runner: TemplateRunner,
): Map<string, Entry> {
  const found = new Map<string, Entry>();
  const names = Object.values(DELTA_PREFIXES).map((prefix) => prefix + pass.name);
  const views = viewsIn(request, runner, output, pass);
  for (const entry of entries.get(pass.name) ?? []) {
    const text = rendering(request.target, undefined, () =>
      names.map((name) => runner.entry(output.template, name, views.entry(entry))).join(''),
    );
    if (text !== '') found.set(text, entry);
  }
  return found;
}

function sourceOf(
  { request }: Side,
  runner: TemplateRunner,
  output: Output,
  pass: Pass,
  entries: readonly Entry[],
): PassSource {
  return {
    size: entries.length,
    *texts({ render }) {
      const views = viewsIn(request, runner, output, pass);
      for (const [at, entry] of entries.entries()) yield render(views.entry(entry), at);
    },
  };
}

/** The views of the entries of a pass, in either of the two that a file of changes has for it. */
function viewsIn(request: RenderRequest, runner: TemplateRunner, output: Output, pass: Pass): PassEntryViews {
  const file = fileViewOf(request, { output, passes: [], part: 1, parts: 1 });
  return viewsOf(request, file, pass, request.views.memo(runner.fragments(output.template)));
}
