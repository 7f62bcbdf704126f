/**
 * A difference as Markdown for the comment of a pull request: a table first, details folded, and never longer than such a
 * comment may be. All that comes from inputs stands in code spans, where nothing is a link, a mention or a tag.
 */

import { visible } from '../diagnostics/visible.ts';
import type { Kind } from '../indicators/kind.ts';
import { counted, grouped, shown } from '../source/words.ts';
import type { Difference, Edit, TargetDifference } from './difference.ts';
import {
  countWords,
  type Lot,
  otherWords,
  type Section,
  SIGNS,
  sectionsOf,
  stepWords,
  targetWords,
} from './sections.ts';
import {
  changedTargets,
  headline,
  identityWords,
  ruleCause,
  ruleSubject,
  ruleWords,
  sideWords,
  targetNote,
} from './summary.ts';

/** The first line, by which the comment is found again. */
export const MARKER = '<!-- refang-diff -->';

/** The most bytes of UTF-8. GitHub takes 65,536 characters; what quotes the comment needs some as well. */
const MOST_BYTES = 60_000;
/** Kept free for what closes and ends the text. */
const RESERVE = 600;
/** How many of one lot, of the rules of one target, of findings are listed. */
const MOST_LISTED = 50;
/** How many targets the table has, and are named in a line. */
const MOST_TARGETS = 100;
const MOST_NAMED = 50;

/** The whole comment, ending in a line break. */
export function printDifferenceMarkdown(difference: Difference): string {
  const page = new Page();
  page.add(`${MARKER}\n### Refang: ${headline(difference)}\n`);
  page.add(`\n${sidesOf(difference)}\n`);
  if (difference.textual)
    page.add('\nAn output folder knows no reasons: its files are compared line by line.\n');
  addHead(page, difference);
  addFindings(page, difference);
  const targets = changedTargets(difference);
  addTable(page, targets);
  const sections = sectionsOf(difference.indicators);
  for (const [at, section] of sections.entries()) addSection(page, section, sections.length - at);
  for (const target of targets.filter(({ rules }) => rules.length > 0)) addRules(page, target);
  for (const target of targets.filter(({ lines = [] }) => lines.length > 0)) addLines(page, target);
  return page.text();
}

/** Text that is gathered while there is room. */
class Page {
  readonly #parts: string[] = [];
  #left = MOST_BYTES - RESERVE;
  #full = false;

  /** What is left, in bytes. */
  get left(): number {
    return this.#left;
  }

  /** Adds all of a text, or nothing, and says which. */
  add(text: string): boolean {
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > this.#left) {
      this.#full = true;
      return false;
    }
    this.#left -= bytes;
    this.#parts.push(text);
    return true;
  }

  /** Adds an element and what `fill` adds to it, or nothing; what closes it has its room from the beginning. */
  enclose(open: string, close: string, fill: () => void): void {
    if (!this.add(open + close)) return;
    this.#parts[this.#parts.length - 1] = open;
    fill();
    this.#parts.push(close);
  }

  text(): string {
    const end = this.#full
      ? '\nThere is more than a comment holds: `refang diff --format json` lists all.\n'
      : '';
    return this.#parts.join('') + end;
  }
}

function sidesOf({ before, after }: Difference): string {
  const of = (name: string, words: string) => name + (words && ` (${words})`);
  return `${of(code(before.name), sideWords(before))} → ${of(after.name, sideWords(after))}`;
}

function addHead(page: Page, { before, after, inputs, settings }: Difference): void {
  const rows = [
    ...(before.indicators === after.indicators
      ? []
      : [`- indicators: ${stepWords(before.indicators, after.indicators)}`]),
    ...(before.refang === undefined || before.refang === after.refang
      ? []
      : [`- Refang: ${code(before.refang)} → ${code(after.refang ?? '')}`]),
    ...capped(inputs, MOST_LISTED, ({ path, change }) => `- ${change} input: ${code(path)}`),
    ...capped(settings, MOST_LISTED, (edit) => `- setting ${editCode(edit)}`),
  ];
  if (rows.length > 0) page.add('\n');
  for (const row of rows) page.add(`${row}\n`);
}

function addFindings(page: Page, { findings }: Difference): void {
  if (findings.length === 0 || !page.add(`\n**${counted(findings.length, 'new finding')}**\n\n`)) return;
  const words = ({ code: id, message, place }: (typeof findings)[number]) =>
    `- ${id}${place === undefined ? '' : ` ${code(place)}`}: ${code(message.replaceAll('`', '’'))}`;
  for (const row of capped(findings, MOST_LISTED, words)) page.add(`${row}\n`);
}

function addTable(page: Page, targets: readonly TargetDifference[]): void {
  if (targets.length === 0) return;
  page.add('\n| target | effect | indicators | rules | emitted | covered | withheld | |\n');
  page.add('| --- | --- | --- | --- | ---: | ---: | ---: | --- |\n');
  for (const target of targets.slice(0, MOST_TARGETS)) {
    const { name, effect, indicators, rules, fates } = target;
    const cells = [
      name,
      effect,
      countWords(indicators),
      ruleWords(rules),
      stepWords(fates.before?.emitted, fates.after?.emitted),
      stepWords(fates.before?.covered, fates.after?.covered),
      stepWords(fates.before?.withheld, fates.after?.withheld),
      targetNote(target),
    ];
    page.add(`| ${cells.map((cell) => cell.replaceAll('~', '\\~')).join(' | ')} |\n`);
  }
  if (targets.length > MOST_TARGETS)
    page.add(`\nand ${grouped(targets.length - MOST_TARGETS)} more targets\n`);
}

/** One of so many sections that are still to come: it takes its share of what is left. */
function addSection(page: Page, { change, words, count, lots }: Section, toCome: number): void {
  const share = page.left - Math.floor(page.left / toCome);
  const title = `${SIGNS[change].replace('~', '\\~')} ${grouped(count)} ${change}: ${tagged(words)}`;
  addDetails(page, title, () => {
    for (const lot of lots) {
      if (page.left <= share || !page.add(`\n${lotHead(lot)}\n\n`)) break;
      addLot(page, lot, share);
    }
  });
}

function addLot(page: Page, { changes }: Lot, share: number): void {
  let listed = 0;
  for (const change of changes.slice(0, MOST_LISTED)) {
    const { kind, value } = change;
    const other = otherWords(change, (text) => code(defanged(kind, text)));
    const words = `${code(defanged(kind, value))} ${kind}${other && ` ${other}`}`;
    if (page.left <= share || !page.add(`- ${words}\n`)) break;
    listed++;
  }
  if (listed < changes.length) page.add(`- and ${grouped(changes.length - listed)} more\n`);
}

function lotHead({ targets, edits, tiers }: Lot): string {
  const named = targets.length > MOST_NAMED ? `in ${targets.length} targets` : targetWords(targets);
  return [
    named,
    ...(tiers ? [`${tiers.before} → ${tiers.after}`] : []),
    ...edits.slice(0, MOST_NAMED).map(editCode),
  ].join('; ');
}

function addRules(page: Page, { name, rules }: TargetDifference): void {
  addDetails(page, `Rules of ${name}: ${ruleWords(rules).replace('~', '\\~')}`, () => {
    page.add('\n');
    const words = (rule: (typeof rules)[number]) => {
      const cause = ruleCause(rule);
      // Values are defanged; the `@` of a group is none.
      const about = code(defanged('url', ruleSubject(rule)).replace(/^([^/]+\/)\[@\]/, '$1@'));
      return `- ${rule.change} ${code(identityWords(rule))}: ${about}${cause && `; ${code(cause)}`}`;
    };
    for (const row of capped(rules, MOST_LISTED, words)) page.add(`${row}\n`);
  });
}

function addLines(page: Page, { name, lines = [] }: TargetDifference): void {
  for (const { path, added, removed } of lines) {
    addDetails(page, `${name}: ${tagged(path)}, lines +${added.length} −${removed.length}`, () => {
      page.add('\n');
      for (const row of capped(removed, MOST_LISTED, (line) => `- − ${code(defanged('url', line))}`))
        page.add(`${row}\n`);
      for (const row of capped(added, MOST_LISTED, (line) => `- + ${code(defanged('url', line))}`))
        page.add(`${row}\n`);
    });
  }
}

/** A part that is folded. */
function addDetails(page: Page, title: string, add: () => void): void {
  page.enclose(`\n<details><summary>${title}</summary>\n`, '\n</details>\n', add);
}

function capped<T>(list: readonly T[], most: number, words: (one: T) => string): string[] {
  const rows = list.slice(0, most).map(words);
  return list.length > most ? [...rows, `- and ${grouped(list.length - most)} more`] : rows;
}

function editCode({ key, before, after }: Edit): string {
  const side = (text: string | undefined) => (text === undefined ? '–' : code(text));
  return `${code(key)} ${side(before)} → ${side(after)}`;
}

/** A code span, whatever the text: what cannot be seen is spelt out, and the fence is longer than any run of backticks in it. */
function code(text: string): string {
  const seen = visible(shown(text)) || ' ';
  const longest = Math.max(0, ...Array.from(seen.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(seen) ? ' ' : '';
  return fence + pad + seen + pad + fence;
}

/** Text within an HTML element: names of guards' lists and of files. */
function tagged(text: string): string {
  return visible(shown(text)).replace(
    /[&<>"'@#`*_[\]\\~|:]/g,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** As intelligence is published: nobody clicks it by mistake, and no program makes a link of it. */
function defanged(kind: Kind, value: string): string {
  switch (kind) {
    case 'domain':
    case 'ip':
    case 'cidr':
    case 'endpoint':
    case 'url':
    case 'email':
      return value
        .replaceAll('.', '[.]')
        .replaceAll('@', '[@]')
        .replace(/^(h)tt(ps?:)/i, '$1xx$2');
    default:
      return value;
  }
}
