/** Diagnostics for people: message, place, source line, carets, why and help. */

import { CODES } from './codes.ts';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import { type Snippet, snippetOf } from './snippet.ts';
import { visible } from './visible.ts';

/** What colours a text. */
export interface Colors {
  bold(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
}

const asIs = (text: string) => text;

const NO_COLORS: Colors = { bold: asIs, red: asIs, yellow: asIs, blue: asIs, cyan: asIs };

/** So many are put into one piece. */
const AT_ONCE = 100;

/** All diagnostics, a blank line after each. Control and bidi characters of the input are shown as `<U+202E>`. */
export function printPretty(diagnostics: readonly Diagnostic[], colors: Colors = NO_COLORS): string {
  return [...prettyPieces(diagnostics, colors)].join('');
}

/** The same in pieces of whole diagnostics. */
export function* prettyPieces(diagnostics: readonly Diagnostic[], colors: Colors): Generator<string> {
  for (let from = 0; from < diagnostics.length; from += AT_ONCE) {
    const some = diagnostics.slice(from, from + AT_ONCE);
    yield (from > 0 ? '\n' : '') + some.map((one) => `${printOne(one, colors)}\n`).join('\n');
  }
}

/** A place to show, with what points at it. */
interface Place {
  span: Span;
  arrow: '-->' | ':::';
  mark: '^' | '-';
  label: string | undefined;
  color(text: string): string;
}

function printOne(diagnostic: Diagnostic, colors: Colors): string {
  const { code, severity, span, label, related = [] } = diagnostic;
  const color = severityColor(severity, colors);
  const places: Place[] = related.map((one) => ({
    span: one.span,
    arrow: ':::',
    mark: '-',
    label: one.message,
    color: colors.blue,
  }));
  if (span) places.unshift({ span, arrow: '-->', mark: '^', label, color });
  const snippets = places.map((place) => snippetOf(place.span));
  const gutter = Math.max(1, ...snippets.map((snippet) => String(snippet.line).length));
  return [
    colors.bold(`${color(`${severity}[${code}]`)}: ${visible(diagnostic.message)}`),
    ...places.flatMap((place, at) => printPlace(place, snippets[at] as Snippet, gutter, colors)),
    ...remark('why', diagnostic.why ?? CODES[code].why, gutter, colors),
    ...remark('help', diagnostic.help ?? CODES[code].help, gutter, colors),
  ].join('\n');
}

/** ` --> indicators.yaml:12:5`, the line with its number, and the mark with its label below. */
function printPlace(place: Place, snippet: Snippet, gutter: number, colors: Colors): string[] {
  const { line, column, text, indent, width } = snippet;
  const number = colors.blue(`${String(line).padStart(gutter)} |`);
  const label = place.label ? ` ${visible(place.label)}` : '';
  const where = `${' '.repeat(gutter)}${colors.blue(place.arrow)} ${visible(place.span.file.path)}:${line}:${column}`;
  if (text === undefined) return [where + place.color(label), bar(gutter, colors)];
  return [
    where,
    bar(gutter, colors),
    text === '' ? number : `${number} ${text}`,
    `${bar(gutter, colors)} ${' '.repeat(indent)}${place.color(place.mark.repeat(width) + label)}`,
    bar(gutter, colors),
  ];
}

function bar(gutter: number, colors: Colors): string {
  return colors.blue(`${' '.repeat(gutter)} |`);
}

/** ` = help: …`; further lines are indented below the first. */
function remark(what: string, words: string, gutter: number, colors: Colors): string[] {
  const indent = ' '.repeat(gutter + ` = ${what}: `.length);
  const [first = '', ...rest] = words.split('\n').map(visible);
  return [
    `${' '.repeat(gutter)} ${colors.cyan(`= ${what}:`)} ${first}`,
    ...rest.map((line) => indent + line),
  ];
}

function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  return { error: colors.red, warning: colors.yellow, hint: colors.cyan }[severity];
}
