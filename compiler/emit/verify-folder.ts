/** Compares a folder with its manifest. Reads what is below the folder, and never through a link in it. */

import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { FATES } from '../plan/fate.ts';
import { lookAt } from './beside.ts';
import { entriesBelow } from './entries.ts';
import { oursIn } from './exchange.ts';
import { MANIFEST_NAME, type Manifest, type ManifestFile } from './manifest.ts';

/** What is wrong with a file of a folder. */
export interface Finding extends Diagnostic {
  /** Relative to the folder, with `/`. */
  path: string;
}

/** How much of a file is read at once, in bytes. */
const PIECE = 1 << 20;

/** What differs between a folder and its manifest, by path. */
export function verifyFolder(folder: string, manifest: Manifest): Finding[] {
  const contradictions = contradictionsOf(manifest);
  const files = manifest.files.filter(isWhole).flatMap((file) => verifyFile(folder, file) ?? []);
  return [...contradictions, ...files, ...unknownFiles(folder, manifest)];
}

/** What no build writes: numbers that do not add up, files named twice, targets without fates. */
function contradictionsOf({ files, fates, indicators, shard }: Manifest): Finding[] {
  const found: string[] = [];
  for (const [target, counts] of Object.entries(fates)) {
    const sum = FATES.reduce((total, fate) => total + Number(counts?.[fate]), 0);
    if (sum !== indicators)
      found.push(`the fates of \`${target}\` add up to ${sum}, and there are ${indicators} indicators`);
  }
  const seen = new Set<string>();
  for (const file of files) {
    if (seen.has(file.path)) found.push(`\`${file.path}\` is named twice`);
    seen.add(file.path);
    if (!shard && !Object.hasOwn(fates, file.target))
      found.push(`\`${file.path}\` is of \`${file.target}\`, which has no fates`);
    if (!isWhole(file)) found.push(`\`${file.path}\` has no SHA-256 or no size`);
  }
  return found.map((message) => ({ code: 'RF618', severity: 'error', path: MANIFEST_NAME, message }));
}

function isWhole({ sha256, bytes }: ManifestFile): boolean {
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(bytes);
}

function verifyFile(folder: string, { path, sha256, bytes }: ManifestFile): Finding | undefined {
  const changed = (how: string): Finding => ({
    code: 'RF616',
    severity: 'error',
    path,
    message: `\`${path}\` ${how}`,
  });
  const parts = path.split('/');
  for (let count = 1; count < parts.length; count++) {
    const above = parts.slice(0, count).join('/');
    if (lookAt(join(folder, above))?.isSymbolicLink()) return changed(`is behind a link, \`${above}\``);
  }
  const stat = lookAt(join(folder, path));
  if (!stat) return { code: 'RF615', severity: 'error', path, message: `\`${path}\` is missing` };
  if (stat.isSymbolicLink()) return changed('is a link and not a file');
  if (!stat.isFile()) return changed('is not a file');
  if (stat.size !== bytes) return changed(`has ${stat.size} bytes, and ${bytes} were written`);
  const now = hashOf(join(folder, path));
  if (now === undefined) return changed('may not be read');
  return now === sha256 ? undefined : changed('has another content than was written');
}

function hashOf(path: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    return undefined;
  }
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(PIECE);
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece))
      hash.update(piece.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(handle);
  }
}

/** What no build wrote: a finding in the folder of a target, which programs load whole; elsewhere a hint. */
function unknownFiles(folder: string, manifest: Manifest): Finding[] {
  const ours = oursIn(folder);
  const unknown = entriesBelow(folder).filter(({ path, isFolder }) => !isFolder && !ours.has(path));
  return unknown.map(({ path }) => {
    const isLoaded = Object.hasOwn(manifest.fates, path.split('/')[0] as string);
    return {
      code: 'RF617',
      severity: isLoaded ? 'warning' : 'hint',
      path,
      message: `\`${path}\` is not of this build`,
      ...(!isLoaded && { why: 'no target has it, and builds leave it where it is' }),
    };
  });
}
