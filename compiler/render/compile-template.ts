/**
 * Compiles checked templates to JavaScript that joins strings. Handlebars parses them and strips white space; what is
 * made here means the same, is a fifth of the size of Handlebars' own code and faster, and it streams: each top-level
 * `{{#each pass}}` becomes a function of one entry, so that a million entries never stand in one string.
 */

import { SourceFile } from '../diagnostics/source-file.ts';
import { hasSeveralFiles, type TargetDefinition, writtenOutputs } from '../targets/definition.ts';
import {
  type Expression,
  type Program,
  parseTemplate,
  partialName,
  type Statement,
} from '../targets/template-ast.ts';
import type { Runtime } from './template.ts';

/** What the generated code calls each part of the runtime. */
const NAMES: Readonly<Record<keyof Runtime, string>> = {
  helpers: 'h',
  escaped: 'e',
  unescaped: 'u',
  field: 'f',
  isTrue: 't',
  each: 'a',
};

/** All templates of a target as the source of a `TemplateFactory`. */
export function compileTemplates(
  definition: TargetDefinition,
  files: ReadonlyMap<string, SourceFile>,
  helpers: Iterable<string>,
): string {
  const compiler = new TemplateCompiler(files, new Set(helpers));
  const templates: string[] = [];
  const paths: string[] = [];
  const outputs = writtenOutputs(definition);
  // Outputs may share a template, and have passes of the same names then.
  for (const output of new Map(outputs.map((one) => [one.template, one])).values()) {
    const passes = new Set(output.each ? [] : output.passes.map((pass) => pass.name));
    const tree = treeOf(files.get(output.template) as SourceFile);
    templates.push(`${quote(output.template)}:${compiler.pieces(tree, passes)}`);
  }
  for (const file of new Set(outputs.filter(hasSeveralFiles).map((output) => output.file))) {
    paths.push(`${quote(file)}:${compiler.render(treeOf(new SourceFile('target.yaml', file)))}`);
  }
  const runtime = Object.entries(NAMES).map(([name, short]) => `${name}:${short}`);
  const compiled = `{templates:{${templates.join(',\n')}},\npaths:{${paths.join(',\n')}}}`;
  return `({${runtime.join(',')}})=>{\n${compiler.partials.join('')}return ${compiled};}`;
}

function treeOf(file: SourceFile): Program {
  const tree = parseTemplate(file);
  if ('code' in tree) throw new Error(`${file.path}: ${tree.message}`);
  return tree;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** A thing and, in a list, its place there: `v1`, `i1`, `n1` at the first list inside an entry. */
function variablesTo(depth: number): string {
  return Array.from({ length: depth + 1 }, (_, at) => `v${at},i${at},n${at}`).join(',');
}

class TemplateCompiler {
  /** Definitions of the functions of partials; each stands behind those it calls. */
  readonly partials: string[] = [];
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #helpers: ReadonlySet<string>;
  /** The function of a partial by its name and the depth it is used at. */
  readonly #functions = new Map<string, string>();

  constructor(files: ReadonlyMap<string, SourceFile>, helpers: ReadonlySet<string>) {
    this.#files = files;
    this.#helpers = helpers;
  }

  /** The pieces of a template as an array literal. */
  pieces(tree: Program | undefined, passes: ReadonlySet<string>): string {
    const pieces: string[] = [];
    let text: Statement[] = [];
    const flush = () => {
      if (text.length > 0)
        pieces.push(`{type:"text",render:${this.render({ ...(tree as Program), body: text })}}`);
      text = [];
    };
    for (const statement of (tree?.body ?? []) as Statement[]) {
      const pass = statement.type === 'BlockStatement' ? passNamed(statement, passes) : undefined;
      if (pass === undefined) {
        text.push(statement);
        continue;
      }
      flush();
      pieces.push(this.#passPiece(statement as hbs.AST.BlockStatement, pass, passes));
    }
    flush();
    return `[${pieces.join(',\n')}]`;
  }

  #passPiece(block: hbs.AST.BlockStatement, pass: string, passes: ReadonlySet<string>): string {
    const otherwise = this.pieces(block.inverse, passes);
    if (block.path.original === 'each') {
      return `{type:"each",pass:${quote(pass)},render:${this.render(block.program)},otherwise:${otherwise}}`;
    }
    const body = this.pieces(block.program, passes);
    const [full, empty] = block.path.original === 'if' ? [body, otherwise] : [otherwise, body];
    return `{type:"if",pass:${quote(pass)},body:${full},otherwise:${empty}}`;
  }

  /** A function of a view, or of an entry and its place in the pass. */
  render(tree: Program): string {
    return `(v0,i0,n0)=>${this.#program(tree, 0)}`;
  }

  /** The text of a program as an expression. */
  #program(tree: Program | undefined, depth: number): string {
    const parts = ((tree?.body ?? []) as Statement[]).map((statement) => this.#statement(statement, depth));
    const texts = parts.filter((part) => part !== '' && part !== '""');
    return texts.length > 0 ? texts.join('+') : '""';
  }

  #statement(statement: Statement, depth: number): string {
    switch (statement.type) {
      case 'ContentStatement':
        return quote(statement.value);
      case 'MustacheStatement':
        return `${statement.escaped ? NAMES.escaped : NAMES.unescaped}(${this.#call(statement as never, depth)})`;
      case 'BlockStatement':
        return this.#block(statement, depth);
      case 'PartialStatement':
        // Blanks before a partial on a line of its own stand once, not before each of its lines.
        return `${quote(statement.indent)}+${this.#partial(partialName(statement) as string, depth)}`;
      case 'CommentStatement':
        return '';
    }
  }

  #block(block: hbs.AST.BlockStatement, depth: number): string {
    const subject = this.#expression(block.params[0] as Expression, depth);
    const otherwise = this.#program(block.inverse, depth);
    if (block.path.original === 'each') {
      const inner = depth + 1;
      const item = this.#program(block.program, inner);
      return `${NAMES.each}(${subject},(v${inner},i${inner},n${inner})=>${item},()=>${otherwise})`;
    }
    const body = this.#program(block.program, depth);
    const [yes, no] = block.path.original === 'if' ? [body, otherwise] : [otherwise, body];
    return `(${NAMES.isTrue}(${subject})?${yes}:${no})`;
  }

  /** A call of the partial's function, which knows all names that are known where it is used. */
  #partial(name: string, depth: number): string {
    const key = `${name} ${depth}`;
    let made = this.#functions.get(key);
    if (made === undefined) {
      const body = this.#program(treeOf(this.#files.get(`${name}.hbs`) as SourceFile), depth);
      made = `p${this.#functions.size}`;
      this.#functions.set(key, made);
      this.partials.push(`const ${made}=(${variablesTo(depth)})=>${body};\n`);
    }
    return `${made}(${variablesTo(depth)})`;
  }

  /** A mustache or a sub-expression: a helper with its arguments, or a value. */
  #call(node: { path: hbs.AST.PathExpression; params: Expression[] }, depth: number): string {
    if (!this.#helpers.has(node.path.original)) return this.#expression(node.path as Expression, depth);
    const params = node.params.map((param) => this.#expression(param, depth));
    return `${NAMES.helpers}[${quote(node.path.original)}](${params.join(',')})`;
  }

  #expression(node: Expression, depth: number): string {
    if (node.type === 'SubExpression') return this.#call(node as never, depth);
    if (node.type === 'PathExpression') return node.data ? dataOf(node, depth) : pathOf(node, depth);
    return 'value' in node ? quote(node.value as never) : 'undefined';
  }
}

/** `@index`, `@first` and `@last` of the list around, or of the list around that: `@../index`. */
function dataOf({ parts, depth: up }: hbs.AST.PathExpression, depth: number): string {
  const at = depth - up;
  if (parts[0] === 'index') return `i${at}`;
  return parts[0] === 'first' ? `(i${at}===0)` : `(i${at}===n${at}-1)`;
}

function pathOf({ parts, depth: up }: hbs.AST.PathExpression, depth: number): string {
  return parts.reduce((thing, part) => `${NAMES.field}(${thing},${quote(part)})`, `v${depth - up}`);
}

/** The pass that a block's subject names, if it does. */
function passNamed(block: hbs.AST.BlockStatement, passes: ReadonlySet<string>): string | undefined {
  const [subject] = block.params;
  if (subject?.type !== 'PathExpression') return undefined;
  const name = (subject as hbs.AST.PathExpression).original;
  return passes.has(name) ? name : undefined;
}
