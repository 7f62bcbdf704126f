/** `refang check`. */

import { check } from '../check.ts';
import type { CheckedRun } from '../diagnostics/diagnostic.ts';
import { MACHINE_FORMATS, printFormat } from '../diagnostics/formats.ts';
import { isNotable } from '../plan/blast.ts';
import type { Session } from '../session.ts';
import { counted, grouped } from '../source/words.ts';
import { VERSION } from '../version.ts';
import { withProgress } from './progress-line.ts';
import { failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { readArguments, readChoice, readDay, type Verb } from './verb.ts';

const USAGE = `refang check [FILE…]: find mistakes in the indicators, the settings and the templates.

  --fix             first write what can be mended into the files; what they say stays the same
  --format WORD     pretty (default, for people), or to stdout: concise, json, github, gitlab, sarif or junit
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
  --strict          tell what a target withholds, approximates or cannot say, as warnings

Exits with 0 when all is well, 1 with warnings, 2 with errors, 3 with errors in settings or templates.
`;

const OPTIONS = {
  format: { type: 'string' },
  'as-of': { type: 'string' },
  strict: { type: 'boolean' },
  fix: { type: 'boolean' },
} as const;

/** A pasted list can be in capital letters throughout. */
const MOST_SPELLINGS = 10;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('check', args, OPTIONS);
    const format = readChoice('format', values.format, ['pretty', ...MACHINE_FORMATS]);
    const asOf = readDay(values['as-of']);
    if (values.fix && !(await mend(positionals))) return 2;
    const { session } = await withProgress((progress) =>
      check({
        files: positionals,
        precompiled: precompiledTemplates(),
        ownsProcess: true,
        ...(asOf && { asOf }),
        ...(values.strict && { strict: true }),
        ...(progress && { progress }),
      }),
    );
    if (format === 'pretty') await tell(session, positionals);
    else process.stdout.write(await printFormat(format, session.diagnostics, runOf(session)));
    const found = session.diagnostics.some(({ severity }) => severity === 'warning');
    return failureCode(session) ?? (found ? 1 : 0);
  },
};

async function tell({ diagnostics, collection, compiled }: Session, files: readonly string[]): Promise<void> {
  const spellings = diagnostics.filter(({ code }) => code === 'RF336');
  const hidden = new Set(spellings.slice(MOST_SPELLINGS));
  await printForPeople(diagnostics.filter((diagnostic) => !hidden.has(diagnostic)));
  if (hidden.size > 0)
    process.stderr.write(
      `${grouped(hidden.size)} more of RF336 are not shown; \`--format concise\` lists them\n`,
    );
  if (diagnostics.length === 0 && collection)
    process.stderr.write(`${counted(collection.indicators.size, 'indicator')}, no problems\n`);
  const mendable = diagnostics.filter((diagnostic) => diagnostic.fix).length;
  if (mendable > 0)
    process.stderr.write(
      `${grouped(mendable)} can be mended: ${['refang check --fix', ...files].join(' ')}\n`,
    );
  if (compiled?.targets.some(({ blast }) => isNotable(blast)))
    process.stderr.write((await import('./blast-text.ts')).blastText(compiled.targets));
}

/** Writes what can be mended, and tells it. False where it could not be written. */
async function mend(files: readonly string[]): Promise<boolean> {
  const { fix } = await import('../fix.ts');
  const { visible } = await import('../diagnostics/visible.ts');
  const { fixed, refused } = await fix({ files });
  for (const { span, message, fix: done } of fixed) {
    if (!span || !done) continue;
    const { line, column } = span.file.position(span.start);
    const place = `${span.file.path}:${line}:${column}`;
    process.stderr.write(`fixed ${visible(`${place} ${message}: ${done.description}`)}\n`);
  }
  if (refused) await printForPeople([refused]);
  return !refused;
}

function runOf({ project }: Session): CheckedRun {
  return { version: VERSION, files: (project?.inputs ?? []).map(({ file }) => file.path) };
}
