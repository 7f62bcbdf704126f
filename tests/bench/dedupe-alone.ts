/**
 * Reading and telling apart, and nothing else of a build: reads `indicators.yaml` of the folder it runs in, with its
 * feeds, and writes each value once, in the order of first mention, a line each, to the file that it is given.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { NodeFeedFiles } from '../../compiler/source/node-feeds.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { readCollection } from '../../compiler/source/records.ts';

const BUFFER = 1 << 18;
/** No domain is longer. */
const LONGEST = 253;
const LINE_FEED = 0x0a;

async function read(): Promise<IndicatorSet> {
  const root = process.cwd();
  const { file } = new NodeFileReader(root).read('indicators.yaml');
  const { collection } = await readCollection(file ? [file] : [], new NodeFeedFiles(root, root));
  if (!collection) throw new Error('the indicators cannot be read');
  return collection.indicators;
}

function write(indicators: IndicatorSet, path: string): void {
  const out = openSync(path, 'w');
  const buffer = new Uint8Array(BUFFER + LONGEST + 1);
  let filled = 0;
  for (let index = 0; index < indicators.size; index++) {
    filled = indicators.copyValue(index, buffer, filled);
    buffer[filled++] = LINE_FEED;
    if (filled < BUFFER) continue;
    writeSync(out, buffer, 0, filled);
    filled = 0;
  }
  writeSync(out, buffer, 0, filled);
  closeSync(out);
}

read().then((indicators) => write(indicators, process.argv[2] as string));
