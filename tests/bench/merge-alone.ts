/**
 * Reading, checking and merging addresses, and nothing else of a build: reads `indicators.yaml` of the folder it runs
 * in, with its feeds, and writes the fewest networks that hold the same IPv4 addresses, a line each, single addresses
 * without `/32`, to the file that it is given.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { eachNetwork4 } from '../../compiler/indicators/address.ts';
import { writeNetwork4 } from '../../compiler/indicators/network4.ts';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { type Intervals, mergeIntervals } from '../../compiler/plan/merge.ts';
import { readAlone } from './read-alone.ts';

const BUFFER = 1 << 18;
/** No line is longer. */
const LONGEST = '255.255.255.255/32\n'.length;
const LINE_FEED = 0x0a;

function allOf({ size }: IndicatorSet): Uint32Array {
  const all = new Uint32Array(size);
  for (let index = 0; index < size; index++) all[index] = index;
  return all;
}

function write({ firsts, lasts }: Intervals['four'], path: string): void {
  const out = openSync(path, 'w');
  const buffer = new Uint8Array(BUFFER + LONGEST);
  let filled = 0;
  const flush = () => {
    writeSync(out, buffer, 0, filled);
    filled = 0;
  };
  const add = (first: number, prefix: number) => {
    filled = writeNetwork4(first, prefix, buffer, filled);
    buffer[filled++] = LINE_FEED;
    if (filled >= BUFFER) flush();
  };
  for (let row = 0; row < firsts.length; row++)
    eachNetwork4(firsts[row] as number, lasts[row] as number, add);
  flush();
  closeSync(out);
}

readAlone().then((indicators) => {
  write(mergeIntervals(indicators, allOf(indicators)).four, process.argv[2] as string);
});
