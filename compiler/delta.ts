/** Writes what must be changed in products that hold the lists of one build, so that they hold those of another. */

import { resolve } from 'node:path';
import type { Difference } from './compare/difference.ts';
import type { CompiledTarget } from './compile.ts';
import { type DeltaEnd, formatDeltaManifest, OF_DELTA } from './emit/delta-manifest.ts';
import type { FileToWrite } from './emit/file-writer.ts';
import type { ManifestFile } from './emit/manifest.ts';
import { OutFolder } from './emit/out-folder.ts';
import { occupy } from './emit/workplace.ts';
import { type RenderedDelta, type RenderedDeltas, renderDeltas } from './render/render-delta.ts';
import { VERSION } from './version.ts';

/** What was written. */
export interface DeltaReport {
  files: readonly ManifestFile[];
  /** Changed files that have to be loaded whole, and why. */
  whole: readonly { path: string; why: string }[];
}

/** A target whose files differ. */
interface Changed {
  name: string;
  difference: Difference['targets'][number];
  /** Why changes of its lists alone would not make the old files the new ones, or those changes. */
  deltas: string | RenderedDeltas;
}

/**
 * Replaces the folder `out`, relative to `root`, all at once, as a build does its own. Throws WriteError; then
 * nothing has changed.
 */
export async function writeDelta(
  root: string,
  out: string,
  builds: readonly [readonly CompiledTarget[], readonly CompiledTarget[]],
  difference: Difference,
): Promise<DeltaReport> {
  const held = await occupy({ out: resolve(root, out), shown: out, lock: undefined }, {});
  try {
    return write(root, out, builds, difference);
  } finally {
    held.release();
  }
}

function write(
  root: string,
  out: string,
  [before, after]: readonly [readonly CompiledTarget[], readonly CompiledTarget[]],
  difference: Difference,
): DeltaReport {
  const folder = OutFolder.openAs(root, out, OF_DELTA);
  const old = new Map(before.map((target) => [target.name, target]));
  const byName = new Map(difference.targets.map((target) => [target.name, target]));
  const changed = after.flatMap((target): Changed[] => {
    const found = byName.get(target.name);
    if (!found || found.files.length === 0) return [];
    const deltas = changesOf(old.get(target.name), target, found, difference);
    return [{ name: target.name, difference: found, deltas }];
  });
  const whole = changed.flatMap(wholeFiles);
  const deltas = changed.flatMap(filesOf);
  const about = new Map(deltas.map(({ file, about: what }) => [file.path, what]));
  let files: readonly ManifestFile[] = [];
  folder.replace(
    deltas.map(({ file }) => file),
    [],
    (written) => {
      files = written;
      const described = written.map((file) => ({ ...file, ...(about.get(file.path) as About) }));
      const [from, to] = [difference.before, difference.after].map(endOf) as [DeltaEnd, DeltaEnd];
      return formatDeltaManifest({ refang: VERSION, from, to, files: described, whole });
    },
  );
  return { files, whole };
}

/** What a file of changes is about. */
type About = { of: string; before?: string; after?: string };

function filesOf(one: Changed): { file: FileToWrite; about: About }[] {
  if (typeof one.deltas === 'string') return [];
  return one.deltas.files.map((delta) => ({
    file: { ...delta, path: `${one.name}/${delta.path}`, target: one.name },
    about: aboutOf(one, delta),
  }));
}

function aboutOf({ name, difference }: Changed, { of }: RenderedDelta): About {
  const file = difference.files.find(({ path }) => path === of);
  return {
    of: `${name}/${of}`,
    ...(file?.before && { before: file.before.sha256 }),
    ...(file?.after && { after: file.after.sha256 }),
  };
}

/** Changed files that no file of changes is about. */
function wholeFiles({ name, difference, deltas }: Changed): { path: string; why: string }[] {
  return difference.files.flatMap(({ path }) => {
    const why = whyWhole(path, deltas);
    return why === undefined ? [] : [{ path: `${name}/${path}`, why }];
  });
}

function whyWhole(path: string, deltas: Changed['deltas']): string | undefined {
  if (typeof deltas === 'string') return deltas;
  if (deltas.told.has(path)) return undefined;
  return deltas.obstacles.get(path) ?? 'the target has no files of changes for it';
}

function changesOf(
  before: CompiledTarget | undefined,
  after: CompiledTarget,
  { made_with }: Changed['difference'],
  { settings }: Difference,
): Changed['deltas'] {
  if (!before) return 'the target is new';
  if (made_with.includes('template')) return 'the folder of the target changed';
  if (made_with.includes('options')) return 'the options of the target changed';
  if (settings.some(({ key }) => key.startsWith('publisher.'))) return 'the publisher changed';
  return renderDeltas(before.rendering, after.rendering);
}

function endOf({ name, commit, day, indicators }: DeltaEnd): DeltaEnd {
  return { name, ...(commit !== undefined && { commit }), day, indicators };
}
