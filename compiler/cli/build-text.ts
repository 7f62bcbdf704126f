/** What people are told of a build. */

import type { BuildOptions, BuildReport } from '../build.ts';
import type { Told } from '../build-record.ts';
import { countLosses, FATES } from '../plan/fate.ts';
import { counted, grouped } from '../source/words.ts';
import { coloring } from './colors.ts';
import { failureCode, prettyText } from './report.ts';
import { table } from './table.ts';

/** Always with colours: whoever prints it takes them out where they are not wanted. */
const COLORS = coloring(true);

/** Findings, then the table of fates, or why nothing was written. */
export async function toldOf(report: BuildReport, { check, strict }: BuildOptions): Promise<Told> {
  const failed = failureCode(report.session);
  const { diagnostics } = report.session;
  // Hints to single values are for `check`.
  const notable = diagnostics.filter(({ severity, span }) => severity !== 'hint' || span === undefined);
  const shown = failed === undefined ? notable : diagnostics;
  const findings = await prettyText(shown, COLORS);
  if (failed !== undefined) return { text: findings, code: failed };
  const text = shown.length > 0 ? [...findings, '\n'] : [];
  if (report.shrunk) return { text: [...text, 'nothing was written\n'], code: 1 };
  const lost = strict && isLossy(report) ? 1 : 0;
  if (check) return { text: [...text, staleText(report)], code: report.stale.length > 0 ? 1 : lost };
  const lock = report.unlocked ? 'ids derived without a lock: the input is not that of a project\n' : '';
  return { text: [...text, fateTable(report) + lock], code: lost };
}

/** Whether `--strict` fails the build: a target loses something, or a line of a feed was not read. */
export function isLossy({ fates, session }: BuildReport): boolean {
  return (session.lostLines ?? 0) > 0 || [...fates.values()].some((counts) => countLosses(counts) > 0);
}

/** What is stale, by path; empty where nothing is. */
export function staleText({ out, stale }: Pick<BuildReport, 'out' | 'stale'>): string {
  if (stale.length === 0) return '';
  const lines = stale.map((path) => `  ${path}\n`).join('');
  return `\`${out}\` is not what a build would write:\n${lines}  help: run \`refang build\` and commit what it writes\n`;
}

/** Target by fate. */
function fateTable({ out, indicators, fates, files }: BuildReport): string {
  const { bold, dim } = COLORS;
  const rows = [...fates].map(([name, counts]) => [
    name,
    ...FATES.map((fate) => (counts[fate] === 0 ? dim('-') : grouped(counts[fate]))),
    grouped(files.filter((file) => file.target === name).length),
  ]);
  const head = [counted(indicators, 'indicator'), ...FATES, 'files'].map((cell) => bold(cell));
  const text = table([head, ...rows], ['left', ...FATES.map(() => 'right' as const), 'right']);
  return `${text}${dim(`wrote ${out}`)}\n`;
}
