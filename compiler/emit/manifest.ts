/** `out/manifest.json`: the contract with pipelines. */

import type { FateCounts } from '../plan/fate.ts';
import type { Tier } from '../targets/definition.ts';
import { isOutputPath } from '../targets/output-path.ts';

/** A file of the output folder. */
export interface ManifestFile {
  /** Relative to the manifest, with `/`. */
  path: string;
  target: string;
  tier?: Tier;
  sha256: string;
  bytes: number;
  /** Rules or list entries. */
  entries: number;
}

/** What a build wrote, and from what. */
export interface Manifest {
  /** The version that built the folder. */
  refang: string;
  /** Paths relative to the project's root. */
  inputs: readonly { path: string; sha256: string }[];
  /** Distinct indicators. */
  indicators: number;
  /** Sorted by path. */
  files: readonly ManifestFile[];
  /** For each target, by name: how many indicators have each fate. The counts add up to `indicators`. */
  fates: Readonly<Record<string, FateCounts>>;
  /** Read from a text that a merge has damaged: the paths and targets of both sides are known, and nothing else is. */
  damaged?: true;
  /** What a part of a build was made of; only in the folder of one. */
  shard?: ShardMark;
}

/** Which part of which build a folder is. Parts that differ in anything but their number are not of one build. */
export interface ShardMark {
  /** From 1. */
  number: number;
  of: number;
  /** The day that decides validity, YYYY-MM-DD. */
  as_of: string;
  /** SHA-256 of the settings and the lists of guards. */
  settings: string;
}

/** The manifest's own name in the output folder. */
export const MANIFEST_NAME = 'manifest.json';

/** The text of a manifest: keys in a fixed order, files by path, targets by name. */
export function formatManifest(manifest: Manifest): string {
  const byPath = [...manifest.files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = byPath.map(({ path, target, tier, sha256, bytes, entries }) => ({
    path,
    target,
    ...(tier && { tier }),
    sha256,
    bytes,
    entries,
  }));
  const names = Object.keys(manifest.fates).sort();
  const fates = Object.fromEntries(names.map((name) => [name, manifest.fates[name]]));
  const { refang, inputs, indicators, shard } = manifest;
  return `${JSON.stringify({ refang, ...(shard && { shard }), inputs, indicators, files, fates }, undefined, 2)}\n`;
}

/** Reads a manifest back, as far as a build needs it; undefined for a text that is none of ours. */
export function parseManifest(text: string): Manifest | undefined {
  let value: Partial<Manifest> | null;
  try {
    value = JSON.parse(text) as Partial<Manifest> | null;
  } catch {
    return salvageManifest(text);
  }
  const ours =
    typeof value?.refang === 'string' &&
    Array.isArray(value.inputs) &&
    Array.isArray(value.files) &&
    value.files.every(isFile) &&
    typeof value.fates === 'object';
  return ours ? (value as Manifest) : undefined;
}

const VERSION_LINE = /^ {2}"refang": "[^"]+",$/m;
const SECTION_LINE = /^ {2}"(\w+)": [[{]/;
const PATH_LINE = /^ {6}"path": ("(?:[^"\\]|\\.)+"),$/;

/**
 * What a merge has left of a manifest of ours: the files of both sides are ours. Merges move whole lines as `formatManifest`
 * writes them, so the paths can be read; which hash belongs to which cannot.
 */
function salvageManifest(text: string): Manifest | undefined {
  if (!VERSION_LINE.test(text)) return undefined;
  const paths: Record<string, Set<string>> = { inputs: new Set(), files: new Set() };
  let section = '';
  let atConflict = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('<<<<<<<')) atConflict = section;
    // The other side goes on where the first one did.
    else if (/^(=======|\|\|\|\|\|\|\|)/.test(line)) section = atConflict;
    section = SECTION_LINE.exec(line)?.[1] ?? section;
    const path = PATH_LINE.exec(line)?.[1];
    if (path) paths[section]?.add(JSON.parse(path) as string);
  }
  const files = [...(paths.files ?? [])].map((path) => {
    const target = path.slice(0, path.indexOf('/'));
    return { path, target, sha256: '', bytes: 0, entries: 0 };
  });
  const inputs = [...(paths.inputs ?? [])].sort().map((path) => ({ path, sha256: '' }));
  if (files.length === 0 || !files.every((file) => file.path.includes('/') && isFile(file))) return undefined;
  return { refang: '', inputs, indicators: 0, files, fates: {}, damaged: true };
}

/** A manifest comes with the repository, so its paths are no more to be trusted than any input. */
function isFile(file: Partial<ManifestFile> | null): boolean {
  return typeof file?.path === 'string' && typeof file.target === 'string' && isOutputPath(file.path);
}
