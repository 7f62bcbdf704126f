/** Brings the files of indicators and the settings into canonical layout. */

import { basename, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { isError } from './diagnostics/order.ts';
import { SourceFile } from './diagnostics/source-file.ts';
import { type Rewrite, rewriteFiles } from './emit/rewrite-file.ts';
import { WriteError } from './emit/write-error.ts';
import { openProject } from './project.ts';
import { rootAbove, SETTINGS_NAME } from './project-root.ts';
import type { SessionOptions } from './session.ts';
import { formatted } from './source/format/format.ts';
import { findMends, mendedText, NO_FEEDS, sayTheSame } from './source/mend/mends.ts';
import { NodeFileReader } from './source/node-files.ts';
import { readCollection } from './source/records.ts';
import { wholeSchema } from './source/schema.ts';
import { readSettings, settingsSchema } from './source/settings.ts';

/** What is to be formatted: files of indicators and settings, by default all of the project. */
export interface FmtOptions extends Pick<SessionOptions, 'cwd' | 'files'> {
  /** Write nothing: only tell what would change. */
  check?: boolean;
}

/** A file that is not in canonical layout, and its first line that would change. */
export interface Unformatted {
  /** As the user names it. */
  path: string;
  line: number;
  before: string;
  /** The line that stands there in canonical layout. */
  after: string;
}

/** What was formatted, or would be. */
export interface FmtReport {
  /** Where the errors lie that kept files from being read; then nothing was written. */
  failed: 'configuration' | 'input' | undefined;
  diagnostics: readonly Diagnostic[];
  /** How many files were looked at. */
  files: number;
  changed: readonly Unformatted[];
}

/** Files as they were read, each with a path from the project's root. */
interface ReadFiles {
  failed: FmtReport['failed'];
  diagnostics: Diagnostic[];
  root: string;
  indicators: readonly { path: string; file: SourceFile }[];
  settings: readonly { path: string; file: SourceFile }[];
}

/** Spellings that are mended on the way; a value that stands twice is left to `check --fix`. */
const SPELLINGS: ReadonlySet<string> = new Set(['RF314', 'RF336']);

/** Formats; with errors in a file nothing is written. */
export async function fmt(options: FmtOptions): Promise<FmtReport> {
  const read = readFiles(options.cwd ?? process.cwd(), options.files ?? []);
  const { diagnostics, root, indicators, settings } = read;
  if (!read.failed) await checkFiles(read);
  const files = indicators.length + settings.length;
  if (read.failed) return { failed: read.failed, diagnostics, files, changed: [] };
  const rewrites = [
    ...(await rewritesOf(indicators)),
    ...settings.flatMap(({ path, file }) => rewriteOf(path, file, formatted(file, settingsSchema()))),
  ];
  if (!options.check) {
    try {
      rewriteFiles(root, rewrites);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      return { failed: 'configuration', diagnostics: [error.diagnostic], files, changed: [] };
    }
  }
  return { failed: undefined, diagnostics: [], files, changed: rewrites.map(firstChange) };
}

/** The files that are named, or those of the project. */
function readFiles(cwd: string, named: readonly string[]): ReadFiles {
  const isSettings = (path: string) => basename(path) === SETTINGS_NAME;
  const inputs = named.filter((path) => !isSettings(path));
  const only = named.length > 0 && inputs.length === 0;
  const opened = only ? undefined : openProject(cwd, inputs);
  const root = opened?.project?.root ?? rootAbove(cwd);
  const diagnostics = (opened?.diagnostics ?? []).filter(isError);
  const reader = new NodeFileReader(cwd);
  const own = portable(relative(cwd, resolve(root, SETTINGS_NAME)));
  const paths = named.length > 0 ? named.filter(isSettings) : reader.exists(own) ? [own] : [];
  const settings = paths.flatMap((path) => {
    const read = reader.read(path);
    diagnostics.push(...read.diagnostics);
    return read.file ? [{ path: relative(root, resolve(cwd, path)), file: read.file }] : [];
  });
  const failed = diagnostics.length === 0 ? undefined : opened?.misconfigured ? 'configuration' : 'input';
  return { failed, diagnostics, root, indicators: opened?.project?.inputs ?? [], settings };
}

/** Refuses what has an error: what it says cannot be known. Feeds are not read. */
async function checkFiles(read: ReadFiles): Promise<void> {
  const { indicators, settings, diagnostics } = read;
  for (const { file } of settings) diagnostics.push(...readSettings(file).diagnostics.filter(isError));
  if (diagnostics.length > 0) read.failed = 'configuration';
  const files = indicators.map(({ file }) => file);
  if (files.length === 0) return;
  const found = (await readCollection(files, NO_FEEDS)).diagnostics.filter(isError);
  diagnostics.push(...found);
  if (found.length > 0) read.failed ??= 'input';
}

/** Spelling first, then layout. */
async function rewritesOf(inputs: ReadFiles['indicators']): Promise<Rewrite[]> {
  const files = inputs.map(({ file }) => file);
  const mends = (await findMends(files)).filter(({ code, fix }) => fix && SPELLINGS.has(code));
  const respelt = files.map((file) => new SourceFile(file.path, mendedText(file, mends)));
  if (mends.length > 0 && !(await sayTheSame(files, respelt)))
    throw new Error('a mend would change what the indicators are');
  return inputs.flatMap(({ path, file }, at) =>
    rewriteOf(path, file, formatted(respelt[at] as SourceFile, wholeSchema())),
  );
}

function rewriteOf(path: string, file: SourceFile, after: string): Rewrite[] {
  return after === file.text ? [] : [{ path, shown: file.path, before: file.text, after }];
}

function firstChange({ shown, before, after }: Rewrite): Unformatted {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = Math.max(
    0,
    old.findIndex((line, index) => line !== now[index]),
  );
  const [was = '', is = ''] = [old[at], now[at]];
  return { path: shown, line: at + 1, before: was, after: is };
}

function portable(path: string): string {
  return path.split(sep).join('/');
}
