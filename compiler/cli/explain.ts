/** `refang explain`. */

import { type Explanation, explain } from '../explain.ts';
import type { Context } from '../indicators/context.ts';
import { colorsFor, failureCode, precompiledTemplates, printForPeople } from './report.ts';
import { paragraph, table } from './table.ts';
import { readArguments, readChoice, readDay, UsageError, type Verb } from './verb.ts';

const USAGE = `refang explain VALUE [FILE…]: what becomes of an indicator in every target, and why; or what a code means.

  VALUE             an indicator, live or defanged; or the code of a message, such as RF301
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
  const { columns } = process.stdout;
  const rows = [
    ['  why', entry.why],
    ['  help', entry.help],
  ];
  process.stdout.write(`${bold(`${code} ${entry.name}`)}\n${paragraph(entry.title, columns)}\n`);
  process.stdout.write(table(rows, ['left', 'left'], columns));
  return 0;
}

function textOf({ kind, value, defined, context, fates }: Explanation): string {
  const { bold } = colorsFor(process.stdout);
  const rows = fates.map(({ target, fate, tier, reason, by }) => [
    `  ${target}`,
    tier ? `${fate} (${tier})` : fate,
    by === undefined ? reasonInWords(reason, context) : `by ${by}`,
  ]);
  const what = `${bold(value)} (${kind}), ${defined}\n${contextLines(context)}`;
  return `${what}\n${table(rows, ['left', 'left', 'left'], process.stdout.columns)}`;
}

/** The words of the manifest explained; the sentences of targets as they are. */
function reasonInWords(reason: string | undefined, context: Context): string {
  const words: Readonly<Record<string, string>> = {
    revoked: 'its source took it back',
    expired: `it expired on ${context.expires}`,
    'not-yet-valid': `it is not valid before ${context.first_seen}`,
    tlp: `TLP ${context.tlp} is stricter than the policy allows there`,
    status: `the policy does not take what is ${context.status} there`,
    confidence: `a confidence of ${context.confidence} is too low for the policy there`,
    limit: 'it is too short or too long for a rule, or there are too many of its kind',
  };
  if (reason === undefined) return '';
  if (reason.startsWith('guard:')) return `${reason}: a guard lists it; see \`refang check\``;
  return Object.hasOwn(words, reason) ? `${reason}: ${words[reason]}` : reason;
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
  return table(given, ['left', 'left'], process.stdout.columns);
}
