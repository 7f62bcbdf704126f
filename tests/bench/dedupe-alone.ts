/**
 * Reading and telling apart, and nothing else of a build: reads `indicators.yaml` of the folder it runs in, with its
 * feeds, and writes each value once, in the order of first mention, a line each, to the file that it is given.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { NodeFeedFiles } from '../../compiler/source/node-feeds.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { readCollection } from '../../compiler/source/records.ts';

const BUFFER = 1 << 18;

const root = process.cwd();
const { file } = new NodeFileReader(root).read('indicators.yaml');
const { collection } = await readCollection(file ? [file] : [], new NodeFeedFiles(root, root));
if (!collection) throw new Error('the indicators cannot be read');
const { indicators } = collection;
const out = openSync(process.argv[2] as string, 'w');
let buffer = '';
for (let index = 0; index < indicators.size; index++) {
  buffer += `${indicators.value(index)}\n`;
  if (buffer.length < BUFFER) continue;
  writeSync(out, buffer);
  buffer = '';
}
writeSync(out, buffer);
closeSync(out);
