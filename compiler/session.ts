/** What every command does first: open the project, read its indicators, choose its targets, compile. */

import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BuildMemory } from './build-memory.ts';
import { type ChosenTargets, chooseTargets } from './choose-targets.ts';
import { type Compiled, compile } from './compile.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { isError } from './diagnostics/order.ts';
import { type GuardHit, guardIndicators } from './guard/guard.ts';
import { type OpenGuards, openGuards } from './guard/open.ts';
import type { Collection, IndicatorSet } from './indicators/set.ts';
import { freshnessDiagnostics } from './plan/freshness.ts';
import { guardDiagnostics } from './plan/guard-diagnostics.ts';
import { arrangeForOutputs } from './plan/order.ts';
import { DEFAULT_POLICY, type Policy, refinePolicy } from './plan/policy.ts';
import type { Progress } from './progress.ts';
import { openProject, type Project, type ProjectSource } from './project.ts';
import { NOT_PRECOMPILED, type Precompiled } from './render/precompiled.ts';
import { Collector } from './source/collector.ts';
import { feedPaths } from './source/feed-paths.ts';
import type { InputFile } from './source/feeds/feeds.ts';
import { filesOnDisk } from './source/node-project-files.ts';
import type { FileTrace } from './source/node-trace.ts';
import { readCollection } from './source/records.ts';
import type { Settings } from './source/settings.ts';
import { compileLess, keepHeapSmall } from './v8-settings.ts';

/** What every command of the library takes. */
export interface SessionOptions {
  /** Where the command runs; the folder of the process by default. */
  cwd?: string;
  /** Files of indicators, instead of those of the project. */
  files?: readonly string[];
  /** Where the project is read from; from disk by default. */
  source?: ProjectSource;
  /** The day that decides validity and dates new revisions, YYYY-MM-DD; today in UTC by default. */
  asOf?: string;
  /** Only these targets. */
  targets?: readonly string[];
  /** The shipped templates compiled ahead, where the caller has them. */
  precompiled?: Precompiled;
  /** The process is there for this command alone, so that its heap may be set up for that. */
  ownsProcess?: boolean;
  /** What the build before it has left, in the same process. */
  memory?: BuildMemory;
  /** Notes what is read. */
  trace?: FileTrace;
  /** Hears how far it is. */
  progress?: Progress;
}

/** How far a command came. The diagnostics tell what stopped it. */
export interface Session {
  /** Errors that stop a build lie in the settings, targets or templates (`configuration`) or in the inputs (`input`). */
  failed: 'configuration' | 'input' | undefined;
  diagnostics: Diagnostic[];
  asOf: string;
  project?: Project;
  /** All that was read, feeds as well, each once, by path: what manifests say. */
  inputs?: readonly InputFile[];
  /** How many lines of feeds are not read, because of what is wrong with them. */
  lostLines?: number;
  collection?: Collection;
  /** What guards say of the indicators. */
  hits?: readonly GuardHit[];
  targets?: ChosenTargets['targets'];
  compiled?: Compiled;
}

/** A session that came all the way. */
export type ReadySession = Session &
  Required<Pick<Session, 'project' | 'inputs' | 'collection' | 'hits' | 'targets' | 'compiled'>> & {
    failed: undefined;
  };

/** Whether everything is there that a build needs. */
export function isReady(session: Session): session is ReadySession {
  return session.failed === undefined && session.compiled !== undefined;
}

/** Refang's own templates: beside `compiler/` in the sources and beside `dist/` when bundled. */
const SHIPPED_TEMPLATES = join(import.meta.dirname, '../templates');

/** Where the templates of a project are: ours, then its own. The latter are relative to it, as messages show them. */
export function templateRoots(root: string): string[] {
  return join(root, 'templates') === SHIPPED_TEMPLATES ? ['templates'] : [SHIPPED_TEMPLATES, 'templates'];
}

/** Reads the inputs, and asks the guards about them. Nothing of the targets is loaded. */
export async function readInputs(options: SessionOptions, collector = new Collector()): Promise<Session> {
  const { trace, progress, source } = options;
  const heard = progress && ((bytes: number) => progress.advance(bytes));
  const disk = filesOnDisk({ ...(trace && { trace }), ...(heard && { heard }) });
  const session = beginSession(options, disk);
  const { project } = session;
  if (!project) return session;
  const files = project.inputs.map(({ file }) => file);
  if (progress) tellReading(progress, project);
  if (options.ownsProcess) compileLess(bytesOfInputs(project));
  const read = await readCollection(
    files,
    (source?.files ?? disk).feeds(project.root, cwdOf(options)),
    collector,
  );
  session.diagnostics.push(...read.diagnostics);
  if (!read.collection) return { ...session, failed: 'input' };
  if (options.ownsProcess) keepHeapSmall(read.collection.indicators.size);
  const guards = await guardsOf(session);
  if (!guards) return { ...session, failed: 'configuration' };
  progress?.phase('asking the guards');
  const hits = guardIndicators(read.collection.indicators, guards.guards, session.asOf, guards.suspects);
  const lostLines = sum(read.feeds.map(({ lost }) => lost));
  const inputs = inputsOf(project, read.feeds);
  return { ...session, inputs, lostLines, collection: read.collection, hits };
}

function cwdOf({ cwd }: SessionOptions): string {
  return cwd ?? process.cwd();
}

/** Opens the project; where it cannot be opened, the session has failed. */
export function beginSession(options: SessionOptions, disk = filesOnDisk({})): Session {
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  const opened = openProject(cwdOf(options), options.files ?? [], options.source, disk);
  const { project, diagnostics, misconfigured } = opened;
  if (project) return { failed: undefined, diagnostics, asOf, project };
  return { failed: misconfigured ? 'configuration' : 'input', diagnostics, asOf };
}

/** The guards of the session's project, or undefined where its settings have an error. */
export async function guardsOf({ project, diagnostics }: Session): Promise<OpenGuards | undefined> {
  const { settings, reader } = project as Project;
  const opened = await openGuards(settings, reader);
  diagnostics.push(...opened.diagnostics);
  return opened.diagnostics.some(isError) ? undefined : opened;
}

/** Feeds are told as they are read: of all bytes that the inputs name. */
function tellReading(progress: Progress, project: Project): void {
  const total = bytesOfFeeds(project);
  progress.phase(total > 0 ? 'reading feeds' : 'reading', total, 'byte');
}

/** How much is to be read, file by file. */
function* bytesOfInputs(project: Project): Generator<number> {
  for (const { file } of project.inputs) yield file.length;
  yield bytesOfFeeds(project);
}

/** The bytes of all feeds that the inputs name, compressed ones as they are stored. */
function bytesOfFeeds({ root, inputs }: Project): number {
  const paths = inputs.flatMap(({ path, file }) =>
    [...file.parts()].flatMap(feedPaths).map((feed) => resolve(root, dirname(path), feed)),
  );
  return sum(paths.map(sizeOf));
}

/** 0 for what cannot be looked at: reading it tells why. */
function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

function inputsOf(project: Project, feeds: readonly InputFile[]): InputFile[] {
  const hashes = new Map([...project.inputs, ...feeds].map(({ path, sha256 }) => [path, sha256]));
  return [...hashes].map(([path, sha256]) => ({ path, sha256 })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Reads the inputs and the targets and compiles. Nothing is rendered yet. */
export async function openSession(options: SessionOptions): Promise<Session> {
  return compileSession(await readInputs(options), options);
}

/**
 * Tells what the indicators of a session come to, reads the targets and compiles. Of bad input what is wrong with
 * targets is told beside it.
 */
export async function compileSession(read: Session, options: SessionOptions): Promise<Session> {
  const { project, collection } = read;
  if (!project) return read;
  if (!collection || !read.hits) {
    read.diagnostics.push(...(await targetsOf(project, options)).diagnostics);
    return read;
  }
  read.diagnostics.push(...guardDiagnostics(collection.indicators, read.hits));
  const stale = freshnessDiagnostics(collection, project.settings.freshness, read.asOf);
  read.diagnostics.push(...stale);
  // What is told of inputs is told in their order; from here on that of outputs counts.
  const hits = arrange(collection.indicators, read.hits);
  const session: Session = { ...read, hits, failed: stale.some(isError) ? 'input' : undefined };
  const { targets, diagnostics } = await targetsOf(project, options);
  session.diagnostics.push(...diagnostics);
  if (diagnostics.some(isError)) return { ...session, failed: 'configuration', targets };
  const { publisher } = project.settings;
  const policy = policyOf(project.settings);
  const compiled = compile({
    collection,
    hits,
    mostAddresses: project.settings.limits.addresses,
    publisher,
    policy,
    approximate: approximationsOf(project.settings),
    targets,
    lock: project.lock,
    lockFile: project.lockFile,
    asOf: session.asOf,
    ...(options.memory && { memory: options.memory }),
    ...(options.progress && { progress: options.progress }),
  });
  session.diagnostics.push(...compiled.diagnostics);
  return {
    ...session,
    failed: compiled.diagnostics.some(isError) ? 'configuration' : session.failed,
    targets,
    compiled,
  };
}

/** The targets of a project that are asked for. */
function targetsOf({ reader, root, settings }: Project, options: SessionOptions): Promise<ChosenTargets> {
  const sources = { reader, roots: templateRoots(root), precompiled: options.precompiled ?? NOT_PRECOMPILED };
  const { targets, approximate } = settings;
  return chooseTargets(sources, { settings: targets, only: options.targets, approximate });
}

/** Puts the indicators into the order of outputs. Returns the hits as they are called there. */
function arrange(set: IndicatorSet, hits: readonly GuardHit[]): readonly GuardHit[] {
  arrangeForOutputs(set);
  const { places } = set;
  return places ? hits.map((hit) => ({ ...hit, index: places[hit.index] as number })) : hits;
}

/** The approximations that refang.yaml allows. */
export function approximationsOf({ approximate }: Settings): ReadonlySet<string> {
  return new Set(approximate.map(({ name }) => name));
}

/** The defaults, with what refang.yaml says of them. */
export function policyOf({ policy }: Settings): Policy {
  return {
    detect: refinePolicy(DEFAULT_POLICY.detect, policy.detect ?? {}),
    hunt: refinePolicy(DEFAULT_POLICY.hunt, policy.hunt ?? {}),
    block: refinePolicy(DEFAULT_POLICY.block, policy.block ?? {}),
    share: refinePolicy(DEFAULT_POLICY.share, policy.share ?? {}),
  };
}
