/** Writes what must be changed in products that hold the lists of one build, so that they hold those of another. */

import { resolve } from 'node:path';
import type { Difference } from './compare/difference.ts';
import type { CompiledTarget } from './compile.ts';
import { type DeltaEnd, formatDeltaManifest, OF_DELTA } from './emit/delta-manifest.ts';
import type { FileToWrite } from './emit/file-writer.ts';
import type { ManifestFile } from './emit/manifest.ts';
import { OutFolder } from './emit/out-folder.ts';
import { occupy } from './emit/workplace.ts';
import { pathsWithDelta, type RenderedDelta, renderDeltas } from './render/render-delta.ts';
import { VERSION } from './version.ts';

/** What was written. */
export interface DeltaReport {
  files: readonly ManifestFile[];
  /** Changed files that have to be loaded whole, and why. */
  whole: readonly { path: string; why: string }[];
}

/** A target of both builds. */
interface Changed {
  before: CompiledTarget | undefined;
  after: CompiledTarget;
  difference: Difference['targets'][number];
}

/** Replaces the folder `out`, relative to `root`, all at once, as a build does its own. Throws WriteError; then nothing has changed. */
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
    return found && found.files.length > 0
      ? [{ before: old.get(target.name), after: target, difference: found }]
      : [];
  });
  const whole = changed.flatMap((one) => wholeFiles(one, difference));
  const deltas = changed.flatMap((one) => deltasOf(one, difference));
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

function deltasOf(one: Changed, difference: Difference): { file: FileToWrite; about: About }[] {
  const { before, after } = one;
  if (!before || obstacleOf(one, difference) !== undefined) return [];
  return Array.from(renderDeltas(before.rendering, after.rendering), (delta) => ({
    file: { ...delta, path: `${after.name}/${delta.path}`, target: after.name },
    about: aboutOf(one, delta),
  }));
}

function aboutOf({ after, difference }: Changed, { of }: RenderedDelta): About {
  const file = difference.files.find(({ path }) => path === of);
  return {
    of: `${after.name}/${of}`,
    ...(file?.before && { before: file.before.sha256 }),
    ...(file?.after && { after: file.after.sha256 }),
  };
}

/** Changed files that no file of changes is about. */
function wholeFiles(one: Changed, difference: Difference): { path: string; why: string }[] {
  const { after, difference: target } = one;
  const obstacle = obstacleOf(one, difference);
  const told = obstacle === undefined ? pathsWithDelta(after.rendering) : new Set<string>();
  return target.files
    .filter(({ path }) => !told.has(path))
    .map(({ path }) => ({
      path: `${after.name}/${path}`,
      why: obstacle ?? 'the target has no files of changes for it',
    }));
}

/** Why changes of the list alone would not make the old file the new one. */
function obstacleOf(
  { before, difference: { made_with } }: Changed,
  { settings }: Difference,
): string | undefined {
  if (!before) return 'the target is new';
  if (made_with.includes('template')) return 'the folder of the target changed';
  if (made_with.includes('options')) return 'the options of the target changed';
  return settings.some(({ key }) => key.startsWith('publisher.')) ? 'the publisher changed' : undefined;
}

function endOf({ name, commit, day, indicators }: DeltaEnd): DeltaEnd {
  return { name, ...(commit !== undefined && { commit }), day, indicators };
}
