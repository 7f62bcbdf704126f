/** `refang fmt`. */

import { visible } from '../diagnostics/visible.ts';
import { type FmtReport, fmt } from '../fmt.ts';
import { counted } from '../source/words.ts';
import { printForPeople } from './report.ts';
import { readArguments, type Verb } from './verb.ts';

const USAGE = `refang fmt [FILE…]: bring indicators and settings into one layout and spelling; comments stay.

  --check           write nothing; exit 1 when a file would change, and tell its first line that would

FILEs are files of indicators or a refang.yaml; without any, those of the project.
`;

const OPTIONS = { check: { type: 'boolean' } } as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('fmt', args, OPTIONS);
    const check = values.check === true;
    const report = await fmt({ files: positionals, check });
    await printForPeople(report.diagnostics);
    if (report.failed) return report.failed === 'configuration' ? 3 : 2;
    tell(report, check, positionals);
    return check && report.changed.length > 0 ? 1 : 0;
  },
};

function tell({ changed, files }: FmtReport, check: boolean, named: readonly string[]): void {
  for (const { path, line, before, after } of changed) {
    if (!check) process.stderr.write(`formatted ${visible(path)}\n`);
    else
      process.stderr.write(
        `${visible(`${path}:${line}`)} is not formatted\n  - ${shownLine(before)}\n  + ${shownLine(after)}\n`,
      );
  }
  if (check && changed.length > 0)
    process.stderr.write(`  help: run \`${['refang fmt', ...named].join(' ')}\`\n`);
  if (changed.length === 0) process.stderr.write(`${counted(files, 'file')}, nothing to format\n`);
}

/** A line as it can be shown on a terminal. */
function shownLine(line: string): string {
  const text = visible(line.replace(/\r$/, ''));
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
