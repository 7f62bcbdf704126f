/** Mustaches, conditions and arguments of templates as JavaScript. */

import type { Expression } from '../targets/template-ast.ts';
import type { Runtime } from './template.ts';

/** What templates can call: helpers, and the places of the target's languages. */
export interface Callable {
  helpers: ReadonlySet<string>;
  /** By name, whether words are written as they are there, in each of the languages: see `spelling.ts`. */
  places: ReadonlyMap<string, boolean>;
  /** The same of what is written at no place. */
  text: boolean;
}

/** A mustache or a sub-expression. */
interface Call {
  path: hbs.AST.PathExpression;
  params: Expression[];
}

/** A thing and, in a list, its place there and the list's length: `v1`, `i1`, `n1` at the first list inside an entry. */
export function variablesTo(depth: number): string {
  return Array.from({ length: depth + 1 }, (_, at) => `v${at},i${at},n${at}`).join(',');
}

/** Comparisons that JavaScript has signs for. Each gives a boolean. */
const SIGNS: Readonly<Record<string, string>> = { eq: '===', ne: '!==' };
const CONNECTIVES: Readonly<Record<string, string>> = { and: '&&', or: '||' };

/** Makes expressions; `depth` is that of the lists around, 0 in an entry. */
export class ExpressionCode {
  readonly #callable: Callable;
  readonly #names: Readonly<Record<keyof Runtime, string>>;
  /** The variables of functions that the templates call, by where they are found. */
  readonly #called = new Map<string, string>();

  constructor(callable: Callable, names: Readonly<Record<keyof Runtime, string>>) {
    this.#callable = callable;
    this.#names = names;
  }

  /** The variables that the expressions made so far name. */
  definitions(): string {
    return Array.from(this.#called, ([found, name]) => `const ${name}=${found};\n`).join('');
  }

  /** The text of a mustache, escaped once. */
  mustache({ path, params, escaped }: hbs.AST.MustacheStatement, depth: number): string {
    const name = (path as hbs.AST.PathExpression).original;
    const [param] = params as Expression[];
    const words = this.#callable.places.get(name);
    if (param && words !== undefined)
      return this.#written(this.#function(this.#names.places, name), words, param, depth);
    const value = this.#call({ path, params } as Call, depth);
    if (!escaped) return `${this.#names.unescaped}(${value})`;
    // Only a helper can return what a place has made.
    if (this.#isHelper(name)) return `${this.#names.escaped}(${value})`;
    return this.#written(this.#names.text, this.#callable.text, path as Expression, depth);
  }

  /** What a function writes of a value. Of the value of an indicator it is known whether it is a word. */
  #written(writer: string, words: boolean, node: Expression, depth: number): string {
    const value = this.value(node, depth);
    const written = `${writer}(${value})`;
    const isValue = node.type === 'PathExpression' && !node.data && node.parts.join() === 'value';
    return words && isValue ? `(${value.slice(0, -'value'.length)}$word?${value}:${written})` : written;
  }

  /** What `{{#if}}` asks of an expression. */
  condition(node: Expression, depth: number): string {
    const inline = node.type === 'SubExpression' ? this.#inline(node as never, depth) : undefined;
    return inline ?? `${this.#names.isTrue}(${this.value(node, depth)})`;
  }

  value(node: Expression, depth: number): string {
    if (node.type === 'SubExpression') return this.#call(node as never, depth);
    if (node.type === 'PathExpression') return node.data ? dataOf(node, depth) : this.#path(node, depth);
    return 'value' in node ? JSON.stringify(node.value) : 'undefined';
  }

  /** The thing that has a list, and the list's name: two arguments. */
  owner({ parts, depth: up }: hbs.AST.PathExpression, depth: number): string {
    return `v${depth - up},${JSON.stringify(parts[0])}`;
  }

  #call(node: Call, depth: number): string {
    const name = node.path.original;
    if (!this.#isHelper(name)) return this.value(node.path as Expression, depth);
    const inline = this.#inline(node, depth);
    if (inline !== undefined) return inline;
    const params = node.params.map((param) => this.value(param, depth));
    return `${this.#function(this.#names.helpers, name)}(${params.join(',')})`;
  }

  /** A comparison without a call, where it means the same as the helper. */
  #inline({ path: { original: name }, params }: Call, depth: number): string | undefined {
    if (!this.#callable.helpers.has(name)) return undefined;
    const [first, second] = params;
    if (first && second && SIGNS[name])
      return `(${this.value(first, depth)}${SIGNS[name]}${this.value(second, depth)})`;
    if (first && name === 'not') return `!${this.condition(first, depth)}`;
    // A helper is given all its arguments, and one of them may not be to be had.
    if (!CONNECTIVES[name] || !params.every((param) => this.#isSafe(param))) return undefined;
    return `(${params.map((param) => this.condition(param, depth)).join(CONNECTIVES[name])})`;
  }

  /** Whether an expression never throws. */
  #isSafe(node: Expression): boolean {
    if (node.type !== 'SubExpression') return true;
    const { path, params } = node as unknown as Call;
    const inlined = SIGNS[path.original] ?? CONNECTIVES[path.original] ?? path.original === 'not';
    return Boolean(inlined) && params.every((param) => this.#isSafe(param));
  }

  #path({ parts, depth: up }: hbs.AST.PathExpression, depth: number): string {
    return parts.reduce(
      (thing, part, at) => {
        if (!isPlainName(part)) return `${this.#names.field}(${thing},${JSON.stringify(part)})`;
        // An entry is an object; an item of a list need not be one.
        return at === 0 && depth === up ? `${thing}.${part}` : `${thing}?.${part}`;
      },
      `v${depth - up}`,
    );
  }

  #isHelper(name: string): boolean {
    return this.#callable.helpers.has(name) || this.#callable.places.has(name);
  }

  #function(table: string, name: string): string {
    const found = `${table}[${JSON.stringify(name)}]`;
    let variable = this.#called.get(found);
    if (variable === undefined) {
      variable = `${table}${this.#called.size}`;
      this.#called.set(found, variable);
    }
    return variable;
  }
}

/** `@index`, `@first` and `@last` of the list around, or of the list around that: `@../index`. */
function dataOf({ parts, depth: up }: hbs.AST.PathExpression, depth: number): string {
  const at = depth - up;
  if (parts[0] === 'index') return `i${at}`;
  return parts[0] === 'first' ? `(i${at}===0)` : `(i${at}===n${at}-1)`;
}

/** Names that every object, text or list has: they are fields only where a thing has one of its own. */
const INHERITED = new Set(
  [Object, Array, String, Number, Boolean].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype).filter((name) => name !== 'length'),
  ),
);

function isPlainName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !INHERITED.has(name);
}
