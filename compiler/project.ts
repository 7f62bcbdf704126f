/** Opens what a command works on: a project with its settings and lock, or other files named on the command line. */

import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { isError } from './diagnostics/order.ts';
import type { SourceFile } from './diagnostics/source-file.ts';
import { hexDigest } from './digest/digest.ts';
import { settleIfIdle } from './emit/workplace.ts';
import { WriteError } from './emit/write-error.ts';
import { LockTable } from './identity/lock-table.ts';
import { parseLock } from './identity/read-lock.ts';
import { isProject, LOCK_NAME, rootAbove, SETTINGS_NAME } from './project-root.ts';
import { expandGlob, type FileReader, isGlob } from './source/files.ts';
import { FILES_ON_DISK } from './source/node-project-files.ts';
import type { ProjectFiles } from './source/project-files.ts';
import {
  DEFAULT_INPUT,
  DEFAULT_SETTINGS,
  type InputSetting,
  readSettings,
  type Settings,
} from './source/settings.ts';
import { decodeUtf8 } from './source/utf8.ts';

/** A file of indicators. */
export interface ProjectInput {
  /** Relative to the project's root, with `/`: what manifests say. */
  path: string;
  /** Its path is relative to where the command runs: what messages say, so that editors can follow. */
  file: SourceFile;
  sha256: string;
}

/** What a command works on. */
export interface Project {
  /** Absolute. */
  root: string;
  reader: FileReader;
  settings: Settings;
  inputs: readonly ProjectInput[];
  /** Whether the inputs are those that the project and its lock are about. */
  own: boolean;
  /** Undefined for inputs that are not the project's own; empty before the first build. */
  lock: LockTable | undefined;
  /** What the lock was read from, where there is one. */
  lockFile: SourceFile | undefined;
  /** The SHA-256 of it, as it is stored. */
  lockSha256: string | undefined;
}

/** A project, or why there is none. */
export interface Opened {
  /** Absent where there is an error. */
  project: Project | undefined;
  diagnostics: Diagnostic[];
  /** Whether an error lies in the settings and not in what they name. */
  misconfigured: boolean;
}

/** Where a project is read from, where that is not the disk. */
export interface ProjectSource {
  files: ProjectFiles;
  /** The folder of the project, absolute, as it stands in the working tree. */
  root: string;
}

/** The folder of a project and its settings, without its inputs. */
export function openFolder(
  root: string,
  files = FILES_ON_DISK,
): {
  reader: FileReader;
  settings: Settings | undefined;
  diagnostics: Diagnostic[];
} {
  const reader = files.below(root);
  return { reader, ...settingsOf(reader) };
}

/**
 * Opens the project of the folder `cwd`, or of the nearest one above that has a refang.yaml or a lock; or `files`, with the
 * settings of the folder of the first; or the one of `source`. Paths in manifests are relative to the project's root.
 * `disk` is asked where there is no `source`.
 */
export function openProject(
  cwd: string,
  files: readonly string[],
  source?: ProjectSource,
  disk: ProjectFiles = FILES_ON_DISK,
): Opened {
  const root =
    source?.root ?? (files[0] === undefined ? rootAbove(cwd, disk) : dirname(resolve(cwd, files[0])));
  const from = source?.files ?? disk;
  const { reader, settings, diagnostics } = openFolder(root, from);
  if (!settings || (!source && !putRight(root, settings, diagnostics)))
    return { project: undefined, diagnostics, misconfigured: true };
  const listed = inputPaths(reader, settings, diagnostics);
  if (diagnostics.some(isError)) return { project: undefined, diagnostics, misconfigured: true };
  const named = files.map((file) => portable(relative(root, resolve(cwd, file))));
  const own = named.length === 0 || (isProject(reader) && sameSet(named, listed));
  const paths = [...new Set(named.length > 0 ? named : listed)].sort();
  if (named.length === 0 && !holdsProject(reader)) {
    diagnostics.push(noProject());
    return { project: undefined, diagnostics, misconfigured: false };
  }
  const inputs = paths.flatMap((path) => readInput(from, root, path, cwd, diagnostics) ?? []);
  const stored = own ? readLockFile(reader, diagnostics) : undefined;
  const lock = own ? lockOf(stored?.file, diagnostics) : undefined;
  const read = { lock, lockFile: stored?.file, lockSha256: stored?.sha256 };
  const project = { root, reader, settings, inputs, own, ...read };
  return { project: diagnostics.some(isError) ? undefined : project, diagnostics, misconfigured: false };
}

/** Finishes or undoes what a killed build left; false where that is not possible. */
function putRight(root: string, { out }: Settings, diagnostics: Diagnostic[]): boolean {
  try {
    settleIfIdle({ out: resolve(root, out), shown: out, lock: join(root, LOCK_NAME) });
    return true;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    diagnostics.push(error.diagnostic);
    return false;
  }
}

/** The files that `inputs` of the settings mean; a glob without a match is an error. */
function inputPaths(reader: FileReader, settings: Settings, diagnostics: Diagnostic[]): string[] {
  return settings.inputs.flatMap((input) => {
    if (!isGlob(input.pattern)) return [input.pattern];
    const found = expandGlob(reader, input.pattern);
    if (found.length === 0) diagnostics.push(noMatch(input));
    return found;
  });
}

/** Whether there is anything to build in a folder: settings, a lock or the default input. */
export function holdsProject(reader: FileReader): boolean {
  return isProject(reader) || reader.exists(DEFAULT_INPUT);
}

function settingsOf(reader: FileReader): { settings: Settings | undefined; diagnostics: Diagnostic[] } {
  if (!reader.exists(SETTINGS_NAME)) return { settings: DEFAULT_SETTINGS, diagnostics: [] };
  const { file, diagnostics } = reader.read(SETTINGS_NAME);
  return file ? readSettings(file) : { settings: undefined, diagnostics };
}

/** The lock as it is stored. */
function readLockFile(
  reader: FileReader,
  diagnostics: Diagnostic[],
): { file: SourceFile | undefined; sha256: string } | undefined {
  if (!reader.exists(LOCK_NAME)) return undefined;
  const read = reader.readBytes(LOCK_NAME);
  diagnostics.push(...read.diagnostics);
  if (!read.bytes) return undefined;
  const decoded = decodeUtf8(LOCK_NAME, read.bytes);
  diagnostics.push(...decoded.diagnostics);
  return { file: decoded.file, sha256: hexDigest('sha256', read.bytes) };
}

function lockOf(file: SourceFile | undefined, diagnostics: Diagnostic[]): LockTable {
  if (!file) return new LockTable();
  const parsed = parseLock(file);
  diagnostics.push(...parsed.diagnostics);
  return parsed.lock;
}

function readInput(
  files: ProjectFiles,
  root: string,
  path: string,
  cwd: string,
  diagnostics: Diagnostic[],
): ProjectInput | undefined {
  const shown = portable(relative(cwd, resolve(root, path)));
  const { file, sha256, diagnostics: told } = files.below(cwd).readInput(shown);
  diagnostics.push(...told);
  return file && { path, file, sha256 };
}

/** What a newcomer meets who runs a command in any folder. */
function noProject(): Diagnostic {
  return {
    code: 'RF122',
    severity: 'error',
    message: `there is no \`${DEFAULT_INPUT}\` here`,
    why: 'without a file on the command line and without a refang.yaml, this is the file that is read',
    help: `write one, or name a file: \`refang check my-indicators.yaml\``,
  };
}

function noMatch({ pattern, span }: InputSetting): Diagnostic {
  return {
    code: 'RF124',
    severity: 'error',
    ...(span && { span }),
    message: `no file matches \`${pattern}\``,
    help: 'mend `inputs` of refang.yaml, or name files on the command line',
  };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return [...new Set(a)].sort().join('\n') === [...new Set(b)].sort().join('\n');
}

function portable(path: string): string {
  return path.split(sep).join('/');
}
