/**
 * What a command costs: CPU seconds, user and system, of it and of all that it starts, and the most memory that one of
 * its processes held. Commands that are compared take turns, so that what else the machine does falls on all alike.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WORKPLACE } from './workplace.mjs';

/** Without certificates to trust beside Node's own: where a machine names some, each start of Node reads them all, for 40 ms. */
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env;

/** GNU time, which alone tells the memory of a process that ended. */
const TIME = '/usr/bin/time';

/**
 * A command that is measured.
 * @typedef {object} Command
 * @property {readonly string[]} command the program and its arguments
 * @property {string} [cwd]
 * @property {string} [stdout] a file for what it prints
 * @property {Readonly<Record<string, string>>} [env] beside the environment
 * @property {number} [seconds] when to stop it
 * @property {readonly number[]} [codes] the exit codes of success; 0 by default
 */

/** @typedef {{ cpu: number, memory: number | undefined }} Cost CPU in seconds; memory in megabytes of 10^6 bytes */

/**
 * One side of a comparison.
 * @typedef {Command & { name: string, before?: () => void, after?: () => void, mayFail?: boolean }} Side
 */

/** @typedef {{ name: string, rounds: number, cpu: number, memory: number | undefined, failed?: string }} Measured */

/** A command that did not end well. */
export class CommandFailed extends Error {}

/** Whether memory can be told here. */
export const tellsMemory = spawnSync(TIME, ['--version'], { encoding: 'utf8' }).status === 0;

/** Runs a command once. @param {Command} command @returns {Cost} */
export function measure({ command, cwd, stdout = '/dev/null', env = {}, seconds, codes = [0] }) {
  const folder = mkdtempSync(join(WORKPLACE, 'refang-cost-'));
  const [said, memory] = [join(folder, 'stderr'), join(folder, 'memory')];
  // The shell's `times` has milliseconds of CPU, where GNU time has hundredths of a second.
  const script = '"$@" >"$BENCH_STDOUT" 2>"$BENCH_STDERR"; code=$?; times; exit $code';
  const limited = seconds === undefined ? [] : ['timeout', String(seconds)];
  const timed = tellsMemory ? [TIME, '--quiet', '-f', '%M', '-o', memory] : [];
  try {
    const run = spawnSync('bash', ['-c', script, 'bench', ...limited, ...timed, ...command], {
      ...(cwd && { cwd }),
      encoding: 'utf8',
      env: { ...ENVIRONMENT, ...env, BENCH_STDOUT: stdout, BENCH_STDERR: said },
    });
    if (!codes.includes(run.status ?? -1)) {
      const why = run.status === 124 ? `is stopped after ${seconds} s` : `exits with ${run.status}`;
      const last = existsSync(said) ? readFileSync(said, 'utf8').trimEnd().slice(-1000) : '';
      throw new CommandFailed(`${command.slice(0, 3).join(' ')} ${why}\n${last}`.trimEnd());
    }
    return { cpu: childrenOf(run.stdout), memory: tellsMemory ? megabytesIn(memory) : undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU seconds in the second line that `times` prints: `0m1.234s 0m0.056s`. @param {string} times */
function childrenOf(times) {
  const parts = [...(times.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** @param {string} file what GNU time wrote: KiB */
function megabytesIn(file) {
  return (Number(readFileSync(file, 'utf8').trim().split('\n').at(-1)) * 1024) / 1e6;
}

/**
 * Runs the sides in turns, so many rounds, and answers with the medians. A side that may fail is not run again after it did.
 * @param {readonly Side[]} sides @param {number} rounds @returns {Measured[]}
 */
export function sideBySide(sides, rounds) {
  const costs = sides.map(() => /** @type {Cost[]} */ ([]));
  const failures = sides.map(() => /** @type {string | undefined} */ (undefined));
  for (let round = 0; round < rounds; round++) {
    for (const [at, side] of sides.entries()) {
      if (failures[at] !== undefined) continue;
      side.before?.();
      try {
        costs[at]?.push(measure(side));
      } catch (error) {
        if (!(side.mayFail && error instanceof CommandFailed)) throw error;
        failures[at] = error.message.split('\n')[0] ?? 'fails';
        continue;
      }
      side.after?.();
    }
  }
  return sides.map(({ name }, at) => {
    const own = costs[at] ?? [];
    const memory = own.flatMap((cost) => cost.memory ?? []);
    return {
      name,
      rounds: own.length,
      cpu: median(own.map(({ cpu }) => cpu)),
      memory: memory.length === 0 ? undefined : median(memory),
      ...(failures[at] !== undefined && { failed: failures[at] }),
    };
  });
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
