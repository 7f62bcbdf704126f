/**
 * `node scripts/bench-partitions.mjs 300000 4`: what a build of so many records costs as a whole and in so many parts, as CPU
 * seconds and peak memory of each process. The records are those of tests/bench/generate.mjs. Fails where a merge is not
 * the whole, byte for byte.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNdjson } from '../tests/bench/generate.mjs';
import { ROOT } from './typescript.mjs';

const [RECORDS = 300_000, PARTS = 4] = process.argv.slice(2).map(Number);
const TARGETS = ['csv', 'hosts', 'jsonl', 'lists', 'nftables', 'rpz', 'zeek'];
const REFANG = join(ROOT, 'dist/refang.cjs');

const folder = mkdtempSync(join(tmpdir(), 'refang-parts-'));
const used = join(folder, 'used.json');
const hook = join(folder, 'hook.cjs');

function writeProject() {
  writeNdjson(join(folder, 'feed.ndjson'), RECORDS);
  writeFileSync(
    join(folder, 'indicators.yaml'),
    'refang: 1\ndefaults: {tlp: clear}\nfeeds:\n  - {path: feed.ndjson, format: ndjson}\n',
  );
  const limits = `{addresses: ${Number.MAX_SAFE_INTEGER}}`;
  writeFileSync(join(folder, 'refang.yaml'), `targets: [${TARGETS.join(', ')}]\nlimits: ${limits}\n`);
  // The one place where a process can learn its own peak.
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.resourceUsage())));\n`,
  );
  mkdirSync(join(folder, 'parts'));
}

/** Runs a command and tells what it used. @param {string} name @param {readonly string[]} args */
function measure(name, args) {
  const run = spawnSync(process.execPath, ['--require', hook, REFANG, ...args], { cwd: folder });
  if (run.status !== 0) throw new Error(`${name} exits with ${run.status}: ${run.stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(used, 'utf8'));
  const seconds = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1);
  console.log(
    `${name.padEnd(12)} ${seconds.padStart(7)} s CPU  ${(maxRSS / 1024).toFixed(0).padStart(6)} MiB`,
  );
}

/** Path and SHA-256 of all files. @param {string} out */
function hashesBelow(out) {
  const entries = readdirSync(join(folder, out), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = (/** @type {string} */ path) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return paths.sort().map((path) => `${path.slice(join(folder, out).length)} ${hash(path)}`);
}

try {
  writeProject();
  const day = ['--as-of', '2026-10-01'];
  console.log(
    `${RECORDS} records, ${TARGETS.length} targets, Node ${process.version}, ${cpus()[0]?.model}\n`,
  );
  measure('whole', ['build', ...day, '--out', 'whole']);
  const parts = Array.from({ length: PARTS }, (_, at) => `parts/${at + 1}`);
  for (const [at, part] of parts.entries())
    measure(`part ${at + 1} of ${PARTS}`, ['build', ...day, '--shard', `${at + 1}/${PARTS}`, '--out', part]);
  measure('merge', ['merge', ...parts, '--out', 'merged']);
  const same = hashesBelow('whole').join('\n') === hashesBelow('merged').join('\n');
  console.log(same ? '\nthe same, byte for byte' : '\nNOT the same');
  process.exitCode = same ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
