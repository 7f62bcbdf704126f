/**
 * `npm run bench`: what a command costs beside bare Node, as CPU milliseconds and ratios measured in one run. Commands
 * take turns, so that what else the machine does falls on all of them alike; medians are told.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './typescript.mjs';

const ROUNDS = Number(process.argv[2] ?? 15);
const out = mkdtempSync(join(tmpdir(), 'refang-bench-'));
const REFANG = join(ROOT, 'dist/refang.cjs');

/** @type {readonly { name: string; args: readonly string[]; most?: number }[]} `most`: milliseconds above bare Node */
const COMMANDS = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'refang --version', args: [REFANG, '--version'], most: 20 },
  { name: 'refang check', args: [REFANG, 'check'] },
  {
    name: 'refang build, five families',
    args: [REFANG, 'build', '--out', join(out, 'five'), '--target', 'nftables,sigma,suricata,yara,zeek'],
    most: 120,
  },
  { name: 'refang build, every target', args: [REFANG, 'build', '--out', join(out, 'build')], most: 1000 },
  { name: 'refang explain', args: [REFANG, 'explain', 'docx.1ds.me'] },
];

/** CPU milliseconds, user and system, of one run. @param {readonly string[]} args */
function cpu(args) {
  // The shell's own `times` is the one clock of a child's CPU that Node does not hide.
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bench', process.execPath, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} exits with ${status}`);
  const children = stdout.trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

try {
  const samples = COMMANDS.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [at, { args }] of COMMANDS.entries()) samples[at]?.push(cpu(args));
  const medians = samples.map(median);
  const bare = medians[0] ?? 0;
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, median of ${ROUNDS} rounds, CPU ms\n`,
  );
  COMMANDS.forEach(({ name, most }, at) => {
    const own = medians[at] ?? 0;
    const limit = most === undefined ? '' : `   (at most ${most})`;
    console.log(
      `${name.padEnd(27)} ${own.toFixed(0).padStart(5)}   above bare Node ${(own - bare).toFixed(0).padStart(4)}   × ${(own / bare).toFixed(2)}${limit}`,
    );
  });
} finally {
  rmSync(out, { recursive: true, force: true });
}
