/** A template's syntax tree, parsed by Handlebars, and places in it as spans of the template file. */

import Handlebars from 'handlebars';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';

/** A whole template, or a block of one. */
export type Program = hbs.AST.Program;
/** In one union, so that a switch over `type` is complete; all else is refused by `check-template.ts`. */
export type Statement =
  | hbs.AST.MustacheStatement
  | hbs.AST.BlockStatement
  | hbs.AST.PartialStatement
  | hbs.AST.ContentStatement
  | hbs.AST.CommentStatement;
/** What can be an argument. */
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

/** The name of a partial that is used as `{{> name}}`; undefined for a name that is computed, or with arguments. */
export function partialName({ name, params, hash }: hbs.AST.PartialStatement): string | undefined {
  const plain = name.type === 'PathExpression' && params.length === 0 && (hash?.pairs.length ?? 0) === 0;
  return plain ? (name as hbs.AST.PathExpression).original : undefined;
}

/** What Handlebars calls the tokens that it did not expect. */
const TOKENS: Readonly<Record<string, string>> = {
  EOF: 'the template ends here, inside a block',
  INVALID: 'this is not closed, or has a character that cannot stand here',
  CLOSE: 'something is missing before `}}`',
  CLOSE_UNESCAPED: '`}}}` closes what `{{` opened',
  CLOSE_RAW_BLOCK: '`}}}}` closes what `{{` opened',
  INVERSE: '`{{else}}` stands in no block',
  OPEN_ENDBLOCK: 'this block was not opened',
};

/** Handlebars' messages show the line, but no column that holds: the excerpt they count in has no line breaks. */
function syntaxError(file: SourceFile, message: string): Diagnostic {
  const [, opened, closed] = /^(.+) doesn't match (.+) - \d+:\d+$/.exec(message) ?? [];
  const got = /got '(\w+)'/.exec(message)?.[1] ?? '';
  const line = Number(/on line (\d+)/.exec(message)?.[1] ?? / - (\d+):\d+$/.exec(message)?.[1] ?? 1);
  const { start, end } = file.lineRange(line);
  return {
    code: 'RF510',
    severity: 'error',
    span: { file, start, end },
    message: 'the template is not valid Handlebars',
    label: opened
      ? `\`{{#${opened}}}\` is closed by \`{{/${closed}}}\``
      : (TOKENS[got] ?? `unexpected ${got}`),
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
