/** Programs of templates, what stands in an entry or around entries, as JavaScript expressions. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import {
  type Expression,
  type Program,
  parseTemplate,
  partialName,
  type Statement,
} from '../targets/template-ast.ts';
import { Joined } from './joined.ts';
import { ANYWHERE, type Frame, ITEM, itemFrame, RULE, Sharing } from './sharing.ts';
import type { Runtime } from './template.ts';
import { type Callable, ExpressionCode, variablesTo } from './template-expression.ts';

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
  holed: 'w',
};

/** A checked template, parsed. */
export function treeOf(file: SourceFile): Program {
  const tree = parseTemplate(file);
  if ('code' in tree) throw new Error(`${file.path}: ${tree.message}`);
  return tree;
}

/** Where code is made. */
export interface Place {
  /** The things around, outermost first. */
  frames: readonly Frame[];
  /** The numbers of the template's fragments by the names of their functions or their code; undefined inside of a fragment. */
  fragments: Map<string, number> | undefined;
  /** In a list of a rule of which all but its identity is rendered at once: what is left open. */
  hole?: Hole;
}

/** What a hole is called inside of a list that has some. */
const MARK = 'o';

/** The one thing that is left open in a list, wherever it stands there. */
class Hole {
  /** What fills it; undefined while there is none. */
  code: string | undefined;
  /** Whether the list depends on the identity in another way as well. */
  impossible = false;

  /** Leaves open what is made by some code, if nothing else is. */
  leave(code: string): void {
    if (this.code !== undefined && this.code !== code) this.impossible = true;
    this.code = code;
  }
}

/** Makes code of programs; keeps the functions that it calls. */
export class ProgramCode {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #expressions: ExpressionCode;
  readonly #isHelper: (name: string) => boolean;
  readonly #trees = new Map<string, Program>();
  /** Definitions of functions; each stands behind those it calls. */
  readonly #functions: string[] = [];
  /** The names of partials' functions by name and depth, and of fragments' functions by their code. */
  readonly #names = new Map<string, string>();

  constructor(files: ReadonlyMap<string, SourceFile>, callable: Callable) {
    this.#files = files;
    this.#expressions = new ExpressionCode(callable, NAMES);
    this.#isHelper = (name) => callable.helpers.has(name) || callable.places.has(name);
  }

  /** What the programs call, and their functions. */
  definitions(): string {
    return this.#expressions.definitions() + this.#functions.join('');
  }

  /** Whether a program names nothing that is not shared. */
  isShared(tree: Program, frame: Frame): boolean {
    return this.#runs(tree, [frame]).every(({ shared }) => shared);
  }

  /** What a rule says whatever its identity is as constants, and a function that puts that between them. */
  prepared(tree: Program, place: Place): string {
    const constants: string[] = [];
    const joined = new Joined();
    const constant = (code: string) => {
      const name = `k${constants.length}`;
      constants.push(`const ${name}=${code};`);
      return name;
    };
    for (const { shared, run } of this.#runs(tree, [RULE])) {
      if (!shared || run.every(isText)) {
        for (const statement of run) {
          const holed = this.#holed(statement, place);
          if (!holed) this.#statement(statement, place, joined);
          else joined.code(`${constant(`${NAMES.holed}(${MARK}=>${holed.list})`)}(${holed.hole})`);
        }
        continue;
      }
      joined.code(constant(`${NAMES.flat}(${this.program({ body: run } as never, place)})`));
    }
    return `{${constants.join('')}return()=>${joined}}`;
  }

  /** A list that shows the rule's identity, always in the same way and apart from all else: rendered at once but for that. */
  #holed(statement: Statement, place: Place): { list: string; hole: string } | undefined {
    if (statement.type !== 'BlockStatement' || statement.path.original !== 'each') return undefined;
    const hole = new Hole();
    const list = this.#block(statement, { ...place, hole });
    return hole.impossible || hole.code === undefined ? undefined : { list, hole: hole.code };
  }

  /** Whether what stands in a list of a rule is the same whatever the rule's identity is. */
  #isConstant(statement: Statement, { frames }: Place): boolean {
    return this.#sharing([RULE]).statement(statement, frames.length - 1);
  }

  /** Whether a statement names only what the rule itself knows, and so could stand outside of the list. */
  #isOutermost(statement: Statement, { frames }: Place): boolean {
    return this.#sharing([ANYWHERE, ...frames.slice(1).map(() => ITEM)]).statement(statement);
  }

  /** The text of a program as an expression: runs of what is shared become fragments. */
  program(tree: Program | undefined, place: Place): string {
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
    const code = this.program({ body: run.slice(first, end) } as never, inside);
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
    if (place.hole && !this.#isConstant(statement, place)) {
      this.#open(statement, place, place.hole, joined);
      return;
    }
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

  /** What depends on the rule's identity, in a list that is rendered without it. */
  #open(statement: Statement, place: Place, hole: Hole, joined: Joined): void {
    if (statement.type === 'PartialStatement') {
      joined.text(statement.indent);
      for (const inner of statementsOf(this.#partial(statement))) this.#statement(inner, place, joined);
    } else if (statement.type === 'BlockStatement') {
      joined.code(this.#block(statement, place));
    } else if (statement.type === 'MustacheStatement' && this.#isOutermost(statement, place)) {
      hole.leave(this.#expressions.mustache(statement, place.frames.length - 1));
      joined.code(`${MARK}()`);
    } else hole.impossible = true;
  }

  #block(block: hbs.AST.BlockStatement, place: Place): string {
    const [subject] = block.params as [Expression];
    const depth = place.frames.length - 1;
    if (place.hole && !this.#sharing([RULE]).expression(subject, depth)) place.hole.impossible = true;
    const otherwise = this.program(block.inverse, place);
    if (block.path.original === 'each') {
      const inner = depth + 1;
      const frame = itemFrame(subject, place.frames);
      const item = this.program(block.program, { ...place, frames: [...place.frames, frame] });
      const list = frame.fragments
        ? `${NAMES.members}(${this.#expressions.owner(subject as hbs.AST.PathExpression, depth)}`
        : `${NAMES.each}(${this.#expressions.value(subject, depth)}`;
      const empty = otherwise === '""' ? '' : `,()=>${otherwise}`;
      return `${list},(v${inner},i${inner},n${inner})=>${item}${empty})`;
    }
    const body = this.program(block.program, place);
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
    const code = () => this.program(this.#tree(name), { frames, fragments: undefined });
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
