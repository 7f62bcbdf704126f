/**
 * Turns checked templates into functions that stream: each top-level `{{#each pass}}` becomes a loop that renders
 * one entry at a time, so that a million entries never stand in one string. Handlebars compiles the pieces.
 */

import Handlebars from 'handlebars';
import { SourceFile } from '../diagnostics/source-file.ts';
import type { TargetDefinition } from '../targets/definition.ts';
import { type Program, parseTemplate, partialName, type Statement } from '../targets/template-ast.ts';
import { type CompiledTemplates, ESCAPE_HELPER, type Piece } from './template.ts';

/** Wraps `{{x}}` as `{{__escape x}}`, throughout the tree. `{{{x}}}` stays as it is. */
class EscapeAll extends Handlebars.Visitor {
  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) return;
    const { path, params, hash, loc } = mustache;
    const inner = params.length > 0 ? { type: 'SubExpression', path, params, hash, loc } : path;
    mustache.params = [inner as hbs.AST.Expression];
    const original = ESCAPE_HELPER;
    mustache.path = {
      type: 'PathExpression',
      data: false,
      depth: 0,
      parts: [original],
      original,
      loc,
    } as hbs.AST.PathExpression;
  }
}

/** Compiles all templates of a target to JavaScript source. */
export function compileTemplates(
  definition: TargetDefinition,
  files: ReadonlyMap<string, SourceFile>,
  helpers: Iterable<string>,
): CompiledTemplates<string> {
  const compiler = new TemplateCompiler(helpers);
  const templates: Record<string, Piece<string>[]> = {};
  const partials: Record<string, string> = {};
  const paths: Record<string, string> = {};
  for (const output of definition.outputs) {
    const passes = new Set(output.each ? [] : output.passes.map((pass) => pass.name));
    templates[output.template] = compiler.pieces(
      compiler.tree(files.get(output.template) as SourceFile),
      passes,
    );
    if (output.each)
      paths[output.file] = compiler.code(compiler.tree(new SourceFile('target.yaml', output.file)));
  }
  // Only what is used was checked. Compiling a partial may find others.
  for (const name of compiler.partials) {
    partials[name] = compiler.code(compiler.tree(files.get(`${name}.hbs`) as SourceFile));
  }
  return { templates, partials, paths };
}

/** Finds the partials that a tree uses. */
class PartialNames extends Handlebars.Visitor {
  readonly #names: Set<string>;

  constructor(names: Set<string>) {
    super();
    this.#names = names;
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    const name = partialName(partial);
    if (name !== undefined) this.#names.add(name);
  }
}

class TemplateCompiler {
  /** Names of the partials that the trees read so far use, in the order they are found. */
  readonly partials = new Set<string>();
  /** Helpers are always called as such, never looked up in the entry: an entry has no functions. */
  readonly #knownHelpers: Record<string, boolean>;

  constructor(helpers: Iterable<string>) {
    this.#knownHelpers = Object.fromEntries([...helpers, ESCAPE_HELPER].map((name) => [name, true]));
  }

  tree(file: SourceFile): Program {
    const tree = parseTemplate(file);
    if ('code' in tree) throw new Error(`${file.path}: ${tree.message}`);
    new PartialNames(this.partials).accept(tree);
    new EscapeAll().accept(tree);
    return tree;
  }

  pieces(tree: Program | undefined, passes: ReadonlySet<string>): Piece<string>[] {
    if (!tree) return [];
    const pieces: Piece<string>[] = [];
    let text: Statement[] = [];
    const flush = () => {
      if (text.length > 0) pieces.push({ type: 'text', code: this.code({ ...tree, body: text }) });
      text = [];
    };
    for (const statement of tree.body as Statement[]) {
      const pass = statement.type === 'BlockStatement' ? passNamed(statement, passes) : undefined;
      if (pass === undefined) {
        text.push(statement);
        continue;
      }
      flush();
      pieces.push(this.#block(statement as hbs.AST.BlockStatement, pass, passes));
    }
    flush();
    return pieces;
  }

  #block(block: hbs.AST.BlockStatement, pass: string, passes: ReadonlySet<string>): Piece<string> {
    const otherwise = this.pieces(block.inverse, passes);
    if (block.path.original === 'each')
      return { type: 'each', pass, code: this.code(block.program), otherwise };
    const body = this.pieces(block.program, passes);
    if (block.path.original === 'unless') return { type: 'if', pass, body: otherwise, otherwise: body };
    return { type: 'if', pass, body, otherwise };
  }

  /** Handlebars' two stages, without its own parse, which would strip whitespace a second time. */
  code(tree: Program): string {
    const { Compiler, JavaScriptCompiler } = Handlebars as unknown as {
      Compiler: new () => { compile(tree: Program, options: object): unknown };
      JavaScriptCompiler: new () => { compile(environment: unknown, options: object): string };
    };
    // Both stages write into the options they are given.
    const knownHelpers = { ...this.#knownHelpers };
    const options = { knownHelpers, knownHelpersOnly: true, noEscape: true, preventIndent: true, data: true };
    return new JavaScriptCompiler().compile(new Compiler().compile(tree, options), options);
  }
}

/** The pass that a block's subject names, if it does. */
function passNamed(block: hbs.AST.BlockStatement, passes: ReadonlySet<string>): string | undefined {
  const [subject] = block.params;
  if (subject?.type !== 'PathExpression') return undefined;
  const name = (subject as hbs.AST.PathExpression).original;
  return passes.has(name) ? name : undefined;
}
