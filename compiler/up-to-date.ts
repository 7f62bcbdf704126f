/**
 * Answers a build that has nothing to do from the record of the last one. Loads neither readers nor templates: it asks the
 * file system what that build asked, and compares the answers.
 */

import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { BuildOptions } from './build.ts';
import { type BuildRecord, readRecord, type Told, writeRecord } from './build-record.ts';
import { rootAbove } from './project-root.ts';
import { entriesOf, listingOf } from './source/node-folder.ts';
import { renewed, type Stamp, seenOf } from './source/node-trace.ts';
import { VERSION } from './version.ts';

/** The part of a record that does not depend on what was built. */
export type RecordHead = Pick<BuildRecord, 'by' | 'program' | 'request'>;

/** Whether builds of this kind are recorded. `check` trusts no record, and a statement is made anew each time. */
export function isRecorded({ files, check, provenance, sign }: BuildOptions): boolean {
  return !files?.length && !check && !provenance && sign === undefined;
}

/** What this build shares with one that it can stand in for; undefined where the program itself cannot be seen. */
export function headOf(
  options: BuildOptions,
  root: string,
  program: readonly string[],
): RecordHead | undefined {
  const { cwd = process.cwd(), out, targets, strict, allowShrink } = options;
  const seen = program.map((path) => [path, seenOf(path)] as const);
  if (seen.length === 0 || seen.some(([, stamp]) => stamp === undefined)) return undefined;
  const request = [relative(root, resolve(cwd)), out, targets, strict, allowShrink];
  return {
    by: `${VERSION} ${process.version}`,
    program: Object.fromEntries(seen) as Record<string, string>,
    request: JSON.stringify(request.map((one) => one ?? null)),
  };
}

/**
 * What the last build told, if another now would read the same, write the same and tell the same; undefined wherever that
 * is not certain. `program`: the files of Refang itself.
 */
export function upToDate(options: BuildOptions, program: readonly string[]): Told | undefined {
  if (!isRecorded(options)) return undefined;
  const root = rootAbove(options.cwd ?? process.cwd());
  const record = readRecord(root);
  const head = record && headOf(options, root, program);
  if (!head || !isSame(head, record)) return undefined;
  const day = options.asOf ?? new Date().toISOString().slice(0, 10);
  const [first, last] = record.days;
  if (day < first || day > last) return undefined;
  const renewal = renewedRecord(record);
  if (!renewal) return undefined;
  // What had to be read to be known need not be read again.
  if (renewal !== record) writeRecord(root, renewal);
  return renewal.told;
}

function isSame(head: RecordHead, { by, program, request }: BuildRecord): boolean {
  return JSON.stringify(head) === JSON.stringify({ by, program, request });
}

/** The record with the stamps of now, itself where they are the same; undefined where anything differs. */
function renewedRecord(record: BuildRecord): BuildRecord | undefined {
  const isThere = ([path, exists]: [string, boolean]) => existsSync(path) === exists;
  if (!Object.entries(record.exists).every(isThere)) return undefined;
  const isListed = ([path, listing]: [string, string]) => listingOf(entriesOf(path)) === listing;
  if (!Object.entries(record.folders).every(isListed)) return undefined;
  const read = renewAll(record.read, 'follow');
  const made = read && renewAll(record.made, 'refuse');
  if (!read || !made) return undefined;
  return read === record.read && made === record.made ? record : { ...record, read, made };
}

function renewAll(stamps: BuildRecord['read'], links: 'follow' | 'refuse'): BuildRecord['read'] | undefined {
  const now: [string, Stamp][] = [];
  let changed = false;
  for (const [path, stamp] of Object.entries(stamps)) {
    const found = renewed(path, stamp, links);
    if (!found) return undefined;
    changed ||= found.seen !== stamp.seen;
    now.push([path, found]);
  }
  return changed ? Object.fromEntries(now) : stamps;
}
