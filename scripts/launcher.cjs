#!/usr/bin/env node
/**
 * What `dist/refang.cjs` is: asks the small `start.cjs` beside it, which knows when there is nothing to do, and otherwise
 * starts the bundle with the machine code that V8 made of it when it was prepared.
 * V8 refuses code of another version and compiles as usual, so it can only save time: about a third of what a build of the
 * report takes. docs/decisions.md has the figures.
 */

'use strict';

const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'main.cjs');

function codeMadeBefore() {
  try {
    return readFileSync(join(__dirname, 'main.code'));
  } catch {
    return undefined;
  }
}

function run() {
  // A function of a module's variables, in ASCII alone: V8 takes the bytes as they are.
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData: codeMadeBefore() });
  const bundle = { exports: {} };
  script.runInThisContext()(bundle.exports, createRequire(file), bundle, file, __dirname);
  return script;
}

const { answer } = createRequire(file)('./start.cjs');
const script = answer(process.argv.slice(2)) ? undefined : run();

/** For `prepare`, which asks for the code after a run: functions that never ran are not in it. */
module.exports = () => script?.createCachedData();
