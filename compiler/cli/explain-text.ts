/** What `refang explain` found, for people: equal fates are told once. */

import type { ExplainReport } from '../explain.ts';
import type { Carrier } from '../explain-carriers.ts';
import type { ExplainedRule } from '../explain-rule.ts';
import type { ExplainedFate, ExplainedGuard, Explanation } from '../explain-value.ts';
import type { Context } from '../indicators/context.ts';
import { counted } from '../source/words.ts';
import { colorsFor } from './report.ts';
import { paragraph, table, width, widthOf } from './table.ts';

/** One text a meaning, a blank line between them. */
export function textOf({ explanations, rules, endpoints }: ExplainReport): string {
  return [
    ...explanations.map(valueText),
    ...rules.map(ruleText),
    ...(endpoints.length > 0 ? [portText(endpoints)] : []),
  ].join('\n');
}

function valueText({ kind, value, defined, again, context, guards, fates }: Explanation): string {
  const { bold } = colorsFor('stdout');
  const places = [defined, ...again.map((place) => `again ${place}`)].join(', ');
  const facts = [...contextRows(context), ...guards.map(guardRow)];
  const carried = fates.filter(({ carriers }) => carriers);
  const parts = [`${bold(value)} (${kind}), ${places}\n${lined(facts)}`];
  if (carried.length > 0) parts.push(carriedText(carried));
  const lost = fates.filter(({ carriers }) => !carriers);
  if (lost.length > 0) parts.push(lostText(lost, context));
  return parts.join('\n');
}

/** Targets with what carries the indicator there, one entry a line: beside the fate, or below it where a line is too long. */
function carriedText(fates: readonly ExplainedFate[]): string {
  const heads = fates.map((told) => [`  ${told.target}`, fateText(told)]);
  const room = (widthOf(process.stdout) ?? Number.POSITIVE_INFINITY) - headsWidth(heads);
  const blocks = fates.map((told) => {
    const lines = carriedLines(told);
    return { lines, beside: lines.every((line) => width(line) <= room) };
  });
  const rows = blocks.flatMap(({ lines, beside }, at): string[][] => {
    const head = heads[at] as string[];
    if (!beside) return [[...head, '']];
    return lines.map((line, nth) => [...(nth === 0 ? head : ['', '']), line]);
  });
  const text = table(rows, ['left', 'left', 'left']).split('\n');
  return blocks
    .map(({ lines, beside }) => {
      const own = text.splice(0, beside ? lines.length : 1).join('\n');
      return `${own}\n${beside ? '' : lines.map(below).join('')}`;
    })
    .join('');
}

/** A line of its own; what does not fit hangs. */
function below(line: string): string {
  return indented(line, '      ').replace('  ', '');
}

/** What stands before the third column of a table. */
function headsWidth(heads: readonly (readonly string[])[]): number {
  return [0, 1].reduce(
    (sum, column) => sum + 2 + Math.max(...heads.map((head) => width(head[column] as string))),
    0,
  );
}

function fateText({ fate, tier, reason }: ExplainedFate): string {
  const why = fate === 'emitted' && reason !== undefined ? `: ${reason}` : '';
  return tier ? `${fate} (${tier}${why})` : fate;
}

function carriedLines({ fate, reason, by, by_defined, carriers = [] }: ExplainedFate): string[] {
  const remarks = [
    ...(by === undefined ? [] : [`by ${by}, ${by_defined}`]),
    ...(reason === undefined || fate === 'emitted' ? [] : [reason]),
  ];
  return [...remarks, ...carrierCells(carriers)];
}

/** Lines of one file that are no rules of their own are told together. */
function carrierCells(carriers: readonly Carrier[]): string[] {
  const cells: string[] = [];
  const plain = new Map<string, string[]>();
  for (const carrier of carriers) {
    if (carrier.id !== undefined || carrier.indicators > 1) cells.push(carrierText(carrier));
    else plain.set(carrier.file, [...(plain.get(carrier.file) ?? []), linesText(carrier)]);
  }
  return [...[...plain].map(([file, lines]) => `${file}:${lines.join(', ')}`), ...cells];
}

function carrierText(carrier: Carrier): string {
  const { file, id, revision, indicators } = carrier;
  const shared = indicators > 1 ? `, with ${counted(indicators - 1, 'other')}` : '';
  return `${file}:${linesText(carrier)}${id === undefined ? '' : ` ${idText(id, revision as number)}`}${shared}`;
}

function linesText({ first, last }: Carrier): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** Of a UUID the first eight digits, which `refang explain` takes as well. */
function idText(id: string, revision: number): string {
  return `${/^\d+$/.test(id) ? `sid ${id}` : `id ${id.slice(0, 8)}`} rev ${revision}`;
}

/** Where it is not said: by reason, with the targets. */
function lostText(fates: readonly ExplainedFate[], context: Context): string {
  const groups = new Map<string, string[]>();
  for (const { target, fate, tier, reason, by, by_defined, expires } of fates) {
    const what = tier ? `${fate} (${tier})` : fate;
    const words = reasonInWords(reason, context, expires);
    const other = by === undefined ? '' : `by ${by}, ${by_defined}`;
    const why = fate === 'withheld' && other ? `${words}; still matched ${other}` : other || words;
    const key = why === '' ? what : `${what}, ${why}`;
    groups.set(key, [...(groups.get(key) ?? []), target]);
  }
  return [...groups]
    .map(([why, targets]) => indented(why, '  ') + indented(targets.join(', '), '    '))
    .join('');
}

/** The words of the manifest explained; the sentences of targets as they are, without their own titles. */
function reasonInWords(reason: string | undefined, context: Context, expired?: string): string {
  const words: Readonly<Record<string, string>> = {
    revoked: 'its source took it back',
    expired: `it expired on ${expired}`,
    'not-yet-valid': `it is not valid before ${context.first_seen}`,
    tlp: `TLP ${context.tlp} is stricter than the policy allows there`,
    status: `the policy does not take what is ${context.status} there`,
    confidence: `a confidence of ${context.confidence} is too low for the policy there`,
    limit: 'it is too short or too long for a rule, or there are too many of its kind',
  };
  if (reason === undefined) return '';
  if (reason.startsWith('guard:')) return `${reason}: a guard lists it; see \`refang check\``;
  if (/ have no place for this kind \(\w+\)$/.test(reason)) return 'there is no place for this kind';
  return Object.hasOwn(words, reason) ? `${reason}: ${words[reason]}` : reason;
}

function guardRow({ guard, list, relation, entry, about, allowed, ended }: ExplainedGuard): [string, string] {
  const how = { exact: 'is', under: 'lies under', contains: 'contains' }[relation];
  const override = allowed
    ? `; accepted by ${allowed.owner}: ${allowed.reason}`
    : ended
      ? `; an override of ${ended.owner} ended on ${ended.until}`
      : '';
  return ['guard', `${guard}: ${how} ${entry} (${list}): ${about}${override}`];
}

function contextRows(context: Context): [string, string][] {
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
  return facts.filter(([, text]) => text !== '');
}

function ruleText({
  target,
  pass,
  state,
  id,
  key,
  revision,
  created,
  changed,
  carrier,
  indicators,
}: ExplainedRule): string {
  const { bold } = colorsFor('stdout');
  const states = {
    live: `rule of ${target}${pass === undefined ? '' : `, pass ${pass}`}`,
    retired: `retired rule of ${target}: nothing listed has this key any more; the id is not given again`,
    'not-built': `rule of ${target}, which is not among the targets that are built`,
  };
  const facts: [string, string][] = [
    ['key', key],
    ['revision', `${revision}${revision > 1 ? ` of ${changed}` : ''}, first ${created}`],
    ...(carrier ? [['stands', `${carrier.file}:${linesText(carrier)}`] as [string, string]] : []),
  ];
  const rows = indicators.map(({ kind, value, defined }) => [`  ${value}`, kind, defined]);
  const list = rows.length > 0 ? `\n${table(rows, ['left', 'left', 'left'], widthOf(process.stdout))}` : '';
  return `${bold(id)}, ${states[state]}\n${lined(facts)}${list}`;
}

function portText(endpoints: ExplainReport['endpoints']): string {
  const { bold } = colorsFor('stdout');
  const rows = endpoints.map(({ value, defined }) => [`  ${value}`, 'endpoint', defined]);
  return `${bold('a port')} of\n${table(rows, ['left', 'left', 'left'], widthOf(process.stdout))}`;
}

/** Facts with their names, aligned. */
function lined(facts: readonly [string, string][]): string {
  return table(
    facts.map(([name, text]) => [`  ${name}`, text]),
    ['left', 'left'],
    widthOf(process.stdout),
  );
}

function indented(text: string, blanks: string): string {
  const columns = (widthOf(process.stdout) ?? Number.POSITIVE_INFINITY) - blanks.length;
  return paragraph(text, columns).replace(/^/gm, blanks).replace(/ +$/, '');
}
