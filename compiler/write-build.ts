/** Writes what was compiled into the output folder, all at once with the lock; or tells what differs from it. */

import { join, resolve } from 'node:path';
import type { Compiled, CompiledTarget } from './compile.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { newSha256 } from './digest/digest.ts';
import type { FileToWrite } from './emit/file-writer.ts';
import { formatManifest, MANIFEST_NAME, type Manifest, type ManifestFile } from './emit/manifest.ts';
import { type Along, OutFolder } from './emit/out-folder.ts';
import { shrinkDiagnostics } from './emit/shrink.ts';
import { WriteError } from './emit/write-error.ts';
import type { LockTable } from './identity/lock-table.ts';
import { lockPieces } from './identity/lock-text.ts';
import { type Progress, toldFile } from './progress.ts';
import type { Project } from './project.ts';
import { LOCK_NAME } from './project-root.ts';
import type { ReadySession } from './session.ts';
import { isOutputPath } from './targets/output-path.ts';
import { VERSION } from './version.ts';

/** What is written where. */
export interface WriteRequest {
  session: ReadySession;
  /** Absolute, or relative to `root`. */
  out: string;
  root: string;
  /** `--out` as it was given. */
  given: string | undefined;
  /** `--target`: the files of others stay. */
  partial: boolean;
  /** Targets whose files stay, since they would be the same, given the manifest of the folder. */
  unchanged?: (manifest: Manifest) => ReadonlySet<string>;
  /** Write also what says much less than the build before. */
  allowShrink: boolean;
  /** Hears how far the rendering is. */
  progress?: Progress | undefined;
  /** Makes the file that tells where the build came from. */
  provenance?: (manifest: Manifest, text: string, lock: string | undefined) => { path: string; text: string };
}

/** What was written, or what is stale. */
export interface Written {
  files: readonly ManifestFile[];
  stale: readonly string[];
  /** Targets whose files stayed, since they would be the same. */
  unchanged?: readonly string[];
  /** Nothing was written, since a target would say much less than before; the session has been told. */
  shrunk: boolean;
}

/** Writes the folder and the lock. Throws WriteError; then nothing has changed. */
export function writeBuild(request: WriteRequest): Written {
  const { compiled, project, diagnostics } = request.session;
  const { folder, kept, same, rendered, manifestOf, made } = prepare(request);
  const shrunk = request.allowShrink
    ? []
    : shrinkDiagnostics(folder.manifest, compiled.targets, project.settings.limits.shrink);
  diagnostics.push(...shrunk);
  if (shrunk.length > 0) return { files: [], stale: [], shrunk: true };
  const along: Along = {};
  if (project.lock) {
    const { lock } = project;
    const path = join(project.root, LOCK_NAME);
    along.lock = () => ({ path, before: project.lockSha256, pieces: lockAfter(lock, compiled) });
  }
  const { provenance } = request;
  if (provenance) along.extra = (text, lock) => provenance(made() as Manifest, text, lock);
  folder.replace(filesOf(rendered, request.progress), kept, manifestOf, along);
  return { files: made()?.files ?? [], stale: [], unchanged: [...same], shrunk: false };
}

/** Tells by path what a build would change. */
export function compareBuild(request: WriteRequest): Written {
  const { compiled, project } = request.session;
  const { folder, kept, manifestOf, made } = prepare(request);
  const stale = folder.compare(filesOf(compiled.targets, request.progress), kept, manifestOf);
  if (project.lock && sha256OfLock(lockAfter(project.lock, compiled)) !== project.lockSha256)
    stale.push(`${LOCK_NAME} (${project.lockSha256 === undefined ? 'missing' : 'differs'})`);
  return { files: made()?.files ?? [], stale, shrunk: false };
}

function prepare({ session, root, out, given, partial, unchanged }: WriteRequest) {
  const { compiled, project, inputs, collection } = session;
  const folder = OutFolder.open(root, out);
  if (folder.manifest?.shard) throw new WriteError(holdsShard(folder.shown));
  refuseOther(folder, session, project, given);
  const built = new Set(compiled.targets.map(({ name }) => name));
  if (partial && folder.manifest?.damaged) throw new WriteError(mergedManifest(folder.shown));
  const same = (folder.manifest && unchanged?.(folder.manifest)) ?? new Set<string>();
  const rendered = compiled.targets.filter(({ name }) => !same.has(name));
  const kept = folder.keptFiles((target) => !same.has(target) && (built.has(target) || !partial));
  const keptFates = partial
    ? Object.entries(folder.manifest?.fates ?? {}).filter(([name]) => !built.has(name))
    : [];
  let manifest: Manifest | undefined;
  const manifestOf = (files: ManifestFile[]) => {
    manifest = {
      refang: VERSION,
      inputs,
      indicators: collection.indicators.size,
      files,
      fates: Object.fromEntries([...keptFates, ...compiled.targets.map(({ name, fates }) => [name, fates])]),
    };
    return formatManifest(manifest);
  };
  return { folder, kept, same, rendered, manifestOf, made: () => manifest };
}

function holdsShard(out: string): Diagnostic {
  return {
    code: 'RF602',
    severity: 'error',
    message: `\`${out}\` holds a part of a build`,
    help: 'choose another folder with `--out`, or remove this one',
  };
}

/** What a build of some targets would keep of the others is not known. */
function mergedManifest(out: string): Diagnostic {
  return {
    code: 'RF602',
    severity: 'error',
    message: `a merge has damaged \`${out}/${MANIFEST_NAME}\``,
    why: 'what is known of the files of other targets is in it',
    help: 'build once without `--target`: that writes all files and the manifest anew',
  };
}

/** A file that is not the project's own must not replace what the project built. Feeds may come and go. */
function refuseOther(
  folder: OutFolder,
  session: ReadySession,
  project: Project,
  out: string | undefined,
): void {
  if (project.own || !folder.manifest) return;
  const files = project.inputs.map(({ path }) => path);
  const feeds = new Set(session.inputs.map(({ path }) => path).filter((path) => !files.includes(path)));
  const before = folder.manifest.inputs
    .map(({ path }) => path)
    .filter((path) => !feeds.has(path))
    .join(', ');
  const now = files.join(', ');
  if (before === now || resolve(folder.path) !== resolve(project.root, project.settings.out)) return;
  throw new WriteError({
    code: 'RF602',
    severity: 'error',
    message: `\`${out ?? project.settings.out}\` holds the build of ${before}, not of ${now}`,
    why: 'it would be replaced by the build of another file',
    help: 'choose another folder with `--out`',
  });
}

/** All files of a build; throws WriteError for a path that no output may have, or that two outputs have. */
export function* filesOf(targets: readonly CompiledTarget[], progress?: Progress): Generator<FileToWrite> {
  const paths = new Set<string>();
  progress?.phase('rendering', entriesOf(targets), 'entry');
  for (const target of targets) {
    progress?.at(target.name);
    for (const file of target.files()) {
      const path = `${target.name}/${file.path}`;
      // Not every file system tells `A` from `a`.
      const doubled = paths.has(path.toLowerCase());
      if (doubled || !isOutputPath(file.path)) throw new WriteError(badPath(path, doubled));
      paths.add(path.toLowerCase());
      const toWrite = { ...file, path, target: target.name };
      yield progress ? toldFile(toWrite, progress) : toWrite;
    }
    target.plan.rest();
  }
  progress?.phase('writing');
}

/** How many entries the files of all targets have. */
function entriesOf(targets: readonly CompiledTarget[]): number {
  const passes = targets.flatMap(({ plan }) => plan.outputs.flatMap((output) => output.passes));
  return passes.reduce((sum, { entries }) => sum + entries.length, 0);
}

function badPath(path: string, doubled: boolean): Diagnostic {
  return {
    code: 'RF504',
    severity: 'error',
    message: doubled
      ? `two files of the build are called \`${path}\``
      : `\`${path}\` is not a path that an output can have`,
    help: 'mend `file:` of the output in target.yaml',
  };
}

/** The lock after a build: the lines of this build over those of all before. */
function lockAfter(before: LockTable, compiled: Compiled): Iterable<Uint8Array> {
  return lockPieces([before, ...compiled.targets.map((target) => target.lockLines())]);
}

function sha256OfLock(pieces: Iterable<Uint8Array>): string {
  const hash = newSha256();
  for (const piece of pieces) hash.update(piece);
  return hash.hex();
}
