/** `refang prove`. */

import { visible } from '../diagnostics/visible.ts';
import { ENGINE_NAMES, type EngineName } from '../prove/engine.ts';
import { junitOf } from '../prove/junit.ts';
import { type ProveReport, prove } from '../prove/prove.ts';
import { isFaulty, type ProofSummary, type Share, summarize, type ToldFailure } from '../prove/summary.ts';
import { enumerated, grouped, nearest } from '../source/words.ts';
import { staleText } from './build-text.ts';
import { type ProgressLine, withProgress } from './progress-line.ts';
import { colorsFor, failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { paragraph, table, widthOf } from './table.ts';
import { readArguments, readChoice, readDay, UsageError, type Verb } from './verb.ts';

/** A list in the column of explanations, which ends where terminals do. */
function listed(text: string): string {
  return paragraph(text, 60).replace(/^/gm, ' '.repeat(20)).trimEnd().concat('\n');
}

const USAGE = `refang prove [FILE…]: show every engine what the rules of a build must match and must not, and tell.

  --out DIR         the folder to prove (default: \`out\` of refang.yaml, or out)
  --target A,B      only these targets
  --require A,B     exit 1 when one of these engines is missing or has nothing to judge:
${listed(ENGINE_NAMES.join(', '))}  --keep DIR        keep the engines' inputs and answers there, to reproduce a failure
  --format WORD     text (default), json or junit; the last two to stdout
  --as-of DATE      the day that decided validity when the folder was built (default: today, UTC)

Stand-ins in the same templates are shown for hashes and fingerprints: nothing can be made from its hash.
Sends nothing off the machine and resolves no name. Exits with 1 when something does not behave.
`;

const OPTIONS = {
  out: { type: 'string' },
  target: { type: 'string' },
  require: { type: 'string' },
  keep: { type: 'string' },
  format: { type: 'string' },
  'as-of': { type: 'string' },
} as const;

/** Failures printed for one target and engine; JSON and JUnit have all. */
const MOST_FAILURES = 20;

const HEAD = ['target', 'engine', 'rules', 'indicators', 'must match', 'must not'];

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('prove', args, OPTIONS);
    const format = readChoice('format', values.format, ['text', 'json', 'junit']);
    const asOf = readDay(values['as-of']);
    const required = readEngines(values.require);
    const report = await withProgress((line) =>
      prove({
        files: positionals,
        precompiled: precompiledTemplates(),
        ...(line && { progress: line, proving: (_, engine, done) => tellEngine(line, engine, done) }),
        ...(values.out !== undefined && { out: values.out }),
        ...(values.keep !== undefined && { keep: values.keep }),
        ...(values.target !== undefined && { targets: values.target.split(',') }),
        ...(asOf && { asOf }),
      }),
    );
    const code = failureCode(report.session);
    if (code !== undefined) {
      await printForPeople(report.session.diagnostics);
      return code;
    }
    if (report.stale.length > 0) {
      process.stderr.write(staleText(report));
      return 1;
    }
    return tell(report, format, required, values.keep);
  },
};

function readEngines(value: string | undefined): EngineName[] {
  return (value?.split(',') ?? []).map((name) => {
    const found = ENGINE_NAMES.find((engine) => engine === name);
    if (found) return found;
    const meant = nearest(name, ENGINE_NAMES);
    throw new UsageError(
      `there is no engine \`${name}\``,
      meant ? `did you mean \`${meant}\`?` : `the engines are ${enumerated(ENGINE_NAMES)}`,
    );
  });
}

/** What is running: an engine once for each target. */
const running: EngineName[] = [];

/** The engines that run. */
function tellEngine(line: ProgressLine, engine: EngineName, done: boolean): void {
  if (done) running.splice(running.indexOf(engine), 1);
  else running.push(engine);
  line.phase(running.length > 0 ? `proving with ${[...new Set(running)].join(', ')}` : 'judging');
}

function tell(
  report: ProveReport,
  format: 'text' | 'json' | 'junit',
  required: readonly EngineName[],
  keep: string | undefined,
): number {
  const set = report.session.collection?.indicators;
  if (!set) throw new Error('a session that did not fail has indicators');
  const summaries = report.proofs.map((proof) => summarize(proof, set));
  if (format === 'json')
    process.stdout.write(
      `${JSON.stringify({ proofs: summaries, unjudged: report.unjudged }, undefined, 2)}\n`,
    );
  else if (format === 'junit') process.stdout.write(junitOf(summaries));
  else process.stdout.write(textOf(summaries, report.unjudged, keep));
  const unused = required.flatMap((name) => whyUnused(report, name));
  for (const line of unused) process.stderr.write(`refang: ${line}\n`);
  return unused.length > 0 || summaries.some(isFaulty) ? 1 : 0;
}

/** Why a required engine judged nothing; nothing where it did. */
function whyUnused({ proofs }: ProveReport, name: EngineName): string[] {
  const own = proofs.filter(({ engine }) => engine === name);
  if (own.length === 0) return [`the engine \`${name}\` is required, and no target here is judged by it`];
  const { found } = own[0] as (typeof own)[number];
  return found.available
    ? []
    : [`the engine \`${name}\` is required and missing: ${found.why}\n  help: ${found.install}`];
}

function textOf(
  summaries: readonly ProofSummary[],
  unjudged: readonly string[],
  keep: string | undefined,
): string {
  const { bold, dim } = colorsFor('stdout');
  const rows = summaries.map((summary) => [
    summary.target,
    `${summary.title} ${summary.version ?? dim('not checked')}`,
    ...(summary.version === undefined || summary.loadsOnly
      ? ['-', summary.loadsOnly ? 'loads' : '-', '-', '-'].map((cell) => (cell === '-' ? dim(cell) : cell))
      : [
          grouped(summary.rules),
          share(summary.indicators),
          share(summary.witnesses),
          share(summary.nearMisses),
        ]),
  ]);
  const text = table(
    [HEAD.map((cell) => bold(cell)), ...rows],
    ['left', 'left', 'right', 'right', 'right', 'right'],
  );
  return [text, ...summaries.map((summary) => faults(summary, keep)), notes(summaries, unjudged)]
    .filter((part) => part !== '')
    .join('\n');
}

function share({ ok, of }: Share): string {
  const { red } = colorsFor('stdout');
  const text = `${grouped(ok)} of ${grouped(of)}`;
  return ok === of ? text : red(text);
}

/** What failed, indicator by indicator, and how to see it again. */
function faults(summary: ProofSummary, keep: string | undefined): string {
  if (!isFaulty(summary)) return '';
  const { bold } = colorsFor('stdout');
  const { target, title, version, problems, failures, commands } = summary;
  const lines = [...problems, ...failures.slice(0, MOST_FAILURES).flatMap(underItsValue)];
  const more = failures.length - MOST_FAILURES;
  if (more > 0) lines.push(`and ${grouped(more)} more: see \`--format json\``);
  if (keep !== undefined) lines.push(...commands.map((command) => `run it again: ${command}`));
  else if (failures.length > 0)
    lines.push(
      `to run it again by hand: \`refang prove --target ${target} --keep DIR\` keeps what was shown`,
    );
  return `${bold(`${target}, ${title} ${version}`)}\n${lines.map((line) => `  ${visible(line)}\n`).join('')}`;
}

/** A failure, below its value where that is another one than before. */
function underItsValue({ value, message }: ToldFailure, at: number, all: readonly ToldFailure[]): string[] {
  return [...(all[at - 1]?.value === value ? [] : [value]), `  ${message}`];
}

/** What was not checked, and what was proven by stand-ins. */
function notes(summaries: readonly ProofSummary[], unjudged: readonly string[]): string {
  const rows = summaries.flatMap(notesOf);
  if (unjudged.length > 0)
    rows.push([
      'no engine',
      unjudged.length === 1 ? '1 target' : `${unjudged.length} targets`,
      `${unjudged.join(', ')}: see \`refang targets NAME\``,
    ]);
  if (rows.length === 0) return '';
  const lines = rows.map(([by, ...rest]) => [`  ${by}`, ...rest]);
  const { bold } = colorsFor('stdout');
  return `${bold('Not checked, or checked otherwise')}\n${table(lines, ['left', 'left', 'left'], widthOf(process.stdout))}`;
}

function notesOf({ target, engine, notChecked, standIns, converted }: ProofSummary): string[][] {
  const by = target === engine ? target : `${target}, ${engine}`;
  const rows = notChecked.map(({ what, why }) => [by, visible(what), visible(why)]);
  if (standIns > 0) rows.push([by, `${standIns} × stand-in`, 'in place of hashes and fingerprints']);
  if (converted.length > 0) {
    const products = enumerated(converted).replaceAll('`', '');
    rows.push([by, 'all rules', `converted without an error to ${products}`]);
  }
  return rows;
}
