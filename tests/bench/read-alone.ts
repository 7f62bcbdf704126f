/** Reads `indicators.yaml` of the folder that the process runs in, with its feeds, and nothing else of a build. */

import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { NodeFeedFiles } from '../../compiler/source/node-feeds.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { readCollection } from '../../compiler/source/records.ts';

export async function readAlone(): Promise<IndicatorSet> {
  const root = process.cwd();
  const { file } = new NodeFileReader(root).read('indicators.yaml');
  const { collection } = await readCollection(file ? [file] : [], new NodeFeedFiles(root, root));
  if (!collection) throw new Error('the indicators cannot be read');
  return collection.indicators;
}
