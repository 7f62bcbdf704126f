/**
 * Diagnostics as workflow commands of GitHub Actions, which become annotations of the pull request.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */

import { CODES } from './codes.ts';
import type { Diagnostic, Severity, Span } from './diagnostic.ts';
import { countSeverities, positionsOf, wordsOf } from './place.ts';
import { visible } from './visible.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };
const ORDER = ['error', 'warning', 'hint'] as const;

/** So many annotations of each level are shown of one step; the others stand in its log alone. */
const MOST_SHOWN = 10;

/** A command a line, errors first. Where GitHub will not show them all, the first line says how many there are. */
export function printGithub(diagnostics: readonly Diagnostic[]): string {
  const ordered = ORDER.flatMap((severity) => diagnostics.filter((one) => one.severity === severity));
  return [...overflow(diagnostics), ...ordered.map(commandOf)].map((line) => `${line}\n`).join('');
}

function commandOf(diagnostic: Diagnostic): string {
  const { code, severity, span } = diagnostic;
  const title = `${code} ${CODES[code].name}`;
  return command(COMMANDS[severity], { ...(span && placeOf(span)), title }, wordsOf(diagnostic));
}

/** Columns only within one line: GitHub refuses them for several. They count characters, the end is exclusive. */
function placeOf(span: Span): Record<string, string | number> {
  const { start, end } = positionsOf(span);
  const file = visible(span.file.path);
  if (start.line !== end.line) return { file, line: start.line, endLine: end.line };
  return { file, line: start.line, col: start.column, endLine: end.line, endColumn: end.column };
}

function overflow(diagnostics: readonly Diagnostic[]): string[] {
  const counts = countSeverities(diagnostics);
  if (ORDER.every((severity) => counts[severity] <= MOST_SHOWN)) return [];
  const { error, warning, hint } = counts;
  const all = `${error} errors, ${warning} warnings and ${hint} hints`;
  const words = `${all}: GitHub shows the first ${MOST_SHOWN} of each, the log of this step has all`;
  return [command('notice', { title: 'Refang' }, words)];
}

function command(name: string, properties: Readonly<Record<string, string | number>>, data: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${pairs.join(',')}::${escapeData(data)}`;
}

/** Of what GitHub reads back: `%` first, or it would escape the escapes. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
