/**
 * Compiles checked templates to JavaScript that joins strings. Handlebars parses them and strips white space; what is
 * made here means the same, is smaller than Handlebars' own code and many times faster, and it streams: each top-level
 * `{{#each pass}}` becomes a function of one entry, so that a million entries never stand in one string. What such a
 * function says of many entries alike it says once: see `sharing.ts`.
 */

import { SourceFile } from '../diagnostics/source-file.ts';
import {
  hasSeveralFiles,
  type Output,
  type Pass,
  type TargetDefinition,
  writtenOutputs,
} from '../targets/definition.ts';
import type { Program, Statement } from '../targets/template-ast.ts';
import { ANYWHERE, entryFrame, type Frame, IN_NUMBERED_FILE, TOP } from './sharing.ts';
import type { Callable } from './template-expression.ts';
import { NAMES, ProgramCode, treeOf } from './template-program.ts';

/** All templates of a target as the source of a `TemplateFactory`. */
export function compileTemplates(
  definition: TargetDefinition,
  files: ReadonlyMap<string, SourceFile>,
  callable: Callable,
): string {
  const compiler = new TemplateCompiler(definition, files, callable);
  const templates: string[] = [];
  const paths: string[] = [];
  const written = writtenOutputs(definition);
  for (const name of new Set(written.map(({ template }) => template))) {
    const outputs = written.filter(({ template }) => template === name);
    templates.push(`${quote(name)}:${compiler.template(name, outputs)}`);
  }
  for (const file of new Set(written.filter(hasSeveralFiles).map((output) => output.file))) {
    paths.push(`${quote(file)}:${compiler.path(file)}`);
  }
  const runtime = Object.entries(NAMES).map(([name, short]) => `${name}:${short}`);
  const compiled = `{templates:{${templates.join(',\n')}},\npaths:{${paths.join(',\n')}}}`;
  return `({${runtime.join(',')}})=>{\n${compiler.definitions()}return ${compiled};}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

class TemplateCompiler {
  /** Whether the target's rules have identities. */
  readonly #identifies: boolean;
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #programs: ProgramCode;

  constructor({ identity }: TargetDefinition, files: ReadonlyMap<string, SourceFile>, callable: Callable) {
    this.#identifies = identity !== undefined;
    this.#files = files;
    this.#programs = new ProgramCode(files, callable);
  }

  /** What the templates call, and their functions. */
  definitions(): string {
    return this.#programs.definitions();
  }

  /** A template as an object literal. Outputs that share one have passes of the same names. */
  template(name: string, outputs: readonly Output[]): string {
    const tree = treeOf(this.#files.get(name) as SourceFile);
    const passes = outputs.flatMap((output) => output.passes);
    const fragments = new Map<string, number>();
    const pieces = outputs.some(({ each }) => each === undefined)
      ? this.#pieces(tree, framesOf(passes), fragments)
      : `[${this.#text(tree, commonFrame(passes), fragments)}]`;
    return `{pieces:${pieces},fragments:${fragments.size}}`;
  }

  /** The path of a file, as a function of a view. */
  path(file: string): string {
    const tree = treeOf(new SourceFile('target.yaml', file));
    return `(v0,i0,n0)=>${this.#programs.program(tree, { frames: [TOP], fragments: undefined })}`;
  }

  #pieces(
    tree: Program | undefined,
    passes: ReadonlyMap<string, Frame>,
    fragments: Map<string, number>,
  ): string {
    const pieces: string[] = [];
    let text: Statement[] = [];
    const flush = () => {
      if (text.length > 0) pieces.push(this.#text({ ...(tree as Program), body: text }, TOP, fragments));
      text = [];
    };
    for (const statement of (tree?.body ?? []) as Statement[]) {
      const pass = statement.type === 'BlockStatement' ? passNamed(statement, passes) : undefined;
      if (pass === undefined) {
        text.push(statement);
        continue;
      }
      flush();
      pieces.push(this.#passPiece(statement as hbs.AST.BlockStatement, pass, passes, fragments));
    }
    flush();
    return `[${pieces.join(',\n')}]`;
  }

  #text(tree: Program, frame: Frame, fragments: Map<string, number>): string {
    return `{type:"text",${this.#body(tree, frame, fragments)}}`;
  }

  #passPiece(
    block: hbs.AST.BlockStatement,
    pass: string,
    passes: ReadonlyMap<string, Frame>,
    fragments: Map<string, number>,
  ): string {
    const otherwise = this.#pieces(block.inverse, passes, fragments);
    if (block.path.original === 'each') {
      const body = this.#body(block.program, passes.get(pass) as Frame, fragments);
      const names = (frame: Frame) => !this.#programs.isShared(block.program, frame);
      const flags = `placed:${names(ANYWHERE)},numbered:${names(IN_NUMBERED_FILE)}`;
      return `{type:"each",pass:${quote(pass)},${flags},${body},otherwise:${otherwise}}`;
    }
    const body = this.#pieces(block.program, passes, fragments);
    const [full, empty] = block.path.original === 'if' ? [body, otherwise] : [otherwise, body];
    return `{type:"if",pass:${quote(pass)},body:${full},otherwise:${empty}}`;
  }

  /** A function of a view, or of an entry and its place in the pass: a `Body`. */
  #body(tree: Program, frame: Frame, fragments: Map<string, number>): string {
    const place = { frames: [frame], fragments };
    return this.#identifies && frame.identity
      ? `prepare:(v0,i0,n0)=>${this.#programs.prepared(tree, place)}`
      : `render:(v0,i0,n0)=>${this.#programs.program(tree, place)}`;
  }
}

/** What is known of the entries of each pass, by its name. */
function framesOf(passes: readonly Pass[]): Map<string, Frame> {
  const names = new Set(passes.map(({ name }) => name));
  return new Map(
    Array.from(names, (name) => [name, commonFrame(passes.filter((pass) => pass.name === name))] as const),
  );
}

/** The frame of the entries of some passes; of such as are not alike only what every entry has. */
function commonFrame(passes: readonly Pass[]): Frame {
  const [first] = passes;
  const alike = passes.every(
    ({ group, merge, identity }) =>
      group === first?.group && merge === first?.merge && identity === first?.identity,
  );
  return first && alike ? entryFrame(first) : TOP;
}

/** The pass that a block's subject names, if it does. */
function passNamed(block: hbs.AST.BlockStatement, passes: ReadonlyMap<string, Frame>): string | undefined {
  const [subject] = block.params;
  if (subject?.type !== 'PathExpression') return undefined;
  const name = (subject as hbs.AST.PathExpression).original;
  return passes.has(name) ? name : undefined;
}
