/** Builds: renders what was compiled into the output folder, all at once, and keeps the lock. */

import { join, resolve } from 'node:path';
import { readRecord } from './build-record.ts';
import type { Patience } from './emit/hold.ts';
import type { Manifest, ManifestFile } from './emit/manifest.ts';
import { occupy, settle, type Workplace } from './emit/workplace.ts';
import { WriteError } from './emit/write-error.ts';
import type { FateCounts } from './plan/fate.ts';
import { strictDiagnostics } from './plan/losses.ts';
import { LOCK_NAME } from './project-root.ts';
import { type Recorded, recordOf, type Unspoken } from './record-build.ts';
import { RenderError } from './render/render-error.ts';
import { isReady, openSession, type ReadySession, type Session, type SessionOptions } from './session.ts';
import { FileTrace, sha256OfFile } from './source/node-trace.ts';
import { digestsOfTargets, unchangedTargets } from './unchanged-targets.ts';
import { headOf, isRecorded } from './up-to-date.ts';
import { compareBuild, type WriteRequest, type Written, writeBuild } from './write-build.ts';

/** What a build is asked for. */
export interface BuildOptions extends SessionOptions {
  /** The folder to write, relative to `cwd`; the project's own by default. */
  out?: string;
  /** Write nothing: only tell whether the folder is what a build would write. */
  check?: boolean;
  /** Tell, as warnings, what targets do not say exactly. */
  strict?: boolean;
  /** Write also what says much less than the build before. */
  allowShrink?: boolean;
  /** Write a statement of where the files come from beside the manifest, too. */
  provenance?: boolean;
  /** The same, signed: the path of a private key in PEM, relative to `cwd`. */
  sign?: string;
  /** How to wait for another build of the same folder. */
  patience?: Patience;
  /** The files of Refang itself: with them, a build of a project leaves a record by which the next can find nothing to do. */
  program?: readonly string[];
}

/** What a build did. */
export interface BuildReport {
  session: Session;
  /** The folder as the user names it. */
  out: string;
  indicators: number;
  /** By target, sorted. */
  fates: ReadonlyMap<string, FateCounts>;
  files: readonly ManifestFile[];
  /** Targets whose files stayed, since what they are made from is the same. */
  unchanged: readonly string[];
  /** With `check`: what differs from a build, by path. */
  stale: readonly string[];
  /** A target would say much less than before, and the caller did not allow it: nothing was written. */
  shrunk: boolean;
  /** Ids were derived without a lock, since the inputs are not those of a project. */
  unlocked: boolean;
  /** By which the next build can find that it has nothing to do; undefined where that could not be certain. */
  record: Unspoken | undefined;
}

/** Compiles and writes; with errors among the diagnostics nothing was written. */
export function build(wanted: BuildOptions): Promise<BuildReport> {
  const trace = wanted.program && isRecorded(wanted) ? new FileTrace() : undefined;
  const options = trace ? { ...wanted, trace } : wanted;
  return buildFrom(options, () => openSession(options));
}

/** Writes what a session has compiled; `open` makes the session, anew where another build has changed what it read. */
export async function buildFrom(options: BuildOptions, open: () => Promise<Session>): Promise<BuildReport> {
  const { trace } = options;
  let session = await open();
  if (!isReady(session)) return reportOf(options, session);
  try {
    const provenance = await provenanceOf(options);
    const place = await begin(options, session);
    try {
      // What was read while another build was at work may be what that one has replaced.
      if (place.changed) {
        trace?.restart();
        session = await open();
      }
      if (!isReady(session)) return reportOf(options, session);
      if (options.strict) session.diagnostics.push(...strictDiagnostics(session.compiled.targets));
      const request = { ...requestOf(options, session), ...provenance?.(session) };
      if (options.check) return { ...reportOf(options, session), ...compareBuild(request) };
      const asked = askedBy(options, session);
      const unchanged = asked && unchangedIn(options, session, asked);
      const written = writeBuild({ ...request, ...(unchanged && { unchanged }) });
      const record = asked && !written.shrunk ? recordBuild(options, session, asked, written) : undefined;
      return { ...reportOf(options, session), ...written, record };
    } finally {
      place.release();
    }
  } catch (error) {
    if (!(error instanceof WriteError || error instanceof RenderError)) throw error;
    session.diagnostics.push(error.diagnostic);
    return reportOf(options, { ...session, failed: 'configuration' });
  }
}

/** What a build was asked for, and what it asked the file system. */
type Asking = Pick<Recorded, 'head' | 'asked'>;

/** Undefined for a build that is not recorded, and where not all answers were certain. */
function askedBy(options: BuildOptions, { project }: ReadySession): Asking | undefined {
  const head = options.trace && headOf(options, project.root, options.program ?? []);
  const asked = options.trace?.answers();
  return head && asked && { head, asked };
}

/** Finds the targets that need not be rendered, by the record of the last build; undefined where there is none. */
function unchangedIn(
  options: BuildOptions,
  session: ReadySession,
  asking: Asking,
): WriteRequest['unchanged'] {
  const { project } = session;
  const record = readRecord(project.root);
  if (!record) return undefined;
  const { root, out } = requestOf(options, session);
  const digests = digestsOfTargets({ session, ...asking });
  return (manifest) => unchangedTargets(digests, record, resolve(root, out), manifest);
}

function recordBuild(options: BuildOptions, session: ReadySession, asking: Asking, written: Written) {
  const { root, out } = requestOf(options, session);
  return recordOf({ session, ...asking, out: resolve(root, out), files: written.files });
}

function outOf({ out }: BuildOptions, { project }: Session): string {
  return out ?? project?.settings.out ?? 'out';
}

function requestOf(options: BuildOptions, session: ReadySession): WriteRequest {
  return {
    session,
    out: outOf(options, session),
    root: options.out === undefined ? session.project.root : (options.cwd ?? process.cwd()),
    given: options.out,
    partial: options.targets !== undefined,
    allowShrink: options.allowShrink === true,
    progress: options.progress,
  };
}

/** Makes sure that no other build is at work on the folder, or on the project's lock. */
async function begin(options: BuildOptions, session: ReadySession) {
  const { project } = session;
  const { root, out } = requestOf(options, session);
  const lock = project.own ? join(project.root, LOCK_NAME) : undefined;
  const workplace: Workplace = { out: resolve(root, out), shown: out, lock };
  const patience = options.patience ?? {};
  if (options.check) return { changed: await settle(workplace, patience), release: () => {} };
  const occupied = await occupy(workplace, patience);
  const changed = occupied.changed || (lock !== undefined && sha256OfFile(lock) !== project.lockSha256);
  return { ...occupied, changed };
}

/**
 * What makes the provenance of a build, if it is asked for. Loaded only then. Throws WriteError for a key that cannot
 * be used.
 */
async function provenanceOf(options: BuildOptions) {
  if (options.check || !(options.provenance || options.sign !== undefined)) return undefined;
  const { openProvenance } = await import('./provenance.ts');
  const write = await openProvenance(options);
  return (session: ReadySession) => ({
    provenance: (manifest: Manifest, text: string, lock: string | undefined) =>
      write({ session, manifest, text, lock }),
  });
}

const NOTHING = { files: [], unchanged: [], stale: [], shrunk: false, unlocked: false, record: undefined };

function reportOf(options: BuildOptions, session: Session): BuildReport {
  const out = outOf(options, session);
  const nothing = { session, out, indicators: 0, fates: new Map(), ...NOTHING };
  const { project, collection, compiled } = session;
  if (!project || !collection || !compiled) return nothing;
  const fates = new Map(compiled.targets.map(({ name, fates: counts }) => [name, counts]));
  return { ...nothing, fates, indicators: collection.indicators.size, unlocked: !project.own };
}
