/** Builds one part of a project: what stands in it is read, checked and joined; `merge` makes the files of all parts. */

import { resolve } from 'node:path';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { hexDigest } from './digest/digest.ts';
import type { FileToWrite } from './emit/file-writer.ts';
import type { Patience } from './emit/hold.ts';
import { formatManifest, type ManifestFile, type ShardMark } from './emit/manifest.ts';
import { OutFolder } from './emit/out-folder.ts';
import { occupy } from './emit/workplace.ts';
import { WriteError } from './emit/write-error.ts';
import { ShardCollector } from './partition/shard-collector.ts';
import { COLLECTION_PATH, INDICATORS_PATH } from './partition/shard-format.ts';
import type { Shard } from './partition/shard-of.ts';
import { collectionText, indicatorLines, type Part } from './partition/store.ts';
import type { Project } from './project.ts';
import { SETTINGS_NAME } from './project-root.ts';
import { guardLists } from './provenance.ts';
import { readInputs, type Session, type SessionOptions } from './session.ts';
import { NodeFeedFiles } from './source/node-feeds.ts';
import { VERSION } from './version.ts';

/** Which part of a project is built, and where it goes. */
export interface ShardOptions extends Pick<SessionOptions, 'cwd' | 'asOf' | 'ownsProcess' | 'progress'> {
  shard: Shard;
  /** The folder to write, relative to `cwd`. */
  out: string;
  /** How to wait for another build of the same folder. */
  patience?: Patience;
}

/** What building a part did. */
export interface ShardReport {
  session: Session;
  /** The folder as the user names it. */
  out: string;
  /** How many indicators are in the part. */
  indicators: number;
}

/** Reads the inputs and writes one part of them; with errors among the diagnostics nothing was written. */
export async function buildShard({ shard, out, patience, ...options }: ShardOptions): Promise<ShardReport> {
  const cwd = options.cwd ?? process.cwd();
  const collector = new ShardCollector(shard);
  const session = await readInputs(options, collector);
  const report = { session, out, indicators: collector.indicators.size };
  const { project, collection, hits, inputs } = session;
  if (!project || !collection || !hits || !inputs) return report;
  const feeds = new NodeFeedFiles(project.root, cwd);
  const part: Part = { collection, collector, hits, fromRoot: (path) => feeds.fromRoot(path) };
  const mark: ShardMark = { ...shard, as_of: session.asOf, settings: settingsDigest(project) };
  const manifestOf = (files: ManifestFile[]) =>
    formatManifest({ refang: VERSION, shard: mark, inputs, indicators: report.indicators, files, fates: {} });
  try {
    const place = { out: resolve(cwd, out), shown: out, lock: undefined };
    const { release } = await occupy(place, patience ?? {});
    try {
      const folder = OutFolder.open(cwd, out);
      if (folder.manifest && !folder.manifest.shard) throw new WriteError(holdsBuild(out));
      options.progress?.phase('writing');
      folder.replace(filesOf(part), [], manifestOf);
    } finally {
      release();
    }
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    session.diagnostics.push(error.diagnostic);
    return { ...report, session: { ...session, failed: 'configuration' } };
  }
  return report;
}

function filesOf(part: Part): FileToWrite[] {
  const file = (path: string, chunks: Iterable<string>, entries: number): FileToWrite => ({
    path,
    target: 'shard',
    tier: undefined,
    chunks,
    entries,
  });
  return [
    file(COLLECTION_PATH, [collectionText(part)], 0),
    file(INDICATORS_PATH, indicatorLines(part), part.collection.indicators.size),
  ];
}

/** What a part depends on beside the inputs: the settings and the lists of guards that they name. */
export function settingsDigest(project: Project): string {
  const lines = [SETTINGS_NAME, ...guardLists(project)].map((path) => {
    const { bytes } = project.reader.exists(path) ? project.reader.readBytes(path) : { bytes: undefined };
    return `${path} ${bytes ? hexDigest('sha256', bytes) : '-'}\n`;
  });
  return hexDigest('sha256', lines.join(''));
}

function holdsBuild(out: string): Diagnostic {
  return {
    code: 'RF602',
    severity: 'error',
    message: `\`${out}\` holds a whole build, not a part of one`,
    help: 'choose another folder with `--out`',
  };
}
