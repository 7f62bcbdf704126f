/** Builds: renders what was compiled into the output folder, all at once, and keeps the lock. */

import { join, resolve } from 'node:path';
import type { Compiled } from './compile.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { formatManifest, MANIFEST_NAME, type ManifestFile } from './emit/manifest.ts';
import { type FileToWrite, OutFolder } from './emit/out-folder.ts';
import { replaceFile } from './emit/replace-file.ts';
import { shrinkDiagnostics } from './emit/shrink.ts';
import { WriteError } from './emit/write-error.ts';
import { formatLock, type Lock, type LockLine } from './identity/lock.ts';
import type { FateCounts } from './plan/fate.ts';
import { strictDiagnostics } from './plan/losses.ts';
import { LOCK_NAME, type Project, textOf } from './project.ts';
import { RenderError } from './render/render-error.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';
import { isOutputPath } from './targets/output-path.ts';
import { VERSION } from './version.ts';

/** Why it matters when the lock cannot be written after the folder was. */
const UNNOTED =
  'the output is written, but its new ids and revisions are not noted: a later build may give others';

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
  /** With `check`: what differs from a build, by path. */
  stale: readonly string[];
  /** Nothing was written: a target would shrink by more than `limits.shrink`. */
  shrunk: boolean;
  /** Ids were derived without a lock, since the inputs are not those of a project. */
  unlocked: boolean;
}

/** Compiles and writes; with errors among the diagnostics nothing was written. */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const session = await openSession(options);
  const out = options.out ?? session.project?.settings.out ?? 'out';
  const none = { files: [], stale: [], shrunk: false, unlocked: false };
  const report = { session, out, indicators: 0, fates: new Map(), ...none };
  const { project, collection, compiled } = session;
  if (session.failed || !project || !collection || !compiled) return report;
  const fates = new Map(compiled.targets.map(({ name, fates: counts }) => [name, counts]));
  const done = { ...report, fates, indicators: collection.indicators.size, unlocked: !project.own };
  if (options.strict) session.diagnostics.push(...strictDiagnostics(compiled.targets));
  try {
    const root = options.out === undefined ? project.root : (options.cwd ?? process.cwd());
    const folder = OutFolder.open(root, out);
    const shrunk = options.check || options.allowShrink ? [] : shrinkOf(folder, compiled, project);
    session.diagnostics.push(...shrunk);
    if (shrunk.length > 0) return { ...done, shrunk: true };
    return { ...done, ...write(options, session, project, compiled, folder) };
  } catch (error) {
    if (!(error instanceof WriteError || error instanceof RenderError)) throw error;
    session.diagnostics.push(error.diagnostic);
    return { ...done, session: { ...session, failed: 'configuration' } };
  }
}

function shrinkOf({ manifest }: OutFolder, { targets }: Compiled, { settings }: Project): Diagnostic[] {
  return shrinkDiagnostics(manifest, targets, settings.limits.shrink);
}

function write(
  options: BuildOptions,
  session: Session,
  project: Project,
  compiled: Compiled,
  folder: OutFolder,
): { files: readonly ManifestFile[]; stale: readonly string[] } {
  refuseOther(folder, session, project, options);
  const built = new Set(compiled.targets.map(({ name }) => name));
  const partial = options.targets !== undefined;
  if (partial && folder.manifest?.damaged) throw new WriteError(mergedManifest(folder.shown));
  const kept = partial ? folder.keptFiles((target) => built.has(target)) : [];
  const keptFates = partial
    ? Object.entries(folder.manifest?.fates ?? {}).filter(([name]) => !built.has(name))
    : [];
  let files: ManifestFile[] = [];
  const manifestOf = (written: ManifestFile[]) => {
    files = written;
    return formatManifest({
      refang: VERSION,
      inputs: session.inputs ?? [],
      indicators: session.collection?.indicators.size ?? 0,
      files: written,
      fates: Object.fromEntries([...keptFates, ...compiled.targets.map(({ name, fates }) => [name, fates])]),
    });
  };
  if (options.check) {
    const stale = folder.compare(filesOf(compiled), kept, manifestOf);
    const lock = project.lock && lockText(project.lock, compiled);
    const old = textOf(project, LOCK_NAME);
    if (lock !== undefined && lock !== old)
      stale.push(`${LOCK_NAME} (${old === undefined ? 'missing' : 'differs'})`);
    return { files, stale };
  }
  folder.replace(filesOf(compiled), kept, manifestOf);
  if (project.lock) replaceFile(join(project.root, LOCK_NAME), lockText(project.lock, compiled), UNNOTED);
  return { files, stale: [] };
}

/** A file that is not the project's own must not replace what the project built. Feeds may come and go. */
function refuseOther(folder: OutFolder, session: Session, project: Project, options: BuildOptions): void {
  if (project.own || !folder.manifest) return;
  const files = project.inputs.map(({ path }) => path);
  const feeds = new Set(
    (session.inputs ?? []).map(({ path }) => path).filter((path) => !files.includes(path)),
  );
  const before = folder.manifest.inputs
    .map(({ path }) => path)
    .filter((path) => !feeds.has(path))
    .join(', ');
  const now = files.join(', ');
  if (before === now || resolve(folder.path) !== resolve(project.root, project.settings.out)) return;
  throw new WriteError({
    code: 'RF602',
    severity: 'error',
    message: `\`${options.out ?? project.settings.out}\` holds the build of ${before}, not of ${now}`,
    why: 'it would be replaced by the build of another file',
    help: 'choose another folder with `--out`',
  });
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

/** All files of a build; throws WriteError for a path that no output may have, or that two outputs have. */
export function* filesOf(compiled: Compiled): Generator<FileToWrite> {
  const paths = new Set<string>();
  for (const target of compiled.targets) {
    for (const file of target.files()) {
      const path = `${target.name}/${file.path}`;
      // Not every file system tells `A` from `a`.
      const doubled = paths.has(path.toLowerCase());
      if (doubled || !isOutputPath(file.path)) throw new WriteError(badPath(path, doubled));
      paths.add(path.toLowerCase());
      yield { ...file, path, target: target.name };
    }
  }
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
function lockText(before: Lock, compiled: Compiled): string {
  const lines = new Map<string, LockLine>(before);
  for (const target of compiled.targets) for (const [key, line] of target.lockLines()) lines.set(key, line);
  return formatLock(lines);
}
