/**
 * `npm run bench`: what a command costs beside bare Node, as CPU milliseconds and ratios measured in one run. Commands
 * take turns, so that what else the machine does falls on all of them alike; medians are told.
 */

import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** A project of 10,000 indicators: names and addresses. @param {string} folder */
function writeLarge(folder) {
  const names = Array.from({ length: 6000 }, (_, at) => `      host${at}.zone${at % 97}.net\n`);
  const addresses = Array.from({ length: 4000 }, (_, at) => `      45.${10 + (at >> 8)}.${at & 255}.7\n`);
  const head =
    'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\nindicators:\n';
  mkdirSync(folder);
  writeFileSync(join(folder, 'refang.yaml'), 'publisher: {id: bench}\n');
  writeFileSync(
    join(folder, 'indicators.yaml'),
    `${head}  - domain: |\n${names.join('')}    ip: |\n${addresses.join('')}`,
  );
}

/** What `build --watch` tells of each build after a save, in milliseconds. @param {number} saves */
async function rebuilds(saves) {
  const folder = join(out, 'large');
  writeLarge(folder);
  const child = spawn(process.execPath, [REFANG, 'build', '--watch'], { cwd: folder });
  /** @type {number[]} */
  const times = [];
  let text = '';
  try {
    for await (const chunk of child.stderr) {
      text += chunk;
      const lines = [...text.matchAll(/^built .* in (\d+) ms/gm)];
      if (!text.includes('Ctrl-C') || lines.length <= times.length) continue;
      times.splice(0, times.length, ...lines.map(([, time]) => Number(time)));
      if (times.length > saves) break;
      appendFileSync(join(folder, 'indicators.yaml'), `  - domain: new${times.length}.example.net\n`);
    }
  } finally {
    child.kill();
  }
  return times;
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
  const [first = 0, ...others] = await rebuilds(ROUNDS);
  console.log(
    `\nbuild --watch, 10,000 indicators, five families, wall ms: first ${first}, after a save ${median(others)} (best ${Math.min(...others)})`,
  );
} finally {
  rmSync(out, { recursive: true, force: true });
}
