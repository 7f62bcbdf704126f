/** The traps that YAML lays for indicators. Each has a code that shows the mend, and is told instead of a syntax error. */

import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { shown } from './words.ts';

/** A trap, and a text of the same length that lets the parser read on. */
export interface Trap {
  diagnostic: Diagnostic;
  repair?: { start: number; end: number; text: string };
}

/** `key:` and what follows it on a line, or what follows the dashes. Offsets into the file. */
interface LineValue {
  start: number;
  end: number;
  text: string;
}

/** Indentation, dashes, a key where there is one, and the rest. */
const LINE = /^([ \t]*(?:-[ \t]+)*)([A-Za-z_][\w-]*:[ \t]+)?(.*)$/;
/** `key:value`, but not the scheme of a URL. */
const KEY_WITHOUT_SPACE = /^([a-z][a-z0-9_]*):(?!\/\/|\[)(\S.*)$/;
/** What an item of a flow list is made of, where it has defanged separators in square brackets. */
const ITEM_PART = '(?:[^\\s,[\\]{}]|\\[[^\\s,[\\]]{1,4}\\])*';
/** Characters looked at before the place of the error. */
const MOST_BEFORE = 2048;
const ITEM_BEFORE = new RegExp(`${ITEM_PART}$`);
const ITEM_BEHIND = new RegExp(ITEM_PART, 'y');

/** Errors that no trap explains: a bracket or a quote that is never closed, and too many of them. */
const NO_TRAP = /^(?:deficient indentation|unexpected end|nesting exceeded)/;

/** The trap behind a syntax error that the parser met at `position`, if it is a known one. */
export function trapOfSyntaxError(
  file: SourceFile,
  text: string,
  position: number,
  reason: string,
): Trap | undefined {
  if (NO_TRAP.test(reason)) return undefined;
  const { line } = file.position(position);
  const here = valueOfLine(file, text, line);
  if (reason.startsWith('tab characters')) return tab(file, text, line);
  if (reason.startsWith('missed comma')) return bracketsInList(file, text, position);
  if (reason.startsWith('unknown escape') || reason.startsWith('expected hexadecimal'))
    return backslash(file, text, position);
  const before = previousLine(file, text, line);
  return (
    (here && reservedStart(file, here)) ??
    (here && readAsMap(file, here)) ??
    keyWithoutSpace(file, text, line) ??
    (before > 0 ? keyWithoutSpace(file, text, before) : undefined)
  );
}

/** A value with a leading `*`, which YAML takes for an alias. */
export function starTrap(file: SourceFile, start: number, end: number): Diagnostic {
  const value = shown(file.slice(start, end));
  return trap(
    file,
    'RF104',
    start,
    end,
    `\`${value}\` begins with \`*\`, which YAML reads as an alias`,
    quoteHelp(value),
  );
}

/** A value with a leading `[` or `{`, which YAML reads as a list or a map. */
export function openingTrap(file: SourceFile, start: number, end: number): Diagnostic {
  const value = shown(file.slice(start, end));
  const bracket = value.charAt(0);
  const [code, what] = bracket === '[' ? (['RF103', 'list'] as const) : (['RF105', 'map'] as const);
  const message = `\`${value}\` begins with \`${bracket}\`, which YAML reads as a ${what}`;
  return trap(file, code, start, end, message, quoteHelp(value));
}

/** A value with `: ` in it or `:` behind it, which YAML reads as a key. */
export function mapTrap(file: SourceFile, start: number, end: number): Diagnostic {
  const value = shown(file.slice(start, end));
  const message = `\`${value}\` is read as a map, because of the colon`;
  return trap(file, 'RF106', start, end, message, quoteHelp(value));
}

function trap(
  file: SourceFile,
  code: Code,
  start: number,
  end: number,
  message: string,
  help: string,
): Diagnostic {
  return { code, severity: 'error', span: { file, start, end }, message, help };
}

/** The mend of most traps. Single quotes leave backslashes alone. */
function quoteHelp(value: string): string {
  return `put it in quotes: \`'${value.replaceAll("'", "''")}'\`, or in a block after \`|\``;
}

function valueOfLine(file: SourceFile, text: string, line: number): LineValue | undefined {
  const range = file.lineRange(line);
  const parts = LINE.exec(text.slice(range.start, range.end));
  if (!parts) return undefined;
  const [, indent = '', key = '', rest = ''] = parts;
  const value = rest.replace(/(^|[ \t])#.*$/, '').trimEnd();
  const start = range.start + indent.length + key.length;
  return value === '' ? undefined : { start, end: start + value.length, text: value };
}

function previousLine(file: SourceFile, text: string, line: number): number {
  let number = line - 1;
  while (number > 0 && !valueOfLine(file, text, number)) number -= 1;
  return number;
}

/** Overwrites a value by a plain word of the same length. */
function mask(start: number, end: number): NonNullable<Trap['repair']> {
  return { start, end, text: 'x'.repeat(end - start) };
}

function tab(file: SourceFile, text: string, line: number): Trap | undefined {
  const range = file.lineRange(line);
  const indent = /^[ \t]*/.exec(text.slice(range.start, range.end))?.[0] as string;
  const at = indent.indexOf('\t');
  if (at < 0) return undefined;
  const start = range.start + at;
  const end = range.start + indent.length;
  const message = 'a tab is used as indentation';
  return { diagnostic: trap(file, 'RF107', start, end, message, 'indent with spaces, two a level') };
}

/** The parser stops at the bracket that it does not expect, or behind one it took for a list. */
function bracketsInList(file: SourceFile, text: string, position: number): Trap | undefined {
  const before = ITEM_BEFORE.exec(text.slice(Math.max(0, position - MOST_BEFORE), position))?.[0] ?? '';
  const start = position - before.length;
  ITEM_BEHIND.lastIndex = start;
  const item = ITEM_BEHIND.exec(text)?.[0] ?? '';
  if (!item.includes('[')) return undefined;
  const end = start + item.length;
  const help = `put each value in quotes: \`['${shown(item)}', …]\`, or one a line in a block after \`|\``;
  const message = `\`${shown(item)}\` has square brackets inside a list that is written in square brackets`;
  return { diagnostic: trap(file, 'RF102', start, end, message, help), repair: mask(start, end) };
}

function backslash(file: SourceFile, text: string, position: number): Trap | undefined {
  const { line } = file.position(position);
  const range = file.lineRange(line);
  const start = text.lastIndexOf('\\', position);
  if (start < range.start) return undefined;
  const rest = text.slice(start, range.end).replace(/\\./g, 'xx');
  return {
    diagnostic: backslashTrap(file, start, Math.min(start + 2, range.end)),
    repair: { start, end: range.end, text: rest },
  };
}

/** A backslash in double quotes, where YAML takes it for an escape. */
export function backslashTrap(file: SourceFile, start: number, end: number): Diagnostic {
  const message = `\`${file.slice(start, end)}\` is an escape, because the value stands in double quotes`;
  return trap(file, 'RF113', start, end, message, 'use single quotes, or none: backslashes are kept there');
}

function reservedStart(file: SourceFile, value: LineValue): Trap | undefined {
  const { start, end, text } = value;
  const repair = mask(start, end);
  const first = text.charAt(0);
  if (first === '*') return { diagnostic: starTrap(file, start, end), repair };
  if (first === '[' || (first === '{' && !/[,:]\s/.test(text)))
    return { diagnostic: openingTrap(file, start, end), repair };
  if (!'%@`|>&!'.includes(first)) return undefined;
  const message = `\`${shown(text)}\` begins with \`${first}\`, which YAML keeps for itself`;
  return { diagnostic: trap(file, 'RF105', start, end, message, quoteHelp(shown(text))), repair };
}

function readAsMap(file: SourceFile, value: LineValue): Trap | undefined {
  const { start, end, text } = value;
  if (!/\S:(?:\s|$)/.test(text) || /^["'{[]/.test(text)) return undefined;
  return { diagnostic: mapTrap(file, start, end), repair: mask(start, end) };
}

function keyWithoutSpace(file: SourceFile, text: string, line: number): Trap | undefined {
  const value = valueOfLine(file, text, line);
  const parts = value && KEY_WITHOUT_SPACE.exec(value.text);
  if (!value || !parts) return undefined;
  const key = parts[1] as string;
  const rest = parts[2] as string;
  const restStart = value.start + key.length + 1;
  return {
    diagnostic: spaceTrap(file, value.start, value.end),
    repair: { start: restStart, end: value.end, text: ` ${'x'.repeat(rest.length - 1)}` },
  };
}

/** `key:value` without the space that YAML needs behind the colon. */
export function spaceTrap(file: SourceFile, start: number, end: number): Diagnostic {
  const value = shown(file.slice(start, end));
  const colon = value.indexOf(':') + 1;
  const message = `\`${value}\` is read as one word: there is no space behind the colon`;
  return trap(file, 'RF108', start, end, message, `write \`${value.slice(0, colon)} ${value.slice(colon)}\``);
}
