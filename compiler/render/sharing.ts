/**
 * Which names of a template mean the same for all entries of an output that have the same context. Runs that name nothing
 * else are rendered once for all of them. Kind and tier are not among them: that would be more texts, each for fewer entries.
 */

import type { Pass } from '../targets/definition.ts';
import { CONTEXT_FIELDS, IDENTITY_FIELDS } from '../targets/fields.ts';
import type { Expression, Program, Statement } from '../targets/template-ast.ts';

/** Names that any entry knows, and that are the same in all files of an output. */
const OF_FILE = ['publisher', 'options', 'target', 'all_reports'];

/** Names that an indicator has from its context; `expires` also from its kind, where policy gives kinds a lifetime. */
const OF_CONTEXT = [
  ...Object.keys(CONTEXT_FIELDS),
  ...['note', 'first_seen', 'last_seen', 'expires', 'of_file'],
];

/** What is known of a thing that a template is inside of: an entry, then the items of lists. */
export interface Frame {
  /** Its names that are shared. */
  shared: Pick<ReadonlySet<string>, 'has'>;
  /** Whether its view has the fragments: of each two entries that are alike the same. */
  fragments: boolean;
  /** Its lists of which each item is an indicator, with fragments. */
  members: (name: string) => boolean;
  /** Whether it has an identity, where the target's rules have one. */
  identity: boolean;
}

/** An item of a list: nothing is known of it outside of the list. */
export const ITEM: Frame = { shared: new Set(), fragments: false, members: () => false, identity: false };

/** An indicator in a group. */
const MEMBER: Frame = { ...ITEM, shared: new Set(OF_CONTEXT), fragments: true };

/** The top of a template without passes, and of one that is for a single rule. */
export const TOP: Frame = { ...ITEM, shared: new Set(OF_FILE) };

/** A rule, of which all but its identity is the same each time that it is rendered. */
export const RULE = without(new Set(Object.keys(IDENTITY_FIELDS)));

/** An entry of a file, of which the same is true but for the file's serial. */
export const IN_NUMBERED_FILE = without(new Set(['serial']));

function without(names: ReadonlySet<string>): Frame {
  return { ...ITEM, shared: { has: (name) => name !== undefined && !names.has(name) } };
}

/** An entry of which only its place among the others is not known. */
export const ANYWHERE: Frame = { ...ITEM, shared: { has: () => true } };

/** An entry of a pass. */
export function entryFrame({ group, merge, takes, identity }: Pass): Frame {
  if (merge) return { ...TOP, fragments: true, identity };
  if (group === undefined)
    return { ...ITEM, shared: new Set([...OF_FILE, ...OF_CONTEXT]), fragments: true, identity };
  const lists = new Set<string>(['members', 'suffixes', ...takes.keys()]);
  return { ...TOP, members: (name) => lists.has(name), identity };
}

/** The frame of the items of a list, by the expression that names it. */
export function itemFrame(list: Expression, frames: readonly Frame[]): Frame {
  if (list.type !== 'PathExpression' || list.data || list.parts.length !== 1) return ITEM;
  const owner = frames[frames.length - 1 - list.depth];
  return owner?.members(list.parts[0] as string) ? MEMBER : ITEM;
}

/** Answers whether statements name only what is shared. Lists inside them may name their own items. */
export class Sharing {
  readonly #frames: readonly Frame[];
  readonly #isHelper: (name: string) => boolean;
  readonly #partial: (statement: hbs.AST.PartialStatement) => Program;

  constructor(
    frames: readonly Frame[],
    isHelper: (name: string) => boolean,
    partial: (statement: hbs.AST.PartialStatement) => Program,
  ) {
    this.#frames = frames;
    this.#isHelper = isHelper;
    this.#partial = partial;
  }

  statement(statement: Statement, depth = this.#frames.length - 1): boolean {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return true;
      case 'MustacheStatement':
        return this.#call(statement as never, depth);
      case 'PartialStatement':
        return this.#program(this.#partial(statement), depth);
      case 'BlockStatement': {
        const inner = statement.path.original === 'each' ? depth + 1 : depth;
        return (
          this.expression(statement.params[0] as Expression, depth) &&
          this.#program(statement.program, inner) &&
          this.#program(statement.inverse, depth)
        );
      }
    }
  }

  #program(program: Program | undefined, depth: number): boolean {
    return ((program?.body ?? []) as Statement[]).every((statement) => this.statement(statement, depth));
  }

  #call({ path, params }: { path: hbs.AST.PathExpression; params: Expression[] }, depth: number): boolean {
    if (!this.#isHelper(path.original)) return this.expression(path as Expression, depth);
    return params.every((param) => this.expression(param, depth));
  }

  expression(node: Expression, depth = this.#frames.length - 1): boolean {
    if (node.type === 'SubExpression') return this.#call(node as never, depth);
    if (node.type !== 'PathExpression') return true;
    const at = depth - node.depth;
    if (at >= this.#frames.length) return true;
    return !node.data && this.#frames[at]?.shared.has(node.parts[0] as string) === true;
  }
}
