/** What `refang diff` found, for people. */

import type { Difference, TargetDifference } from '../compare/difference.ts';
import {
  countWords,
  editWords,
  type Lot,
  otherWords,
  type Section,
  SIGNS,
  sectionsOf,
  stepWords,
  targetWords,
} from '../compare/sections.ts';
import {
  changedTargets,
  headline,
  identityWords,
  ruleCause,
  ruleSubject,
  ruleWords,
  sideWords,
  targetNote,
} from '../compare/summary.ts';
import { visible } from '../diagnostics/visible.ts';
import { counted, grouped, shown } from '../source/words.ts';
import { colorsFor } from './report.ts';
import { paragraph, table, widthOf } from './table.ts';

/** How many of one lot are listed. */
const MOST = 50;
/** How many rules of one target: the changed ones come first. */
const MOST_RULES = 10;

const quote = (text: string): string => visible(shown(text));

/** The whole report, ending in a line break. */
export function diffText(difference: Difference): string {
  const { bold } = colorsFor('stdout');
  const { before, after, textual } = difference;
  const title = `${bold(headline(difference))}\n`;
  const sides = [
    ['  before', quote(before.name), sideWords(before)],
    ['  after', after.name, sideWords(after)],
  ];
  const parts = [`${title}${table(sides, ['left', 'left', 'left'])}${headOf(difference)}`];
  if (textual) parts.push('An output folder knows no reasons: its files are compared line by line.\n');
  if (difference.findings.length > 0) parts.push(findingsText(difference));
  parts.push(...sectionsOf(difference.indicators).map(sectionText));
  const targets = changedTargets(difference);
  if (targets.length > 0) parts.push(targetTable(targets));
  parts.push(...targets.filter(({ rules }) => rules.length > 0).map(rulesText));
  parts.push(...targets.filter(({ lines = [] }) => lines.length > 0).map(linesText));
  return parts.join('\n');
}

/** What the builds were made from, as far as it differs. */
function headOf({ before, after, inputs, settings }: Difference): string {
  const rows = [
    ...(before.indicators === after.indicators
      ? []
      : [['  indicators', stepWords(before.indicators, after.indicators)]]),
    ...(before.refang === after.refang || before.refang === undefined
      ? []
      : [['  refang', `${quote(before.refang)} → ${after.refang}`]]),
    ...inputs.map(({ path, change }, at) => [at === 0 ? '  inputs' : '', `${quote(path)} ${change}`]),
    ...settings.map((edit, at) => [at === 0 ? '  settings' : '', editWords(edit, quote)]),
  ];
  return rows.length > 0 ? table(rows, ['left', 'left'], widthOf(process.stdout)) : '';
}

function findingsText({ findings }: Difference): string {
  const { bold, yellow } = colorsFor('stdout');
  const rows = findings
    .slice(0, MOST)
    .map(({ code, message, place }) => [`  ${yellow(code)}`, place ?? '', visible(message)]);
  return `${bold(counted(findings.length, 'new finding'))}\n${table(rows, ['left', 'left', 'left'], widthOf(process.stdout))}${more(findings.length, MOST, '  ')}`;
}

function sectionText({ change, words, count, lots }: Section): string {
  const colors = colorsFor('stdout');
  const paint = { added: colors.green, removed: colors.red, changed: colors.yellow, withheld: colors.yellow };
  const head = paint[change](`${SIGNS[change]} ${grouped(count)} ${change}`);
  return `${head}: ${quote(words)}\n${lots.map(lotText).join('')}`;
}

function lotText({ targets, edits, tiers, changes }: Lot): string {
  const { dim } = colorsFor('stdout');
  const remarks = [
    targetWords(targets),
    ...(tiers ? [`${tiers.before} → ${tiers.after}`] : []),
    ...edits.map((edit) => editWords(edit, quote)),
  ];
  const rows = changes
    .slice(0, MOST)
    .map((one) => [`    ${quote(one.value)}`, one.kind, dim(otherWords(one, quote) || one.place)]);
  return `${indented(remarks.join('; '))}${table(rows, ['left', 'left', 'left'])}${more(changes.length, MOST, '    ')}`;
}

/** A paragraph two blanks in. */
function indented(text: string): string {
  const columns = widthOf(process.stdout);
  return paragraph(text, columns && columns - 2).replace(/^(?=.)/gm, '  ');
}

function targetTable(targets: readonly TargetDifference[]): string {
  const { bold } = colorsFor('stdout');
  const rows = targets.map((target) => {
    const { name, indicators, rules, fates } = target;
    return [
      name,
      countWords(indicators),
      ruleWords(rules),
      stepWords(fates.before?.emitted, fates.after?.emitted),
      stepWords(fates.before?.covered, fates.after?.covered),
      stepWords(fates.before?.withheld, fates.after?.withheld),
      targetNote(target),
    ];
  });
  const head = ['target', 'indicators', 'rules', 'emitted', 'covered', 'withheld', ''].map((cell) =>
    bold(cell),
  );
  return table([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'right', 'left']);
}

function rulesText({ name, rules }: TargetDifference): string {
  const { bold } = colorsFor('stdout');
  const rows = rules
    .slice(0, MOST_RULES)
    .map((rule) => [
      `  ${rule.change}`,
      identityWords(rule),
      quote(ruleSubject(rule)),
      quote(ruleCause(rule)),
    ]);
  const text = table(rows, ['left', 'left', 'left', 'left']);
  return `${bold(`rules of ${name}`)}\n${text}${more(rules.length, MOST_RULES, '  ')}`;
}

function linesText({ name, lines = [] }: TargetDifference): string {
  const { bold, green, red } = colorsFor('stdout');
  return lines
    .map(({ path, added, removed }) => {
      const some = [
        ...removed.slice(0, MOST).map((line) => red(`  − ${quote(line)}`)),
        ...added.slice(0, MOST).map((line) => green(`  + ${quote(line)}`)),
      ];
      const left = Math.max(0, removed.length - MOST) + Math.max(0, added.length - MOST);
      const rest = left > 0 ? `  and ${left} more; \`--format json\` lists all\n` : '';
      return `${bold(`${name}/${path}`)}\n${some.map((line) => `${line}\n`).join('')}${rest}`;
    })
    .join('');
}

function more(count: number, most: number, indent: string): string {
  return count > most ? `${indent}and ${grouped(count - most)} more; \`--format json\` lists all\n` : '';
}
