/** What all comparisons of one run share: sizes, rounds, the folder they work in, the projects in it. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const REFANG = join(ROOT, 'dist/refang.cjs');
/** The day of all builds. */
const AS_OF = '2026-10-01';
/** By how much a quick run is smaller, and how small at least. */
const QUICK = 2000;
const SMALLEST = 200;
/** The one setting a comparison must never depend on: nothing is withheld for its size. */
const NO_BUDGETS = `limits: {blast_radius: ${Number.MAX_SAFE_INTEGER}, addresses: ${Number.MAX_SAFE_INTEGER}}`;
const GUARDS = ['special-use', 'public-resolver', 'well-known', 'blast-radius', 'public-suffix', 'bare-tld'];
/** For a feed whose values must all come through: the guards look, and are overruled. */
export const ACCEPT_ALL = `[${GUARDS.map((guard) => `{guard: ${guard}, reason: made up, owner: bench}`).join(', ')}]`;

/** @typedef {{ quick: boolean, peers: boolean, naiveMillion: boolean, rounds: number | undefined, work: string }} Options */

export class Bench {
  /** @param {Options} options */
  constructor({ quick, peers, naiveMillion, rounds, work }) {
    /** Everything small: shows that the comparisons work and their sides agree, and measures nothing. */
    this.quick = quick;
    /** Whether programs of others may be fetched from npm. */
    this.peers = peers;
    /** Whether the naive reference gets a million records, for which it needs many gigabytes. */
    this.naiveMillion = naiveMillion;
    /** @readonly */
    this.work = work;
    this.fixedRounds = rounds;
  }

  /** How many of something. @param {number} count */
  size(count) {
    return this.quick ? Math.max(SMALLEST, count / QUICK) : count;
  }

  /** How many rounds to run with so many records. @param {number} count */
  rounds(count) {
    if (this.quick) return 1;
    if (this.fixedRounds !== undefined) return this.fixedRounds;
    if (count >= 5_000_000) return 1;
    if (count >= 1_000_000) return 3;
    return count >= 100_000 ? 5 : 15;
  }

  /**
   * A new project with one source of indicators.
   * @param {string} name @param {readonly string[]} targets
   * @param {string} source what stands in indicators.yaml after `refang: 1`
   */
  project(name, targets, source) {
    return new Project(join(this.work, name), targets, source);
  }

  /** A new folder. @param {string} name */
  folder(name) {
    const path = join(this.work, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
}

/** A project that is built again and again. */
export class Project {
  /** @param {string} folder @param {readonly string[]} targets @param {string} source */
  constructor(folder, targets, source) {
    this.folder = folder;
    this.out = join(folder, 'out');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'refang.yaml'),
      `publisher: {name: Bench, id: bench, prefix: BENCH}\n${NO_BUDGETS}\ntargets: [${targets.join(', ')}]\n`,
    );
    writeFileSync(join(folder, 'indicators.yaml'), `refang: 1\n${source}\n`);
    this.inputs = new Set(readdirSync(folder));
  }

  /** The absolute path of a file of the project. @param {string} name */
  at(name) {
    return join(this.folder, name);
  }

  /** A file that is given to the project and outlives builds. @param {string} name */
  input(name) {
    this.inputs.add(name);
    return this.at(name);
  }

  /** Takes away all that a build left: what is measured is a first build. */
  clean() {
    for (const name of readdirSync(this.folder))
      if (!this.inputs.has(name)) rmSync(this.at(name), { recursive: true, force: true });
  }

  /** A first build, measured. @param {string} name @param {readonly string[]} [words] @returns {import('./measure.mjs').Side} */
  side(name, words = []) {
    return { name, command: this.build(words), cwd: this.folder, before: () => this.clean() };
  }

  /** @param {readonly string[]} [words] */
  build(words = []) {
    return [process.execPath, REFANG, 'build', '--as-of', AS_OF, ...words];
  }

  /** Builds without measuring. */
  make() {
    this.clean();
    const [program = '', ...words] = this.build();
    const run = spawnSync(program, words, { cwd: this.folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.status !== 0)
      throw new Error(`refang build exits with ${run.status}: ${run.stderr.slice(-1000)}`);
  }
}

/** All files below a folder, sorted, relative to it. @param {string} folder */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Megabytes below a folder. @param {string} folder */
export function megabytes(folder) {
  return filesBelow(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6;
}

/** SHA-256 of a file of any size. @param {string} path */
export function digestOf(path) {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(1 << 20);
  for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
    hash.update(buffer.subarray(0, read));
  closeSync(file);
  return hash.digest('hex');
}

/** One digest of all files below a folder, but not of those named. @param {string} folder @param {readonly string[]} [without] */
export function digestBelow(folder, without = []) {
  const hash = createHash('sha256');
  for (const name of filesBelow(folder))
    if (!without.includes(name)) hash.update(`${name}\0${digestOf(join(folder, name))}\n`);
  return hash.digest('hex');
}

/** Throws where two files differ. @param {string} ours @param {string} theirs */
export function mustEqual(ours, theirs) {
  if (digestOf(ours) !== digestOf(theirs)) throw new Error(`${ours} and ${theirs} differ`);
}

/** Sorts the lines of a file by their bytes into another. @param {string} from @param {string} to */
export function sortLines(from, to) {
  const { status } = spawnSync('sort', ['-o', to, from], { env: { ...process.env, LC_ALL: 'C' } });
  if (status !== 0) throw new Error(`sort exits with ${status}`);
}

/** Throws unless a folder holds the same bytes after each run. @param {string} folder @returns {{ check: () => void }} */
export function alwaysTheSame(folder) {
  /** @type {string | undefined} */
  let first;
  return {
    check() {
      const now = digestBelow(folder);
      first ??= now;
      if (now !== first) throw new Error(`${folder} differs between two builds of the same input`);
    },
  };
}
