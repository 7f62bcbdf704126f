/**
 * What `dist/refang.cjs` is: runs what was compiled ahead. Node itself compiles anew what it starts with, so that is
 * no more than this.
 */

import { join } from 'node:path';
import { runPrepared } from './prepared.ts';

runPrepared(join(import.meta.dirname, 'start.cjs'));
