/**
 * Reading, checking and merging addresses, and nothing else of a build: reads `indicators.yaml` of the folder it runs in, with its
 * feeds, and writes the fewest networks that hold the same IPv4 addresses, a line each, single addresses without `/32`, to the
 * file that it is given.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { eachNetwork4, writeNetwork4 } from '../../compiler/indicators/address.ts';
import { mergeIntervals } from '../../compiler/plan/merge.ts';
import { NodeFeedFiles } from '../../compiler/source/node-feeds.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { readCollection } from '../../compiler/source/records.ts';

const BUFFER = 1 << 18;
/** No line is longer. */
const LONGEST = '255.255.255.255/32\n'.length;
const LINE_FEED = 0x0a;

const root = process.cwd();
const { file } = new NodeFileReader(root).read('indicators.yaml');
const { collection } = await readCollection(file ? [file] : [], new NodeFeedFiles(root, root));
if (!collection) throw new Error('the indicators cannot be read');
const { indicators } = collection;
const all = new Uint32Array(indicators.size);
for (let index = 0; index < all.length; index++) all[index] = index;
const out = openSync(process.argv[2] as string, 'w');
const { firsts, lasts } = mergeIntervals(indicators, all).four;
const buffer = new Uint8Array(BUFFER + LONGEST);
let filled = 0;
function write(first: number, prefix: number): void {
  filled = writeNetwork4(first, prefix, buffer, filled);
  buffer[filled++] = LINE_FEED;
  if (filled >= BUFFER) flush();
}
function flush(): void {
  writeSync(out, buffer, 0, filled);
  filled = 0;
}
for (let row = 0; row < firsts.length; row++)
  eachNetwork4(firsts[row] as number, lasts[row] as number, write);
flush();
closeSync(out);
