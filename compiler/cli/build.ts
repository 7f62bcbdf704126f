/** `refang build`. `start.ts` has answered one with nothing to do before this is loaded. */

import { build } from '../build.ts';
import { writeRecord } from '../build-record.ts';
import { readBuildOptions } from './build-options.ts';
import { toldOf } from './build-text.ts';
import { type ProgressLine, withProgress } from './progress-line.ts';
import { precompiledTemplates } from './report.ts';
import { printTold, programFiles } from './told.ts';
import { UsageError, type Verb } from './verb.ts';

const USAGE = `refang build [FILE…]: compile the project's indicators, or FILEs, into a folder.

  --out DIR         the folder to write (default: \`out\` of refang.yaml, or out)
  --target A,B      only these targets; the files of others stay
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
  --check           write nothing; exit 1 when the folder is not what a build would write
  --watch           build again whenever an input, a feed, a list, a setting or a template changes
  --shard I/N       write part I of N of the project into \`--out\`, for \`refang merge\` (docs/scale.md)
  --strict          tell what a target withholds, approximates or cannot say, and exit 1 for that
                    or for a line of a feed that is not read; the output is written all the same
  --allow-shrink    write also where a target loses more than \`limits.shrink\` of refang.yaml, or all
  --provenance      also write where the files come from, as provenance.json
  --sign KEYFILE    the same, signed, as provenance.dsse.json; KEYFILE is a private key in PEM
`;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { options: asked, watch, given } = readBuildOptions(args);
    if (given.shard !== undefined)
      return (await import('./shard.ts')).buildShardAndTell(given, asked.files ?? []);
    const options = { ...asked, precompiled: precompiledTemplates() };
    if (watch) {
      if (options.check)
        throw new UsageError('`--watch` writes, and `--check` does not', 'give one of the two');
      return (await import('./watch.ts')).watchAndTell(options);
    }
    const report = await withProgress((line) =>
      build({
        ...options,
        program: programFiles(),
        ownsProcess: true,
        ...(line && { progress: line, patience: { told: (holder) => tellWait(holder, line) } }),
      }),
    );
    const told = await toldOf(report, options);
    const { project } = report.session;
    if (report.record && project) writeRecord(project.root, { ...report.record, told });
    return printTold(told);
  },
};

/** On a terminal only: a pipeline is told when the wait was in vain. */
export function tellWait(holder: string, line?: ProgressLine): void {
  line?.clear();
  process.stderr.write(`waiting for another build (${holder})\n`);
}
