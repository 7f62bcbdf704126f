/** Runs the command line of `dist/` once and keeps the machine code that V8 made of it: `node warm.cjs DIST ARGUMENTS…`. */

'use strict';

const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const [node, , dist, ...args] = /** @type {[string, string, string]} */ (process.argv);
process.argv = [node, join(dist, 'refang.cjs'), ...args];
const codeOf = require(join(dist, 'refang.cjs'));
process.on('exit', () => writeFileSync(join(dist, 'main.code'), codeOf()));
