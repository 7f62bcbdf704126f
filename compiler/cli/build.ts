/** `refang build`. */

import { type BuildOptions, type BuildReport, build } from '../build.ts';
import { countLosses, FATES } from '../plan/fate.ts';
import { colorsFor, failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { table } from './table.ts';
import { readArguments, readDay, UsageError, type Verb } from './verb.ts';

const USAGE = `refang build [FILE…]: compile the project's indicators, or FILEs, into a folder.

  --out DIR         the folder to write (default: \`out\` of refang.yaml, or out)
  --target A,B      only these targets; the files of others stay
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
  --check           write nothing; exit 1 when the folder is not what a build would write
  --watch           build again whenever an input, a feed, a list, a setting or a template changes
  --shard I/N       write part I of N of the project into \`--out\`, for \`refang merge\` (docs/scale.md)
  --strict          tell what a target withholds, approximates or cannot say, and exit 1 for that
                    or for a line of a feed that is not read
  --allow-shrink    write also where a target loses more than \`limits.shrink\` of refang.yaml, or all
  --provenance      also write where the files come from, as provenance.json
  --sign KEYFILE    the same, signed, as provenance.dsse.json; KEYFILE is a private key in PEM
`;

const OPTIONS = {
  out: { type: 'string' },
  target: { type: 'string' },
  'as-of': { type: 'string' },
  check: { type: 'boolean' },
  provenance: { type: 'boolean' },
  sign: { type: 'string' },
  strict: { type: 'boolean' },
  'allow-shrink': { type: 'boolean' },
  watch: { type: 'boolean' },
  shard: { type: 'string' },
} as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('build', args, OPTIONS);
    if (values.shard !== undefined)
      return (await import('./shard.ts')).buildShardAndTell(values, positionals);
    const asOf = readDay(values['as-of']);
    const options: BuildOptions = {
      files: positionals,
      precompiled: precompiledTemplates(),
      ...(values.out !== undefined && { out: values.out }),
      ...(values.target !== undefined && { targets: values.target.split(',') }),
      ...(asOf && { asOf }),
      ...(values.check && { check: true }),
      ...(values.strict && { strict: true }),
      ...(values['allow-shrink'] && { allowShrink: true }),
      ...(values.provenance && { provenance: true }),
      ...(values.sign !== undefined && { sign: values.sign }),
      patience: process.stderr.isTTY ? { told: tellWait } : {},
    };
    if (values.watch) {
      if (values.check)
        throw new UsageError('`--watch` writes, and `--check` does not', 'give one of the two');
      return (await import('./watch.ts')).watchAndTell(options);
    }
    const report = await build(options);
    return tell(report, values.check === true, values.strict === true);
  },
};

/** On a terminal only: a pipeline is told when the wait was in vain. */
export function tellWait(holder: string): void {
  process.stderr.write(`waiting for another build (${holder})\n`);
}

/** Tells what a build came to; the exit code. */
export async function tell(report: BuildReport, check: boolean, strict: boolean): Promise<number> {
  const code = failureCode(report.session);
  const { diagnostics } = report.session;
  // Hints to single values are for `check`.
  const told = diagnostics.filter(({ severity, span }) => severity !== 'hint' || span === undefined);
  const shown = code === undefined ? told : diagnostics;
  await printForPeople(shown);
  if (code !== undefined) return code;
  if (shown.length > 0) process.stderr.write('\n');
  if (report.shrunk) {
    process.stderr.write('nothing was written\n');
    return 1;
  }
  const lossy = [...report.fates.values()].some((counts) => countLosses(counts) > 0);
  const lost = strict && (lossy || (report.session.lostLines ?? 0) > 0) ? 1 : 0;
  if (check) return Math.max(tellStale(report), lost);
  process.stderr.write(fateTable(report));
  if (report.unlocked)
    process.stderr.write('ids derived without a lock: the input is not that of a project\n');
  return lost;
}

/** Tells what is stale, and exits with 1 when anything is. */
export function tellStale({ out, stale }: Pick<BuildReport, 'out' | 'stale'>): number {
  if (stale.length === 0) return 0;
  const lines = stale.map((path) => `  ${path}\n`).join('');
  process.stderr.write(
    `\`${out}\` is not what a build would write:\n${lines}  help: run \`refang build\` and commit what it writes\n`,
  );
  return 1;
}

/** Target by fate. */
function fateTable({ out, indicators, fates, files }: BuildReport): string {
  const { bold, dim } = colorsFor(process.stderr);
  const rows = [...fates].map(([name, counts]) => [
    name,
    ...FATES.map((fate) => (counts[fate] === 0 ? dim('-') : String(counts[fate]))),
    String(files.filter((file) => file.target === name).length),
  ]);
  const head = [`${indicators} indicators`, ...FATES, 'files'].map((cell) => bold(cell));
  const text = table([head, ...rows], ['left', ...FATES.map(() => 'right' as const), 'right']);
  return `${text}${dim(`wrote ${out}`)}\n`;
}
