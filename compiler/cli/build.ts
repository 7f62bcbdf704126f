/** `refang build`. */

import { type BuildReport, build } from '../build.ts';
import { countLosses, FATES } from '../plan/fate.ts';
import { colorsFor, failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { table } from './table.ts';
import { readArguments, readDay, type Verb } from './verb.ts';

const USAGE = `refang build [FILE…]: compile the project's indicators, or FILEs, into a folder.

  --out DIR         the folder to write (default: \`out\` of refang.yaml, or out)
  --target A,B      only these targets; the files of others stay
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
  --check           write nothing; exit 1 when the folder is not what a build would write
  --strict          exit 1 when a target withholds, approximates or cannot say an indicator,
                    or a line of a feed is not read
`;

const OPTIONS = {
  out: { type: 'string' },
  target: { type: 'string' },
  'as-of': { type: 'string' },
  check: { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('build', args, OPTIONS);
    const asOf = readDay(values['as-of']);
    const report = await build({
      files: positionals,
      precompiled: precompiledTemplates(),
      ...(values.out !== undefined && { out: values.out }),
      ...(values.target !== undefined && { targets: values.target.split(',') }),
      ...(asOf && { asOf }),
      ...(values.check && { check: true }),
    });
    return tell(report, values.check === true, values.strict === true);
  },
};

async function tell(report: BuildReport, check: boolean, strict: boolean): Promise<number> {
  const code = failureCode(report.session);
  const { diagnostics } = report.session;
  const shown = code === undefined ? diagnostics.filter(({ severity }) => severity !== 'hint') : diagnostics;
  await printForPeople(shown);
  if (code !== undefined) return code;
  if (shown.length > 0) process.stderr.write('\n');
  if (check) return tellStale(report);
  process.stderr.write(fateTable(report));
  if (report.unlocked)
    process.stderr.write('ids derived without a lock: the input is not that of a project\n');
  const lossy = [...report.fates.values()].some((counts) => countLosses(counts) > 0);
  return strict && (lossy || (report.session.lostLines ?? 0) > 0) ? 1 : 0;
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
