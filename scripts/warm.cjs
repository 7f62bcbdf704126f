/**
 * Runs the command line of `dist/` once and keeps the machine code that V8 made of its files: `node warm.cjs DIST ARGUMENTS…`. What ran
 * with code that was made before has it still, so that several runs add up.
 */

'use strict';

const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vm = require('node:vm');

/** By file, what was compiled. @type {Map<string, vm.Script>} */
const scripts = new Map();

vm.Script = class extends vm.Script {
  /** @param {string} source @param {vm.ScriptOptions & { filename: string }} options */
  constructor(source, options) {
    super(source, options);
    scripts.set(options.filename, this);
  }
};

const [node, , dist, ...args] = /** @type {[string, string, string]} */ (process.argv);
process.argv = [node, join(dist, 'refang.cjs'), ...args];
process.on('exit', () => {
  for (const [file, script] of scripts)
    writeFileSync(file.replace(/cjs$/, 'code'), script.createCachedData());
});
require(join(dist, 'refang.cjs'));
