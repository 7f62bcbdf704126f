/** `refang diff`. */

import type { Difference } from '../compare/difference.ts';
import type { DeltaReport } from '../delta.ts';
import { diff } from '../diff.ts';
import { counted } from '../source/words.ts';
import { withProgress } from './progress-line.ts';
import { failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { readArguments, readChoice, readDay, UsageError, type Verb } from './verb.ts';

const USAGE = `refang diff: what changes in the output, in which target, and why.

  --against WHAT    a commit (branch, tag, hash), or an existing folder with a project or an output (default: HEAD);
                    a name that is both means the folder
  --format WORD     text (default), markdown for a pull request's comment, or json
  --target A,B      only these targets
  --as-of DATE      the day of the build that is compared, YYYY-MM-DD (default: today, UTC);
                    a commit is built as of the day on which it was committed
  --delta DIR       also write what products have to add and remove, and delta.json, into a folder of its own
  --exit-code       exit 1 when there are differences
`;

const OPTIONS = {
  against: { type: 'string' },
  format: { type: 'string' },
  target: { type: 'string' },
  'as-of': { type: 'string' },
  delta: { type: 'string' },
  'exit-code': { type: 'boolean' },
} as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('diff', args, OPTIONS);
    const format = readChoice('format', values.format, ['text', 'markdown', 'json']);
    const asOf = readDay(values['as-of']);
    const [extra] = positionals;
    if (extra !== undefined)
      throw new UsageError(`\`diff\` does not take \`${extra}\``, `did you mean \`--against ${extra}\`?`);
    const { session, difference, delta } = await withProgress((progress) =>
      diff({
        precompiled: precompiledTemplates(),
        ownsProcess: true,
        ...(values.against !== undefined && { against: values.against }),
        ...(values.target !== undefined && { targets: values.target.split(',') }),
        ...(values.delta !== undefined && { delta: values.delta }),
        ...(asOf && { asOf }),
        ...(progress && { progress }),
      }),
    );
    if (!difference) {
      await printForPeople(session.diagnostics.filter(({ severity }) => severity !== 'hint'));
      return failureCode(session) ?? 2;
    }
    process.stdout.write(await printed(difference, format));
    if (delta) process.stderr.write(deltaText(delta, values.delta as string));
    return values['exit-code'] && difference.differs ? 1 : 0;
  },
};

/** Only the printer that is asked for is loaded. */
async function printed(difference: Difference, format: 'text' | 'markdown' | 'json'): Promise<string> {
  if (format === 'json') return (await import('../compare/json.ts')).printDifferenceJson(difference);
  if (format === 'markdown')
    return (await import('../compare/markdown.ts')).printDifferenceMarkdown(difference);
  return (await import('./diff-text.ts')).diffText(difference);
}

function deltaText({ files, whole }: DeltaReport, folder: string): string {
  const written = `wrote ${counted(files.length, 'file')} of changes into ${folder}\n`;
  if (whole.length === 0) return written;
  return `${written}${counted(whole.length, 'file')} must be loaded whole; ${folder}/delta.json tells which, and why\n`;
}
