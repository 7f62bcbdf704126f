/** What the last build of a project read, made and told, kept in the project's `.refang` folder. Safe to remove at any time. */

import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takePlace, writeBeside } from './emit/replace-file.ts';
import { WriteError } from './emit/write-error.ts';
import { type FileClock, fileClock, type Stamp } from './source/node-trace.ts';

/** The name of the folder, in the project's root. */
export const RECORD_FOLDER = '.refang';
const RECORD_NAME = 'build.json';
const CLOCK_NAME = 'clock';
/** Of the record's own shape: another one is not read. */
export const FORMAT = 3;

/** What a build tells people, with colours, and its exit code. */
export interface Told {
  /** In pieces of whole lines: there may be a hundred thousand findings. */
  text: readonly string[];
  code: number;
}

/** A build that was written. Paths are absolute: nobody else reads it. */
export interface BuildRecord {
  format: typeof FORMAT;
  /** Who built: version and Node's. */
  by: string;
  /** The program's files as the system sees them. No content stands in for these: they tie a record to its machine. */
  program: Readonly<Record<string, string>>;
  /** What was asked for. */
  request: string;
  /** The first and the last day on which the same comes out. */
  days: readonly [string, string];
  /** What was read. */
  read: Readonly<Record<string, Stamp>>;
  /** What stood in the folders that were listed. */
  folders: Readonly<Record<string, string>>;
  /** Whether files and folders were there. */
  exists: Readonly<Record<string, boolean>>;
  /** What each target was made from, as a digest. */
  targets: Readonly<Record<string, string>>;
  /** What the build left: the manifest, the files that it names, the lock. */
  made: Readonly<Record<string, Stamp>>;
  told: Told;
}

/** The record of a project, or undefined where there is none that can be read. */
export function readRecord(root: string): BuildRecord | undefined {
  try {
    if (!lstatSync(join(root, RECORD_FOLDER)).isDirectory()) return undefined;
    const text = readFileSync(join(root, RECORD_FOLDER, RECORD_NAME), 'utf8');
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is BuildRecord {
  const { format, days, read, folders, exists, targets, made, told } = (value ?? {}) as Partial<BuildRecord>;
  const maps = [read, folders, exists, targets, made].every((map) => typeof map === 'object' && map !== null);
  return format === FORMAT && maps && Array.isArray(days) && Array.isArray(told?.text);
}

/** Keeps a record. Where it cannot be written there is none: the next build does all its work. */
export function writeRecord(root: string, record: BuildRecord): void {
  try {
    const folder = makeRecordFolder(root);
    if (!folder) return;
    writeBeside(join(folder, RECORD_NAME), piecesOf(record));
    takePlace(join(folder, RECORD_NAME));
  } catch (error) {
    if (!(error instanceof WriteError || (error as NodeJS.ErrnoException).syscall)) throw error;
  }
}

/** A record as JSON. */
function* piecesOf({ told, ...record }: BuildRecord): Generator<string> {
  yield `${JSON.stringify(record).slice(0, -1)},"told":{"code":${told.code},"text":[`;
  for (const [at, piece] of told.text.entries()) yield `${at > 0 ? ',' : ''}${JSON.stringify(piece)}`;
  yield ']}}\n';
}

/** What the clock of the file system shows that the record is on; undefined where that cannot be found out. */
export function recordClock(root: string): FileClock | undefined {
  try {
    const folder = makeRecordFolder(root);
    return folder === undefined ? undefined : fileClock(join(folder, CLOCK_NAME));
  } catch {
    return undefined;
  }
}

/** The folder, made where there is none. Undefined for a link, through which files of another folder would be replaced. */
function makeRecordFolder(root: string): string | undefined {
  const folder = join(root, RECORD_FOLDER);
  mkdirSync(folder, { recursive: true });
  if (!lstatSync(folder).isDirectory()) return undefined;
  for (const [name, text] of MARKS) writeOnce(join(folder, name), text);
  return folder;
}

/** For git, and for programs that make backups (bford.info/cachedir). */
const MARKS = [
  ['.gitignore', '*\n'],
  ['CACHEDIR.TAG', 'Signature: 8a477f597d28d172789f06886806bc55\n# What the last build of Refang knew.\n'],
] as const;

function writeOnce(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
