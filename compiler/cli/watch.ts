/** `refang build --watch`. */

import type { BuildOptions } from '../build.ts';
import { writeRecord } from '../build-record.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { summary } from '../diagnostics/order.ts';
import { visible } from '../diagnostics/visible.ts';
import { counted } from '../source/words.ts';
import { type WatchRound, watch } from '../watch.ts';
import { isLossy, toldOf } from './build-text.ts';
import { colorsFor, failureCode, printForPeople } from './report.ts';
import { programFiles } from './told.ts';

/** Builds until Ctrl-C. */
export async function watchAndTell(options: BuildOptions): Promise<number> {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  let told = '';
  await watch({
    ...options,
    program: programFiles(),
    signal: stop.signal,
    onReady: (files) => process.stderr.write(`watching ${counted(files, 'file')}; Ctrl-C ends\n`),
    onRound: async (round) => {
      const shown = round.report.session.diagnostics.filter(({ severity }) => severity !== 'hint');
      const now = keyOf(shown);
      const { report } = round;
      const failed = failureCode(report.session) !== undefined || report.shrunk;
      // What was told and is still so needs no telling, unless it is why nothing was built.
      if (failed || now !== told) await printForPeople(shown);
      told = now;
      const outcome = failed ? 'not built' : options.strict && isLossy(report) ? 'lossy' : 'built';
      process.stderr.write(stamp(round, outcome, shown));
      await keepRecord(round, options);
    },
  });
  return 0;
}

/** For the next round, and for a build when the watch has ended. */
async function keepRecord({ report }: WatchRound, options: BuildOptions): Promise<void> {
  const { record, session } = report;
  if (record && session.project)
    writeRecord(session.project.root, { ...record, told: await toldOf(report, options) });
}

/** `lossy`: written, as any `build --strict` does that fails. */
type Outcome = 'built' | 'lossy' | 'not built';

/** One line a build. */
function stamp(
  { report, changed, milliseconds }: WatchRound,
  outcome: Outcome,
  shown: readonly Diagnostic[],
): string {
  const { bold, dim, green, red } = colorsFor('stderr');
  const why = changed.length === 0 ? '' : dim(` (${visible(named(changed))})`);
  if (outcome === 'not built')
    return `${red('not built')}: ${summary(shown)}; ${bold(visible(report.out))} is as it was${why}\n`;
  const what = `${counted(report.indicators, 'indicator')}, ${counted(report.files.length, 'file')}`;
  const built = `${bold(visible(report.out))}: ${what} in ${Math.round(milliseconds)} ms`;
  return outcome === 'lossy'
    ? `${red('built with losses')} ${built}; \`--strict\` fails it${why}\n`
    : `${green('built')} ${built}${why}\n`;
}

function named(changed: readonly string[]): string {
  const [first = '', second, ...more] = changed;
  if (second === undefined) return first;
  return more.length === 0 ? `${first}, ${second}` : `${first} and ${more.length + 1} more`;
}

function keyOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ code, message, span }) => `${code} ${span?.file.path} ${message}`).join('\n');
}
