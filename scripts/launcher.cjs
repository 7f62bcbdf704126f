#!/usr/bin/env node
/**
 * What `dist/refang.cjs` is: asks the small `start.cjs` beside it, which knows when there is nothing to do, and otherwise
 * has it run the bundle.
 */

'use strict';

const { join } = require('node:path');
const { answer, runPrepared } = require(join(__dirname, 'start.cjs'));

if (!answer(process.argv.slice(2))) runPrepared(join(__dirname, 'main.cjs'));
