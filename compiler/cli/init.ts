/** `refang init`. */

import { join } from 'node:path';
import { visible } from '../diagnostics/visible.ts';
import { CI_NAMES, type InitReport, init } from '../init.ts';
import { printForPeople } from './report.ts';
import { table } from './table.ts';
import { readArguments, readChoice, UsageError, type Verb } from './verb.ts';

const USAGE = `refang init [DIR]: start a project in DIR, or here. Files that are there stay as they are.

  --ci WORD         whose pipeline is written: github, gitlab or none (default: as DIR and its git remote say)
`;

const OPTIONS = { ci: { type: 'string' } } as const;

const ABOUT: Readonly<Record<string, string>> = {
  'indicators.yaml': 'what is known: replace the samples by your own',
  'refang.yaml': 'who publishes, what is built, what may go where',
  'indicators.schema.json': 'completion and explanations in editors',
  'refang.schema.json': 'the same for refang.yaml',
  '.gitattributes': 'how git merges the lock',
};

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('init', args, OPTIONS);
    const [folder, ...more] = positionals;
    if (more.length > 0) throw new UsageError('`init` takes one folder', 'see `refang init --help`');
    const report = init({
      ...(folder !== undefined && { folder }),
      ...(values.ci !== undefined && { ci: readChoice('ci', values.ci, CI_NAMES) }),
    });
    tell(report, folder ?? '.');
    if (report.refused) await printForPeople([report.refused]);
    return report.refused ? 3 : 0;
  },
};

function tell(report: InitReport, folder: string): void {
  const { existing, written, left, refused } = report;
  const place = (path: string) => visible(join(folder, path));
  if (existing) process.stderr.write(`${visible(folder)} is a project already\n`);
  process.stderr.write(
    table(
      [
        ...written.map((path) => ['wrote', place(path), ABOUT[path] ?? 'the pipeline: checks every change']),
        ...left.map((path) => ['left', place(path), 'it is there already']),
      ],
      ['left', 'left', 'left'],
    ),
  );
  if (refused) return;
  if (written.length === 0) process.stderr.write('nothing to do\n');
  for (const remark of remarksOf(report)) process.stderr.write(`${remark}\n`);
  if (!existing) process.stderr.write(nextSteps(folder));
}

/** What is left for people to do by hand. */
function remarksOf({ left, written, ci, repository }: InitReport): string[] {
  const remarks: string[] = [];
  if (left.includes('.gitattributes') && written.length > 0)
    remarks.push('.gitattributes should say `refang.lock merge=union` and `out/** -text`');
  if (left.includes('.gitlab-ci.yml') && written.length > 0)
    remarks.push('.gitlab-ci.yml should run `refang check` and `refang build --check`');
  if (repository && ci === 'none')
    remarks.push('no pipeline is written: the root of the repository is another folder');
  return remarks;
}

function nextSteps(folder: string): string {
  const at = folder === '.' ? '' : `cd ${visible(folder)} && `;
  return `
next:
  1. edit \`publisher\` in ${visible(join(folder, 'refang.yaml'))}: ids of rules are derived from it
  2. ${at}npx refang build
  3. commit all of it, out/ and refang.lock too: what is reviewed is what ships
`;
}
