/** `refang explain`. */

import { type Explanation, explain } from '../explain.ts';
import type { Context } from '../indicators/context.ts';
import { colorsFor, failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { table } from './table.ts';
import { readArguments, readChoice, readDay, UsageError, type Verb } from './verb.ts';

const USAGE = `refang explain VALUE [FILE…]: what becomes of an indicator in every target, and why.

  VALUE             an indicator, live or defanged, or the code of a diagnostic such as RF301
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
      throw new UsageError('`explain` needs a value', 'name an indicator, such as `refang explain 1ds.me`');
    if (/^RF\d{3}$/i.test(value)) return explainCode(value.toUpperCase());
    const report = await explain({
      value,
      files,
      precompiled: precompiledTemplates(),
      ...(asOf && { asOf }),
    });
    const code = failureCode(report.session);
    if (code !== undefined) {
      await printForPeople(report.session.diagnostics);
      return code;
    }
    if (format === 'json') process.stdout.write(`${JSON.stringify(report.explanations, undefined, 2)}\n`);
    else for (const explanation of report.explanations) process.stdout.write(textOf(explanation));
    if (report.explanations.length > 0) return 0;
    const help = report.nearest ? `did you mean \`${report.nearest}\`?` : 'it stands in none of the inputs';
    process.stderr.write(`refang: \`${value}\` is not listed\n  help: ${help}\n`);
    return 1;
  },
};

async function explainCode(code: string): Promise<number> {
  const { CODES } = await import('../diagnostics/codes.ts');
  const entry = Object.hasOwn(CODES, code) ? CODES[code as keyof typeof CODES] : undefined;
  if (!entry) throw new UsageError(`there is no code \`${code}\``, 'docs/codes/ lists the codes');
  const { bold } = colorsFor(process.stdout);
  process.stdout.write(
    `${bold(`${code} ${entry.name}`)}\n${entry.title}\n\nwhy:  ${entry.why}\nhelp: ${entry.help}\n`,
  );
  return 0;
}

function textOf({ kind, value, defined, context, fates }: Explanation): string {
  const { bold, dim } = colorsFor(process.stdout);
  const rows = fates.map(({ target, fate, tier, reason, by }) => [
    `  ${target}`,
    tier ? `${fate} (${tier})` : fate,
    dim(by === undefined ? (reason ?? '') : `by ${by}`),
  ]);
  return `${bold(value)} (${kind}), ${defined}\n${contextLines(context)}\n${table(rows, ['left', 'left', 'left'])}`;
}

function contextLines(context: Context): string {
  const facts: [string, string][] = [
    [
      'status',
      `${context.status}, confidence ${context.confidence}, severity ${context.severity}, TLP ${context.tlp}`,
    ],
    ['reports', context.reports.join(', ')],
    ['actors', context.actors.join(', ')],
    ['attack', context.attack.join(', ')],
    ['tags', context.tags.join(', ')],
    ['seen', [context.first_seen, context.last_seen].filter(Boolean).join(' to ')],
    ['expires', context.expires ?? ''],
    ['match', context.match === 'exact' ? 'exact' : ''],
    ['note', context.note ?? ''],
  ];
  const given = facts.filter(([, text]) => text !== '').map(([name, text]) => [`  ${name}`, text]);
  return table(given, ['left', 'left']);
}
