/**
 * What `dist/start.cjs` is, bundled by itself and run by `dist/refang.cjs`: answers what needs nothing to be loaded,
 * and otherwise runs the bundle of the rest.
 */

import { join } from 'node:path';
import { upToDate } from '../up-to-date.ts';
import { VERSION } from '../version.ts';
import { readBuildOptions } from './build-options.ts';
import { runPrepared } from './prepared.ts';
import { print } from './print.ts';
import { printTold, programFiles } from './told.ts';
import { UsageError } from './verb.ts';

/** Whether all was said: the version, or a build that has nothing to do. */
function answer([name, ...args]: readonly string[]): boolean {
  if (name === '--version' || name === '-V') print('stdout', `refang ${VERSION}\n`);
  else if (name !== 'build' || !answerBuild(args)) return false;
  return true;
}

function answerBuild(args: readonly string[]): boolean {
  if (args.includes('--help') || args.includes('-h')) return false;
  try {
    const { options, watch, given } = readBuildOptions(args);
    const told = watch || given.shard !== undefined ? undefined : upToDate(options, programFiles());
    if (told) process.exitCode = printTold(told);
    return told !== undefined;
  } catch (error) {
    // Whoever comes next tells it.
    if (error instanceof UsageError) return false;
    throw error;
  }
}

if (!answer(process.argv.slice(2))) runPrepared(join(import.meta.dirname, 'main.cjs'));
