/** A template's syntax tree, parsed by Handlebars, and places in it as spans of the template file. */

import Handlebars from 'handlebars';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';

/** The nodes of Handlebars' tree, in one union so that a switch over `type` is complete. */
export type Program = hbs.AST.Program;
export type Statement =
  | hbs.AST.MustacheStatement
  | hbs.AST.BlockStatement
  | hbs.AST.PartialStatement
  | hbs.AST.ContentStatement
  | hbs.AST.CommentStatement;
export type Expression =
  | hbs.AST.PathExpression
  | hbs.AST.SubExpression
  | hbs.AST.StringLiteral
  | hbs.AST.NumberLiteral
  | hbs.AST.BooleanLiteral;

/** The span of a node in its template. */
export function spanOf(file: SourceFile, node: hbs.AST.Node): Span {
  const offset = (at: hbs.AST.Position) => file.lineRange(at.line).start + at.column;
  return { file, start: offset(node.loc.start), end: offset(node.loc.end) };
}

/** Handlebars' messages show the place as a line number and a dashed pointer below an excerpt. */
function syntaxError(file: SourceFile, message: string): Diagnostic {
  const line = Number(/on line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+$/.exec(message)?.[1] ?? 1);
  const { start, end } = file.lineRange(line);
  const expected = /Expecting .*/.exec(message)?.[0] ?? message.split('\n')[0] ?? message;
  return {
    code: 'RF510',
    severity: 'error',
    span: { file, start, end },
    message: 'the template is not valid Handlebars',
    label: expected.replace(/ - \d+:\d+$/, ''),
    help: 'check that every `{{#…}}` has its `{{/…}}` and that a `}` of the text does not follow `}}` at once',
  };
}

/** Parses a template; a syntax error comes back as the diagnostic. */
export function parseTemplate(file: SourceFile): Program | Diagnostic {
  try {
    return Handlebars.parse(file.text);
  } catch (error) {
    return syntaxError(file, error instanceof Error ? error.message : String(error));
  }
}
