/** Verifies a folder that a build wrote: its files, its manifest, its provenance. Needs nothing but the folder. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { placeOf } from './emit/beside.ts';
import { MANIFEST_NAME, type Manifest, parseManifest } from './emit/manifest.ts';
import { type Finding, verifyFolder } from './emit/verify-folder.ts';
import { type ProvenanceState, verifyProvenance } from './emit/verify-provenance.ts';
import { settle } from './emit/workplace.ts';
import { WriteError } from './emit/write-error.ts';
import { openFolder } from './project.ts';
import { LOCK_NAME, rootAbove } from './project-root.ts';

/** What is verified. */
export interface VerifyOptions {
  /** Where the command runs; the folder of the process by default. */
  cwd?: string;
  /** Relative to `cwd`; the output folder of the project by default. */
  folder?: string;
  /** The path of a public key in PEM, relative to `cwd`: the provenance must be signed by it. */
  key?: string;
}

/** What was found. */
export interface VerifyReport {
  /** As the user names it. */
  folder: string;
  /** Why nothing could be compared: no folder of ours, or a key that cannot be used. */
  failed: Diagnostic | undefined;
  manifest: Manifest | undefined;
  provenance: ProvenanceState['provenance'];
  findings: readonly Finding[];
}

/** Verifies a folder. It is only read, except that what a killed build left beside it is put right first. */
export async function verify(options: VerifyOptions = {}): Promise<VerifyReport> {
  const cwd = options.cwd ?? process.cwd();
  const { path, shown, lock } = folderOf(cwd, options.folder);
  const nothing = { folder: shown, manifest: undefined, provenance: 'none', findings: [] } as const;
  try {
    const key = options.key === undefined ? undefined : await publicKey(cwd, options.key);
    await settle({ out: path, shown, lock }, {});
    const folder = placeOf(path);
    const manifest = readManifest(folder, shown);
    const found = verifyFolder(folder, manifest);
    const { provenance, findings } = await verifyProvenance(folder, manifest, key);
    const all = [...found, ...findings].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return { folder: shown, failed: undefined, manifest, provenance, findings: all };
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { ...nothing, failed: error.diagnostic };
  }
}

/** The folder, and the lock that belongs to it where that is known. */
function folderOf(cwd: string, named: string | undefined) {
  const from = named === undefined ? cwd : dirname(resolve(cwd, named));
  const root = rootAbove(from);
  const out = openFolder(root).settings?.out ?? 'out';
  const own = resolve(root, out);
  const path = named === undefined ? own : resolve(cwd, named);
  return { path, shown: named ?? out, lock: path === own ? join(root, LOCK_NAME) : undefined };
}

async function publicKey(cwd: string, shown: string) {
  return (await import('./emit/dsse.ts')).openPublicKey(cwd, shown);
}

function readManifest(folder: string, shown: string): Manifest {
  const path = join(folder, MANIFEST_NAME);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw notABuild(`\`${shown}\` is ${existsSync(folder) ? 'not a folder' : 'not there'}`);
  try {
    const manifest = parseManifest(readFileSync(path, 'utf8'));
    if (manifest) return manifest;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw notABuild(`the manifest of \`${shown}\` cannot be read: ${code}`);
  }
  throw notABuild(`\`${shown}\` has no manifest of Refang`);
}

function notABuild(message: string): WriteError {
  return new WriteError({ code: 'RF614', severity: 'error', message });
}
