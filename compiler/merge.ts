/** Makes of the parts of a build what a build of the whole makes, byte for byte. */

import { relative, resolve, sep } from 'node:path';
import { type BuildOptions, type BuildReport, buildFrom } from './build.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { StreamedFile } from './diagnostics/streamed-file.ts';
import { ShardFolder } from './emit/shard-folder.ts';
import { WriteError } from './emit/write-error.ts';
import { type OpenFile, type Restored, restore } from './partition/restore.ts';
import type { Progress } from './progress.ts';
import type { Project } from './project.ts';
import { beginSession, compileSession, guardsOf, type Session } from './session.ts';
import { settingsDigest } from './shard.ts';
import { nothingFound } from './source/records.ts';
import { counted, enumerated } from './source/words.ts';
import { compileLess, keepHeapSmall } from './v8-settings.ts';
import { VERSION } from './version.ts';

/** What is merged, and how it is built. The day is that of the parts. */
export interface MergeOptions extends Omit<BuildOptions, 'files' | 'asOf'> {
  /** The folders of all parts, in any order, relative to `cwd`. */
  folders: readonly string[];
}

/** Merges parts and writes the build; with errors among the diagnostics nothing was written. */
export function merge({ folders, ...options }: MergeOptions): Promise<BuildReport> {
  return buildFrom(options, () => openMerged(folders, options));
}

/** The session that a build of the whole would have opened. */
async function openMerged(
  folders: readonly string[],
  options: Omit<BuildOptions, 'files'>,
): Promise<Session> {
  const cwd = options.cwd ?? process.cwd();
  const failed = (diagnostics: Diagnostic[]): Session => ({ failed: 'input', diagnostics, asOf: '' });
  try {
    const { shards, diagnostics } = openFolders(folders, cwd);
    const [first] = shards;
    if (!first || diagnostics.length > 0) return failed(diagnostics);
    const misfits = misfitsOf(first, shards);
    if (misfits.length > 0) return failed(misfits);
    const session = beginSession({ cwd, asOf: first.manifest.shard.as_of });
    if (!session.project) return session;
    const changes = changesSince(first, session.project);
    if (changes.length > 0) return { ...session, failed: 'input', diagnostics: changes };
    const size = shards.reduce((sum, shard) => sum + shard.size, 0);
    if (options.ownsProcess) {
      compileLess(shards.flatMap(({ manifest }) => manifest.files.map(({ bytes }) => bytes)));
      keepHeapSmall(size);
    }
    options.progress?.phase('joining parts', size, 'indicator');
    const restored = restoreFrom(shards, session.project, cwd, options.progress);
    const { collection, hits } = restored;
    session.diagnostics.push(...restored.diagnostics);
    if (collection.indicators.size === 0)
      session.diagnostics.push(nothingFound(session.project.inputs[0]?.file));
    if (!(await guardsOf(session))) return { ...session, failed: 'configuration' };
    return await compileSession({ ...session, inputs: first.manifest.inputs, collection, hits }, options);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return failed([error.diagnostic]);
  }
}

/** All folders, or what is wrong with each that is no part of a build. */
function openFolders(folders: readonly string[], cwd: string) {
  const shards: ShardFolder[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const shown of folders) {
    try {
      shards.push(ShardFolder.open(resolve(cwd, shown), shown));
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      diagnostics.push(error.diagnostic);
    }
  }
  return { shards, diagnostics };
}

/** Parts of different builds; or of one, but not each of them once. */
function misfitsOf(first: ShardFolder, shards: readonly ShardFolder[]): Diagnostic[] {
  const misfits = shards.flatMap((shard) => {
    const differs = differences(first, shard);
    return differs.length > 0 ? [misfit(first, shard, differs)] : [];
  });
  if (first.manifest.refang !== VERSION) misfits.unshift(otherVersion(first));
  return misfits.length > 0 ? misfits : incomplete(shards);
}

function differences(first: ShardFolder, other: ShardFolder): string[] {
  const [a, b] = [first.manifest, other.manifest];
  const compared: readonly [string, unknown, unknown][] = [
    ['the version of Refang', a.refang, b.refang],
    ['the number of parts', a.shard.of, b.shard.of],
    ['the day', a.shard.as_of, b.shard.as_of],
    ['the settings', a.shard.settings, b.shard.settings],
    ['the inputs', JSON.stringify(a.inputs), JSON.stringify(b.inputs)],
  ];
  return compared.filter(([, one, another]) => one !== another).map(([name]) => name);
}

function misfit(first: ShardFolder, shard: ShardFolder, differs: readonly string[]): Diagnostic {
  return {
    code: 'RF627',
    severity: 'error',
    message: `\`${first.shown}\` and \`${shard.shown}\` are parts of different builds: ${differs.join(', ')}`,
  };
}

function otherVersion({ shown, manifest }: ShardFolder): Diagnostic {
  return {
    code: 'RF627',
    severity: 'error',
    message: `\`${shown}\` was built by Refang ${manifest.refang}, and this is ${VERSION}`,
  };
}

function incomplete(shards: readonly ShardFolder[]): Diagnostic[] {
  const byNumber = new Map<number, ShardFolder>();
  const diagnostics: Diagnostic[] = [];
  const tell = (message: string) => diagnostics.push({ code: 'RF628', severity: 'error', message });
  for (const shard of shards) {
    const { number, of } = shard.manifest.shard;
    const before = byNumber.get(number);
    if (before) tell(`\`${before.shown}\` and \`${shard.shown}\` are both part ${number} of ${of}`);
    else byNumber.set(number, shard);
  }
  const of = shards[0]?.manifest.shard.of ?? 0;
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((number) => !byNumber.has(number));
  if (missing.length > 0)
    tell(
      `of ${counted(of, 'part')} ${missing.length === 1 ? 'one is' : 'some are'} missing: ${enumerated(missing)}`,
    );
  return diagnostics;
}

/** What the project that is merged into has other than the one that the parts were read from. */
function changesSince({ shown, manifest }: ShardFolder, project: Project): Diagnostic[] {
  const changed: string[] = [];
  if (manifest.shard.settings !== settingsDigest(project))
    changed.push('the settings or the lists of guards');
  const read = new Map(manifest.inputs.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of project.inputs) if (read.get(path) !== sha256) changed.push(`\`${path}\``);
  if (changed.length === 0) return [];
  const message = `since \`${shown}\` was built there have changed: ${changed.join(', ')}`;
  return [{ code: 'RF629', severity: 'error', message }];
}

/** Throws WriteError for parts that do not hold what was written. */
function restoreFrom(
  shards: readonly ShardFolder[],
  project: Project,
  cwd: string,
  progress: Progress | undefined,
): Restored {
  // In the order of their numbers: what comes out is the same however they are named.
  const parts = shards.toSorted((a, b) => a.manifest.shard.number - b.manifest.shard.number);
  try {
    return restore(
      parts.map((shard) => ({ collection: shard.collection, size: shard.size, blocks: shard.blocks() })),
      openerOf(project, cwd),
      (indicators) => progress?.advance(indicators),
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Where the bytes of a part have changed, that is why: reading it to its end tells.
    for (const shard of parts) for (const _ of shard.blocks());
    const names = enumerated(parts.map(({ shown }) => shown));
    const message = `the indicators of ${names} do not fit together: ${error.message}`;
    throw new WriteError({ code: 'RF626', severity: 'error', message });
  }
}

/** Inputs are those that the project has read; of feeds there is but the name. */
function openerOf({ root, inputs }: Project, cwd: string): OpenFile {
  const files = new Map(inputs.map(({ path, file }) => [path, file]));
  return (path, streamed) => {
    const file = streamed ? undefined : files.get(path);
    if (file) return file;
    return new StreamedFile(relative(cwd, resolve(root, path)).split(sep).join('/'));
  };
}
