/** `delta.json`: from which build to which the files of a folder of changes lead. */

import { isOutputPath } from '../targets/output-path.ts';
import type { ManifestFile } from './manifest.ts';
import type { FolderRecord } from './out-folder.ts';

/** The name of the manifest of a folder of changes. */
export const DELTA_NAME = 'delta.json';

/** A build at one end. */
export interface DeltaEnd {
  /** As the user named it. */
  name: string;
  commit?: string;
  /** The day that decided validity, YYYY-MM-DD. */
  day: string;
  indicators: number;
}

/** A file of changes. `entries` counts what comes and what goes. */
export interface DeltaFile extends ManifestFile {
  /** The file of the build that it changes, and the hashes of that before and after. */
  of: string;
  before?: string;
  after?: string;
}

/** What a folder of changes holds. */
export interface DeltaManifest {
  /** The version that wrote the folder. */
  refang: string;
  from: DeltaEnd;
  to: DeltaEnd;
  /** Sorted by path. */
  files: readonly DeltaFile[];
  /** Files of the build that changed and must be loaded whole, and why; sorted by path. */
  whole: readonly { path: string; why: string }[];
}

/** The text of a manifest, its keys in a fixed order. */
export function formatDeltaManifest({ refang, from, to, files, whole }: DeltaManifest): string {
  const end = ({ name, commit, day, indicators }: DeltaEnd) => ({
    name,
    ...(commit !== undefined && { commit }),
    day,
    indicators,
  });
  const listed = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, target, tier, of, before, after, sha256, bytes, entries }) => ({
      path,
      target,
      ...(tier && { tier }),
      of,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      sha256,
      bytes,
      entries,
    }));
  return `${JSON.stringify({ refang, from: end(from), to: end(to), files: listed, whole }, undefined, 2)}\n`;
}

/** Reads a manifest back, as far as writing another one needs it. Its paths come with the folder and are not trusted. */
export function parseDeltaManifest(text: string): DeltaManifest | undefined {
  try {
    const value = JSON.parse(text) as Partial<DeltaManifest> | null;
    const ours =
      typeof value?.refang === 'string' &&
      typeof value.from === 'object' &&
      Array.isArray(value.whole) &&
      Array.isArray(value.files) &&
      value.files.every(
        (file: Partial<DeltaFile> | null) => typeof file?.path === 'string' && isOutputPath(file.path),
      );
    return ours ? (value as DeltaManifest) : undefined;
  } catch {
    return undefined;
  }
}

/** How a folder of changes is known. */
export const OF_DELTA: FolderRecord<DeltaManifest> = {
  name: DELTA_NAME,
  shown: '`delta.json`',
  option: '--delta',
  parse: parseDeltaManifest,
};
