/**
 * Loaded before the command line: kills the process at its KILL_AT-th change of the file system, counted from one. With
 * KILL_HALF=1 only writing and removing count, and the last is half made: half of a text is written, one file of a folder is gone.
 */

const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const { join } = require('node:path');

const CHANGES = [
  'writeFileSync',
  'mkdirSync',
  'renameSync',
  'linkSync',
  'symlinkSync',
  'chmodSync',
  'rmSync',
  'rmdirSync',
  'unlinkSync',
  'fsyncSync',
];
/** @type {Record<string, (real: Function, words: any[]) => void>} */
const HALVES = {
  writeFileSync: (real, [path, data, options]) => real(path, data.slice(0, data.length / 2), options),
  rmSync: (real, [path]) => {
    const found = fs.existsSync(path) ? fs.readdirSync(path, { recursive: true, withFileTypes: true }) : [];
    const file = found.find((entry) => entry.isFile());
    if (file) real(join(file.parentPath, file.name));
  },
};

/** @type {Record<string, any>} */
const patched = fs;
const onlyHalves = process.env.KILL_HALF === '1';
let count = 0;
for (const name of CHANGES) {
  const real = patched[name];
  const half = HALVES[name];
  if (onlyHalves && !half) continue;
  patched[name] = (/** @type {any[]} */ ...words) => {
    count += 1;
    if (count === Number(process.env.KILL_AT)) {
      if (onlyHalves) half?.(real, words);
      process.kill(process.pid, 'SIGKILL');
    }
    return real(...words);
  };
}
syncBuiltinESMExports();
