/** Compares a build with the output folder of another one, of which nothing but files and a manifest is known. */

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hexDigest } from '../digest/digest.ts';
import type { FateCounts } from '../plan/fate.ts';
import { summaryOf } from './compare.ts';
import {
  type Difference,
  type FileChange,
  type FileState,
  type LineChange,
  NO_CHANGES,
  type TargetDifference,
} from './difference.ts';
import { changesBetween } from './files.ts';
import type { Side, SideTarget } from './side.ts';

/** An output folder. */
export interface Output {
  /** As the user names it. */
  name: string;
  /** The version that wrote it. */
  refang: string;
  indicators: number;
  fates: Readonly<Record<string, FateCounts>>;
  inputs: readonly { path: string; sha256: string }[];
  /** Paths with the target's folder in front. */
  files: readonly { path: string; target: string; entries: number }[];
  /** The text of one of `files`; undefined where it is not there. */
  read(path: string): string | undefined;
}

/** What differs, line by line; of targets that are built, or that were. */
export function compareWithOutput(
  before: Output,
  after: Side,
  isAsked: (target: string) => boolean,
): Difference {
  const names = new Set([...Object.keys(before.fates), ...before.files.map(({ target }) => target)]);
  for (const name of after.targets.keys()) names.add(name);
  const targets = [...names]
    .filter(isAsked)
    .sort()
    .map((name) => compareTarget(before, after.targets.get(name), name));
  return {
    before: { name: before.name, day: '', refang: before.refang, indicators: before.indicators },
    after: summaryOf(after),
    textual: true,
    differs: targets.some(({ state }) => state !== 'same'),
    inputs: [],
    settings: [],
    findings: [],
    targets,
    indicators: [],
  };
}

function compareTarget(before: Output, after: SideTarget | undefined, name: string): TargetDifference {
  const old = filesOf(before, name);
  const now = new Map<string, { text: string; state: FileState }>();
  for (const { path, chunks, entries } of after?.files() ?? [])
    now.set(path, withState([...chunks].join(''), entries));
  const files = changesBetween(statesIn(old), statesIn(now));
  const lines = files.map(({ path }) => linesOf(path, old.get(path)?.text ?? '', now.get(path)?.text ?? ''));
  const counts = before.fates[name];
  return {
    name,
    effect: after?.effect ?? 'share',
    state: !after ? 'removed' : old.size === 0 ? 'added' : files.length > 0 ? 'changed' : 'same',
    fates: { ...(counts && { before: counts }), ...(after && { after: after.fates }) },
    indicators: NO_CHANGES,
    rules: [],
    files: files as FileChange[],
    made_with: [],
    lines,
  };
}

function filesOf({ files, read }: Output, name: string): Map<string, { text: string; state: FileState }> {
  const found = new Map<string, { text: string; state: FileState }>();
  for (const { path, target, entries } of files) {
    if (target !== name) continue;
    const text = read(path);
    if (text !== undefined) found.set(path.slice(name.length + 1), withState(text, entries));
  }
  return found;
}

function withState(text: string, entries: number): { text: string; state: FileState } {
  const data = utf8ToBytes(text);
  return { text, state: { sha256: hexDigest('sha256', data), bytes: data.length, entries } };
}

function statesIn(files: ReadonlyMap<string, { state: FileState }>): Map<string, FileState> {
  return new Map([...files].map(([path, { state }]) => [path, state]));
}

/** Lines that one text has more often than the other, in their order. */
function linesOf(path: string, before: string, after: string): LineChange {
  return { path, added: surplus(after, before), removed: surplus(before, after) };
}

function surplus(of: string, over: string): string[] {
  const counts = new Map<string, number>();
  for (const line of over.split('\n')) counts.set(line, (counts.get(line) ?? 0) + 1);
  return of.split('\n').filter((line) => {
    const left = counts.get(line) ?? 0;
    if (left > 0) counts.set(line, left - 1);
    return left === 0 && line.trim() !== '';
  });
}
