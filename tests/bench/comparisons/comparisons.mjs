/** All comparisons, in the order of the report. */

import { aerleon } from './aerleon.mjs';
import { dedupe } from './dedupe.mjs';
import { engines } from './engines.mjs';
import { hostlist } from './hostlist.mjs';
import { iprange } from './iprange.mjs';
import { lines } from './lines.mjs';
import { memory } from './memory.mjs';
import { naive } from './naive.mjs';
import { platforms } from './platforms.mjs';
import { startup } from './startup.mjs';
import { watch } from './watch.mjs';
import { yaml } from './yaml.mjs';

/** @type {readonly import('../comparison.mjs').Comparison[]} */
export const COMPARISONS = [
  ...[lines, platforms, yaml, naive, dedupe, iprange, hostlist],
  ...[memory, engines, startup, watch, aerleon],
];
