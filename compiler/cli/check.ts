/** `refang check`. */

import { check } from '../check.ts';
import { countLosses } from '../plan/fate.ts';
import type { Session } from '../session.ts';
import { failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { readArguments, readChoice, readDay, type Verb } from './verb.ts';

const USAGE = `refang check [FILE…]: find mistakes in the indicators, the settings and the templates; write nothing.

  --format WORD     pretty (default), concise or json; the last two to stdout
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
  --strict          exit 1 when a target withholds, approximates or cannot say an indicator

Exits with 0 when all is well, 1 with warnings, 2 with errors, 3 with errors in settings or templates.
`;

const OPTIONS = {
  format: { type: 'string' },
  'as-of': { type: 'string' },
  strict: { type: 'boolean' },
} as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('check', args, OPTIONS);
    const format = readChoice('format', values.format, ['pretty', 'concise', 'json']);
    const asOf = readDay(values['as-of']);
    const { session, fates } = await check({
      files: positionals,
      precompiled: precompiledTemplates(),
      ...(asOf && { asOf }),
    });
    if (format === 'pretty') await tell(session);
    else process.stdout.write(await machineFormat(format, session.diagnostics));
    const lossy = [...fates.values()].some((counts) => countLosses(counts) > 0);
    const found =
      session.diagnostics.some(({ severity }) => severity === 'warning') || (values.strict === true && lossy);
    return failureCode(session) ?? (found ? 1 : 0);
  },
};

async function tell({ diagnostics, collection }: Session): Promise<void> {
  await printForPeople(diagnostics);
  if (diagnostics.length === 0 && collection)
    process.stderr.write(`${collection.indicators.size} indicators, no problems\n`);
}

async function machineFormat(
  format: 'concise' | 'json',
  diagnostics: Parameters<typeof printForPeople>[0],
): Promise<string> {
  if (format === 'json') return (await import('../diagnostics/print-json.ts')).printJson(diagnostics);
  return (await import('../diagnostics/print-concise.ts')).printConcise(diagnostics);
}
