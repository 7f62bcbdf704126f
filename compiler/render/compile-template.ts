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
import {
  type Expression,
  type Program,
  parseTemplate,
  partialName,
  type Statement,
} from '../targets/template-ast.ts';
import {
  ANYWHERE,
  entryFrame,
  type Frame,
  IN_NUMBERED_FILE,
  itemFrame,
  RULE,
  Sharing,
  TOP,
} from './sharing.ts';
import type { Runtime } from './template.ts';
import { ExpressionCode, variablesTo } from './template-expression.ts';

/** What the generated code calls each part of the runtime. */
export const NAMES: Readonly<Record<keyof Runtime, string>> = {
  helpers: 'h',
  places: 'l',
  text: 'x',
  escaped: 'e',
  unescaped: 'u',
  field: 'f',
  isTrue: 't',
  each: 'a',
  members: 'm',
  flat: 's',
};

/** What templates can call: helpers, and the places of the target's languages. */
export interface Callable {
  helpers: ReadonlySet<string>;
  places: ReadonlySet<string>;
}

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

function treeOf(file: SourceFile): Program {
  const tree = parseTemplate(file);
  if ('code' in tree) throw new Error(`${file.path}: ${tree.message}`);
  return tree;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Strings to be joined: what the template says as it is, and what is computed. */
class Joined {
  #code = '';
  #text = '';

  text(text: string): void {
    this.#text += text;
  }

  code(code: string): void {
    if (code === '""') return;
    this.#flush();
    this.#append(code);
  }

  /** An expression. */
  toString(): string {
    this.#flush();
    return this.#code || '""';
  }

  #flush(): void {
    if (this.#text !== '') this.#append(quote(this.#text));
    this.#text = '';
  }

  #append(code: string): void {
    this.#code += this.#code === '' ? code : `+${code}`;
  }
}

/** Where code is made. */
interface Place {
  /** The things around, outermost first. */
  frames: readonly Frame[];
  /** The numbers of the template's fragments by the names of their functions or their code; undefined inside of a fragment. */
  fragments: Map<string, number> | undefined;
}

class TemplateCompiler {
  /** Whether the target's rules have identities. */
  readonly #identifies: boolean;
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #expressions: ExpressionCode;
  readonly #isHelper: (name: string) => boolean;
  readonly #trees = new Map<string, Program>();
  /** Definitions of functions; each stands behind those it calls. */
  readonly #functions: string[] = [];
  /** The names of partials' functions by name and depth, and of fragments' functions by their code. */
  readonly #names = new Map<string, string>();

  constructor({ identity }: TargetDefinition, files: ReadonlyMap<string, SourceFile>, callable: Callable) {
    this.#identifies = identity !== undefined;
    this.#files = files;
    this.#expressions = new ExpressionCode(callable, NAMES);
    this.#isHelper = (name) => callable.helpers.has(name) || callable.places.has(name);
  }

  /** What the templates call, and their functions. */
  definitions(): string {
    return this.#expressions.definitions() + this.#functions.join('');
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
    return `(v0,i0,n0)=>${this.#program(tree, { frames: [TOP], fragments: undefined })}`;
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
      const names = (frame: Frame) => this.#runs(block.program, [frame]).some(({ shared }) => !shared);
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
      ? `prepare:(v0,i0,n0)=>${this.#prepared(tree, place)}`
      : `render:(v0,i0,n0)=>${this.#program(tree, place)}`;
  }

  /** What a rule says whatever its identity is as constants, and a function that puts that between them. */
  #prepared(tree: Program, place: Place): string {
    const constants: string[] = [];
    const joined = new Joined();
    for (const { shared, run } of this.#runs(tree, [RULE])) {
      if (!shared || run.every(isText)) {
        for (const statement of run) this.#statement(statement, place, joined);
        continue;
      }
      const name = `k${constants.length}`;
      constants.push(`const ${name}=${this.#program({ body: run } as never, place)};`);
      joined.code(name);
    }
    return `{${constants.join('')}return()=>${joined}}`;
  }

  /** The text of a program as an expression: runs of what is shared become fragments. */
  #program(tree: Program | undefined, place: Place): string {
    const { frames, fragments } = place;
    const joined = new Joined();
    const owner = frames.findLastIndex((frame) => frame.fragments);
    if (!fragments || owner < 0) {
      for (const statement of statementsOf(tree)) this.#statement(statement, place, joined);
      return joined.toString();
    }
    for (const { shared, run } of this.#runs(tree, frames)) {
      if (shared) this.#run(run, place, owner, joined);
      else for (const statement of run) this.#statement(statement, place, joined);
    }
    return joined.toString();
  }

  /** The statements of a program, those that are shared as far as they follow one another. */
  #runs(tree: Program | undefined, frames: readonly Frame[]): { shared: boolean; run: Statement[] }[] {
    const sharing = this.#sharing(frames);
    const runs: { shared: boolean; run: Statement[] }[] = [];
    for (const statement of this.#inlined(statementsOf(tree), sharing)) {
      const shared = sharing.statement(statement);
      const last = runs.at(-1);
      if (last?.shared === shared) last.run.push(statement);
      else runs.push({ shared, run: [statement] });
    }
    return runs;
  }

  #sharing(frames: readonly Frame[]): Sharing {
    return new Sharing(frames, this.#isHelper, (partial) => this.#partial(partial));
  }

  /** Statements, with those of partials that are not shared as a whole in place of them: parts of them may be. */
  #inlined(statements: readonly Statement[], sharing: Sharing): Statement[] {
    return statements.flatMap((statement) => {
      if (statement.type !== 'PartialStatement' || sharing.statement(statement)) return [statement];
      const indent = { type: 'ContentStatement', value: statement.indent } as hbs.AST.ContentStatement;
      return [indent, ...this.#inlined(statementsOf(this.#partial(statement)), sharing)];
    });
  }

  /** A run of what is shared: a fragment of the view that has them, between the text at its ends. */
  #run(run: readonly Statement[], { frames, fragments }: Place, owner: number, joined: Joined): void {
    const first = run.findIndex((statement) => !isText(statement));
    const end = run.findLastIndex((statement) => !isText(statement)) + 1;
    const inside = { frames, fragments: undefined };
    if (end === 0) {
      for (const statement of run) this.#statement(statement, inside, joined);
      return;
    }
    for (const statement of run.slice(0, first)) this.#statement(statement, inside, joined);
    const code = this.#program({ body: run.slice(first, end) } as never, inside);
    const variables = variablesTo(frames.length - 1);
    const key = `${variables} ${code}`;
    const name = this.#names.get(key) ?? this.#define(key, 'q', `(${variables})=>${code}`);
    joined.code(
      remembered(owner, fragments as Map<string, number>, name, `${NAMES.flat}(${name}(${variables}))`),
    );
    for (const statement of run.slice(end)) this.#statement(statement, inside, joined);
  }

  #define(key: string, letter: string, code: string): string {
    const name = letter + this.#names.size;
    this.#names.set(key, name);
    this.#functions.push(`const ${name}=${code};\n`);
    return name;
  }

  #statement(statement: Statement, place: Place, joined: Joined): void {
    switch (statement.type) {
      case 'ContentStatement':
        joined.text(statement.value);
        return;
      case 'MustacheStatement':
        joined.code(this.#expressions.mustache(statement, place.frames.length - 1));
        return;
      case 'BlockStatement':
        joined.code(this.#block(statement, place));
        return;
      case 'PartialStatement':
        // Blanks before a partial on a line of its own stand once, not before each of its lines.
        joined.text(statement.indent);
        joined.code(this.#partialCall(partialName(statement) as string, place.frames));
        return;
      case 'CommentStatement':
    }
  }

  #block(block: hbs.AST.BlockStatement, place: Place): string {
    const [subject] = block.params as [Expression];
    const depth = place.frames.length - 1;
    const otherwise = this.#program(block.inverse, place);
    if (block.path.original === 'each') {
      const inner = depth + 1;
      const frame = itemFrame(subject, place.frames);
      const item = this.#program(block.program, { ...place, frames: [...place.frames, frame] });
      const list = frame.fragments
        ? `${NAMES.members}(${this.#expressions.owner(subject as hbs.AST.PathExpression, depth)}`
        : `${NAMES.each}(${this.#expressions.value(subject, depth)}`;
      const empty = otherwise === '""' ? '' : `,()=>${otherwise}`;
      return `${list},(v${inner},i${inner},n${inner})=>${item}${empty})`;
    }
    const body = this.#program(block.program, place);
    const [yes, no] = block.path.original === 'if' ? [body, otherwise] : [otherwise, body];
    return `(${this.#condition(subject, place)}?${yes}:${no})`;
  }

  /** Whether a condition holds: one that is shared is asked once for all that share it. */
  #condition(subject: Expression, { frames, fragments }: Place): string {
    const code = this.#expressions.condition(subject, frames.length - 1);
    const owner = frames.findLastIndex((frame) => frame.fragments);
    if (!fragments || owner < 0 || !this.#sharing(frames).expression(subject)) return code;
    return remembered(owner, fragments, code, code);
  }

  /** A call of the partial's function, which knows all names that are known where it is used. */
  #partialCall(name: string, frames: readonly Frame[]): string {
    const variables = variablesTo(frames.length - 1);
    const key = `${name} ${frames.length}`;
    const code = () => this.#program(this.#tree(name), { frames, fragments: undefined });
    return `${this.#names.get(key) ?? this.#define(key, 'p', `(${variables})=>${code()}`)}(${variables})`;
  }

  #partial(statement: hbs.AST.PartialStatement): Program {
    return this.#tree(partialName(statement) as string);
  }

  #tree(name: string): Program {
    let tree = this.#trees.get(name);
    if (!tree) {
      tree = treeOf(this.#files.get(`${name}.hbs`) as SourceFile);
      this.#trees.set(name, tree);
    }
    return tree;
  }
}

/** What is made by some code when it is first asked for; by its key it has a number among a template's fragments. */
function remembered(owner: number, fragments: Map<string, number>, key: string, code: string): string {
  if (!fragments.has(key)) fragments.set(key, fragments.size);
  return `(v${owner}.$[${fragments.get(key)}]??=${code})`;
}

function isText({ type }: Statement): boolean {
  return type === 'ContentStatement' || type === 'CommentStatement';
}

function statementsOf(tree: Program | undefined): Statement[] {
  return (tree?.body ?? []) as Statement[];
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
