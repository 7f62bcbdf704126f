/** The command line: finds the verb, loads it, and turns what it says into an exit code. */

import { VERSION } from '../version.ts';
import { USAGE } from './usage.ts';
import type { Verb } from './verb.ts';
import { UsageError } from './verb.ts';

/** A verb is loaded when it is called, with all that only it needs. */
const VERBS: Readonly<Record<string, () => Promise<{ verb: Verb }>>> = {
  build: () => import('./build.ts'),
  check: () => import('./check.ts'),
  diff: () => import('./diff.ts'),
  explain: () => import('./explain.ts'),
  fmt: () => import('./fmt.ts'),
  init: () => import('./init.ts'),
  prove: () => import('./prove.ts'),
  schema: () => import('./schema.ts'),
  targets: () => import('./targets.ts'),
  verify: () => import('./verify.ts'),
};

/** Of its own, since 1 means findings: a pipeline must not take a crash for them. `EX_SOFTWARE` of sysexits.h. */
const FAULT = 70;

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-V') {
    process.stdout.write(`refang ${VERSION}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process[name === undefined ? 'stderr' : 'stdout'].write(USAGE);
    return name === undefined ? 3 : 0;
  }
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!load) throw new UsageError(`\`${name}\` is not a command`, await verbHelp(name));
  const { verb } = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(verb.usage);
    return 0;
  }
  return verb.run(rest);
}

async function verbHelp(name: string): Promise<string> {
  const { nearest } = await import('../source/words.ts');
  const meant = nearest(name, Object.keys(VERBS));
  return meant ? `did you mean \`refang ${meant}\`?` : 'see `refang --help`';
}

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`refang: ${error.message}\n  help: ${error.help}\n`);
      process.exitCode = 3;
      return;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(
      `refang: this is a fault of Refang itself, not of your files; please report it\n${what}\n`,
    );
    process.exitCode = FAULT;
  },
);
