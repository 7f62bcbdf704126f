/**
 * Compares what the working tree builds with what a commit, another checkout or an output folder holds. Writes
 * nothing but files of changes, where asked.
 */

import { compareBuilds } from './compare/compare.ts';
import type { Difference } from './compare/difference.ts';
import { compareWithOutput } from './compare/output.ts';
import type { Side } from './compare/side.ts';
import type { CompiledTarget } from './compile.ts';
import { type DeltaReport, writeDelta } from './delta.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { isError } from './diagnostics/order.ts';
import { AgainstError, type EarlierProject, findAgainst } from './diff-against.ts';
import { builtBy, emptySide, isBuilt, sideOf } from './diff-side.ts';
import { WriteError } from './emit/write-error.ts';
import { holdsProject } from './project.ts';
import { RenderError } from './render/render-error.ts';
import { openSession, type Session, type SessionOptions, templateRoots } from './session.ts';
import { counted } from './source/words.ts';
import { findTargets } from './targets/find.ts';
import { VERSION } from './version.ts';

/** What is compared. `asOf` is the day of the later build; a commit is built as of its own day, unless that is later. */
export interface DiffOptions extends Omit<SessionOptions, 'files' | 'source'> {
  /** An existing folder, relative to `cwd`, or else the name of a commit; `HEAD` by default. */
  against?: string;
  /** A folder, relative to `cwd`, in which files of changes are written. */
  delta?: string;
}

/** What a comparison found. */
export interface DiffReport {
  /** Of the working tree. With errors among the diagnostics nothing was compared. */
  session: Session;
  /** Undefined where one of the sides does not build. */
  difference: Difference | undefined;
  /** What was written, with `delta`. */
  delta?: DeltaReport;
}

/** Compares the project of the working tree with what it was. */
export async function diff(options: DiffOptions): Promise<DiffReport> {
  const session = await openSession(options);
  if (!isBuilt(session)) return { session, difference: undefined };
  try {
    const cwd = options.cwd ?? process.cwd();
    const earlier = findAgainst(session.project.root, cwd, options.against ?? 'HEAD');
    const after = sideOf(session, { name: 'working tree', refang: VERSION });
    if ('source' in earlier) {
      const { before, targets } = await sideBefore(options, earlier, session.asOf);
      options.progress?.phase('comparing');
      const difference = compareBuilds(before, after, (target) => options.progress?.at(target));
      if (options.delta === undefined) return { session, difference };
      const builds = [targets, session.compiled.targets] as const;
      return { session, difference, delta: await writeDelta(cwd, options.delta, builds, difference) };
    }
    if (options.delta !== undefined) throw new AgainstError([noDelta(earlier.name)]);
    const isAsked = (target: string) => options.targets?.includes(target) ?? true;
    return { session, difference: compareWithOutput(earlier, after, isAsked) };
  } catch (error) {
    const diagnostics = problemsOf(error);
    if (!diagnostics) throw error;
    session.diagnostics.push(...diagnostics);
    const inputs = diagnostics.some(({ code }) => code === 'RF804');
    return { session: { ...session, failed: inputs ? 'input' : 'configuration' }, difference: undefined };
  }
}

function problemsOf(error: unknown): readonly Diagnostic[] | undefined {
  if (error instanceof AgainstError) return error.diagnostics;
  return error instanceof RenderError || error instanceof WriteError ? [error.diagnostic] : undefined;
}

function noDelta(name: string): Diagnostic {
  return { code: 'RF806', severity: 'error', message: `\`${name}\` is an output: its entries are not known` };
}

/** Builds the earlier project in memory. Throws AgainstError where it does not build. */
async function sideBefore(
  options: DiffOptions,
  earlier: EarlierProject,
  asOf: string,
): Promise<{ before: Side; targets: readonly CompiledTarget[] }> {
  const { name, commit, source } = earlier;
  const called = { name, ...(commit !== undefined && { commit }) };
  const day = earlier.day !== undefined && earlier.day < asOf ? earlier.day : asOf;
  const reader = source.files.below(source.root);
  if (!holdsProject(reader)) return { before: emptySide({ ...called, refang: undefined }, day), targets: [] };
  const known = findTargets(reader, templateRoots(source.root));
  const session = await openSession({
    ...options,
    cwd: source.root,
    source,
    asOf: day,
    ...(options.targets && { targets: options.targets.filter((target) => known.has(target)) }),
  });
  if (isBuilt(session)) {
    const before = sideOf(session, { ...called, refang: builtBy(session.project) });
    return { before, targets: session.compiled.targets };
  }
  const errors = session.diagnostics.filter(isError);
  throw new AgainstError([
    {
      code: 'RF804',
      severity: 'error',
      message: `\`${name}\` does not build: ${counted(errors.length, 'error')}`,
    },
    ...errors,
  ]);
}
