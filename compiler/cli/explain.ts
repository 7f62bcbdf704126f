/** `refang explain`. */

import { explain } from '../explain.ts';
import { withProgress } from './progress-line.ts';
import { failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { readArguments, readChoice, readDay, UsageError, type Verb } from './verb.ts';

const USAGE = `refang explain WHAT [FILE…]: what becomes of an indicator, and why; what a rule is for; what a code means.

  WHAT              an indicator, live or defanged; a rule by sid, UUID, file or name; a code such as RF301
  --format WORD     text (default) or json
  --as-of DATE      the day that decides validity, YYYY-MM-DD (default: today, UTC)
`;

const OPTIONS = { format: { type: 'string' }, 'as-of': { type: 'string' } } as const;

export const verb: Verb = {
  usage: USAGE,
  async run(args) {
    const { values, positionals } = readArguments('explain', args, OPTIONS);
    const format = readChoice('format', values.format, ['text', 'json']);
    const asOf = readDay(values['as-of']);
    const [value, ...files] = positionals;
    if (value === undefined)
      throw new UsageError(
        '`explain` needs a value',
        'name an indicator or a code: `refang explain 1ds.me`, `refang explain RF301`',
      );
    if (/^RF\d{1,4}$/i.test(value)) return (await import('./explain-code.ts')).tellCode(value, format);
    const report = await withProgress((progress) =>
      explain({
        value,
        files,
        precompiled: precompiledTemplates(),
        ownsProcess: true,
        ...(asOf && { asOf }),
        ...(progress && { progress }),
      }),
    );
    const code = failureCode(report.session);
    if (code !== undefined) {
      await printForPeople(report.session.diagnostics);
      return code;
    }
    const { session: _, nearest, ...found } = report;
    if (format === 'json') process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
    else process.stdout.write((await import('./explain-text.ts')).textOf(report));
    if (Object.values(found).some((list) => list.length > 0)) return 0;
    const { choices } = await import('../source/words.ts');
    const help = nearest.length > 0 ? `did you mean ${choices(nearest)}?` : 'it stands in none of the inputs';
    process.stderr.write(`refang: \`${value}\` is not listed\n  help: ${help}\n`);
    return 1;
  },
};
