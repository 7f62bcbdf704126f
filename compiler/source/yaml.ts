/** Reads YAML 1.2 into a tree that knows the place of every key and scalar. Built on the events of js-yaml. */

import { parseEvents, YAMLException } from 'js-yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import { trapOfSyntaxError } from './yaml-traps.ts';
import type { Node } from './yaml-tree.ts';
import { type Range, TreeBuilder } from './yaml-tree-builder.ts';

/** What reading a file gives. */
export interface YamlResult {
  /** Absent where the file is empty or could not be read. */
  root: Node | undefined;
  diagnostics: Diagnostic[];
}

/** So deep may lists and maps stand in one another. */
const MOST_DEPTH = 64;

/** How many mends are tried on one file, each at the cost of a new parse. */
const MOST_REPAIRS = 25;

/** Characters that YAML does not allow in a file (YAML 1.2, 5.1). `u`: half a surrogate pair, not a whole one. */
const CONTROL_CHARACTER =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uD800-\uDFFF\uFFFE\uFFFF]/u;

/** A line break of YAML, but not of the parts that files are read in. */
const LONE_RETURN = /\r(?!\n)/;

/**
 * Reads one YAML document. Anchors, aliases, tags, merge keys, doubled keys and further documents are refused. Where a
 * known trap of YAML made the parser fail, the trap is told instead of the syntax error, and reading goes on behind it.
 */
export function parseYaml(file: SourceFile): YamlResult {
  const control = CONTROL_CHARACTER.exec(file.text);
  if (control) return { root: undefined, diagnostics: [controlCharacter(file, control.index)] };

  const diagnostics: Diagnostic[] = [];
  const repaired: Range[] = [];
  let text = file.text;
  for (;;) {
    try {
      const events = parseEvents(text, { maxDepth: MOST_DEPTH });
      return { root: new TreeBuilder(file, text, repaired, diagnostics).build(events), diagnostics };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const position = Math.min(error.mark?.position ?? 0, text.length);
      const trap = trapOfSyntaxError(file, text, position, error.reason);
      diagnostics.push(trap?.diagnostic ?? syntaxError(file, position, error.reason));
      if (!trap?.repair || repaired.length >= MOST_REPAIRS) return { root: undefined, diagnostics };
      const { start, end, text: replacement } = trap.repair;
      text = text.slice(0, start) + replacement + text.slice(end);
      repaired.push({ start, end });
    }
  }
}

/** The tree of a text that may be a part of a file, of which the parser has nothing to tell. Undefined for any other. */
export function parseClean(text: string): Node | undefined {
  const file = new SourceFile('', text);
  // Inside of a file a byte order mark is a character.
  if (file.text !== text) return undefined;
  const diagnostics: Diagnostic[] = [];
  try {
    // A part stands at least one level deeper in its file.
    const events = parseEvents(text, { maxDepth: MOST_DEPTH - 1 });
    const root = new TreeBuilder(file, text, [], diagnostics).build(events);
    return diagnostics.length === 0 ? root : undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return undefined;
  }
}

/** Whether a text that may be a part of a file holds what YAML allows, and ends no line with a lone CR. */
export function isOfLines(text: string): boolean {
  return !CONTROL_CHARACTER.test(text) && !(text.includes('\r') && LONE_RETURN.test(text));
}

function controlCharacter(file: SourceFile, at: number): Diagnostic {
  const code = file.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    code: 'RF121',
    severity: 'error',
    span: { file, start: at, end: at + 1 },
    message: `the file holds the control character U+${code}`,
  };
}

function syntaxError(file: SourceFile, position: number, reason: string): Diagnostic {
  const { line } = file.position(position);
  const range = file.lineRange(line);
  const start = Math.min(position, range.end);
  const word = /^\S+/.exec(file.text.slice(start, range.end))?.[0] ?? '';
  return {
    code: 'RF101',
    severity: 'error',
    span: { file, start, end: start + word.length },
    message: reason,
  };
}
