/**
 * Reading and telling apart, and nothing else of a build: reads `indicators.yaml` of the folder it runs in, with its
 * feeds, and writes each value once, in the order of first mention, a line each, to the file that it is given.
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import type { IndicatorSet } from '../../compiler/indicators/set.ts';
import { readAlone } from './read-alone.ts';

const BUFFER = 1 << 18;
/** No domain is longer. */
const LONGEST = 253;
const LINE_FEED = 0x0a;

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

readAlone().then((indicators) => write(indicators, process.argv[2] as string));
