/** Checks the names of a template against the vocabulary, so that a misspelt field is an error and not an empty string. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { nearest } from '../source/words.ts';
import type { Field, Scope } from './fields.ts';
import {
  type Expression,
  type Program,
  parseTemplate,
  partialName,
  type Statement,
  spanOf,
} from './template-ast.ts';

/** Inside a list of scalars the only name is `this`. */
const SCALAR_SCOPE: Scope = {};

/** What a template may call, beside the fields. */
export interface HelperSignature {
  /** Least and greatest number of arguments. */
  params: readonly [number, number];
}

/** What a folder and a language offer to its templates. */
export interface TemplateCheck {
  /** The templates of the folder by name without `.hbs`, for `{{> name}}`. */
  partials: ReadonlyMap<string, SourceFile>;
  helpers: ReadonlyMap<string, HelperSignature>;
}

/** A mustache or sub-expression. */
interface Call {
  path: hbs.AST.PathExpression;
  params: Expression[];
  hash?: hbs.AST.Hash;
}

/** What is wrong with one template whose top-level names are `scope`. Partials are checked where they are used. */
export function checkTemplate(file: SourceFile, scope: Scope, check: TemplateCheck): Diagnostic[] {
  const checker = new Checker(check);
  checker.template(file, [scope]);
  // Of a template that cannot be read nobody knows what it renders.
  if (checker.diagnostics.some(({ code }) => code === 'RF510')) return checker.diagnostics;
  for (const [name, field] of Object.entries(scope)) {
    const times = checker.rendered.get(name) ?? 0;
    if (field.type === 'list' && field.pass && times !== 1) checker.passRendered(file, name, times);
  }
  return checker.diagnostics;
}

class Checker {
  readonly diagnostics: Diagnostic[] = [];
  /** How often each pass has its `{{#each}}`. */
  readonly rendered = new Map<string, number>();
  readonly #check: TemplateCheck;
  #file: SourceFile | undefined;
  /** Partials being read, to refuse one that includes itself. */
  #open: string[] = [];
  /** How many `{{#each}}` stand around the place. */
  #loops = 0;

  constructor(check: TemplateCheck) {
    this.#check = check;
  }

  template(file: SourceFile, scopes: readonly Scope[]): void {
    const outer = this.#file;
    this.#file = file;
    this.#backslashes(file);
    const program = parseTemplate(file);
    if ('code' in program) this.diagnostics.push(program);
    else this.#program(program, scopes, outer === undefined);
    this.#file = outer;
  }

  /** Handlebars takes one backslash before `{{` for "no mustache here": never what a template of rules means. */
  #backslashes(file: SourceFile): void {
    for (const { index } of file.text.matchAll(/(?<!\\)\\\{\{/g)) {
      this.diagnostics.push({
        code: 'RF511',
        severity: 'error',
        span: { file, start: index, end: index + 3 },
        message: 'a backslash before `{{` turns the value into plain text',
        help: 'write two for one backslash before the value',
      });
    }
  }

  passRendered(file: SourceFile, name: string, times: number): void {
    this.diagnostics.push({
      code: 'RF511',
      severity: 'error',
      span: { file, start: 0, end: 0 },
      message: `the pass \`${name}\` is rendered ${times === 0 ? 'nowhere' : `${times} times`}`,
      why: 'an indicator of a pass that is not rendered would be counted as emitted and be lost',
      help: `the template needs one top-level \`{{#each ${name}}}\``,
    });
  }

  #report(
    code: Diagnostic['code'],
    node: hbs.AST.Node,
    message: string,
    help: string,
    severity: 'error' | 'warning' = 'error',
  ) {
    this.diagnostics.push({ code, severity, span: spanOf(this.#file as SourceFile, node), message, help });
  }

  /** `top`: passes may be used here, since what is around it is not inside a loop or another condition. */
  #program(program: Program | undefined, scopes: readonly Scope[], top: boolean): void {
    for (const statement of (program?.body ?? []) as Statement[]) this.#statement(statement, scopes, top);
  }

  #statement(statement: Statement, scopes: readonly Scope[], top: boolean): void {
    switch (statement.type) {
      case 'MustacheStatement':
        if (!statement.escaped) {
          this.#report(
            'RF512',
            statement,
            '`{{{…}}}` writes a value unescaped',
            'write `{{…}}`, or a helper of the place',
            'warning',
          );
        }
        this.#written(statement, this.#call(statement as never, scopes));
        return;
      case 'BlockStatement':
        this.#block(statement, scopes, top);
        return;
      case 'PartialStatement':
        this.#partial(statement, scopes);
        return;
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      default:
        this.#report(
          'RF511',
          statement,
          'templates have no decorators, inline partials or blocks of partials',
          'use `{{> name}}` with another file of the folder',
        );
    }
  }

  /** A list or a thing with fields has no text of its own. */
  #written(statement: hbs.AST.MustacheStatement, field: Field | undefined): void {
    if (field === undefined || field.type === 'value') return;
    const name = (statement.path as hbs.AST.PathExpression).original;
    const help =
      field.type === 'list'
        ? `go through it with \`{{#each ${name}}}\``
        : `name one of its fields: ${Object.keys(field.of).sort().join(', ')}`;
    const what = field.type === 'list' ? 'a list' : 'a thing with fields';
    this.#report('RF511', statement, `\`${name}\` is ${what}, not a value`, help);
  }

  #block(block: hbs.AST.BlockStatement, scopes: readonly Scope[], top: boolean): void {
    const name = block.path.original;
    const [subject] = block.params as Expression[];
    if (!['each', 'if', 'unless'].includes(name) || !subject || block.params.length !== 1) {
      const help = 'use `{{#each list}}`, `{{#if …}}` or `{{#unless …}}`';
      this.#report('RF511', block.path, `\`{{#${name}}}\` is not a block that templates have`, help);
      return;
    }
    if (name === 'each' && !block.program) {
      this.#report('RF511', block.path, '`{{^each}}` renders no entries', 'use `{{#unless list}}`');
      return;
    }
    const field = this.#expression(subject, scopes);
    const pass = field?.type === 'list' && field.pass === true;
    if (pass && !top) {
      const help = 'take it out of the block around it; `{{#if pass}}` may stand around `{{#each pass}}`';
      this.#report(
        'RF511',
        subject,
        'the entries of a pass can only be used at the top of the template',
        help,
      );
    }
    if (name !== 'each') {
      this.#program(block.program, scopes, top && pass);
      this.#program(block.inverse, scopes, top && pass);
      return;
    }
    if (field && field.type !== 'list') {
      this.#report(
        'RF511',
        subject,
        '`{{#each}}` needs a list',
        'see docs/templates.md for what is a list here',
      );
    }
    if (pass) {
      const passName = (subject as hbs.AST.PathExpression).parts.join('.');
      this.rendered.set(passName, (this.rendered.get(passName) ?? 0) + 1);
    }
    const inner = field?.type === 'list' ? (field.of ?? SCALAR_SCOPE) : SCALAR_SCOPE;
    this.#loops++;
    this.#program(block.program, pass ? [inner] : [...scopes, inner], false);
    this.#loops--;
    this.#program(block.inverse, scopes, top && pass);
  }

  #partial(statement: hbs.AST.PartialStatement, scopes: readonly Scope[]): void {
    const name = partialName(statement);
    if (name === undefined) {
      const help = 'write `{{> name}}`; a partial sees all names of the place where it stands';
      this.#report('RF511', statement, 'a partial has a fixed name and no arguments', help);
      return;
    }
    const file = this.#check.partials.get(name);
    if (!file) {
      const near = nearest(name, this.#check.partials.keys());
      const help = near
        ? `did you mean \`${near}\`?`
        : 'partials are the `.hbs` files of the folder that no output names as its template';
      this.#report('RF511', statement, `no partial \`${name}\``, help);
      return;
    }
    if (this.#open.includes(name)) {
      this.#report('RF511', statement, `the partial \`${name}\` includes itself`, 'take the inclusion out');
      return;
    }
    this.#open.push(name);
    this.template(file, scopes);
    this.#open.pop();
  }

  /** A field, or a helper with its arguments. */
  #call(node: Call, scopes: readonly Scope[]): Field | undefined {
    const helper = this.#check.helpers.get(node.path.original);
    if (!helper && node.params.length === 0) return this.#expression(node.path as Expression, scopes);
    for (const param of node.params) this.#expression(param, scopes);
    if (!helper) {
      const near = nearest(node.path.original, this.#check.helpers.keys());
      this.#report(
        'RF511',
        node.path,
        `no helper \`${node.path.original}\``,
        near ? `did you mean \`${near}\`?` : 'docs/templates.md lists the helpers',
      );
      return undefined;
    }
    this.#arguments(node, helper);
    return undefined;
  }

  #arguments(node: Call, { params: [least, most] }: HelperSignature): void {
    const name = node.path.original;
    const given = node.params.length;
    const help = 'docs/templates.md lists the helpers';
    if ((node.hash?.pairs.length ?? 0) > 0)
      this.#report('RF511', node.path, `\`${name}\` takes no named arguments`, help);
    if (given >= least && given <= most) return;
    const wanted =
      least === most
        ? `${least}`
        : most === Number.POSITIVE_INFINITY
          ? `at least ${least}`
          : `${least} to ${most}`;
    const noun = wanted.endsWith('1') ? 'argument' : 'arguments';
    const here = given === 1 ? 'here is 1' : `here are ${given || 'none'}`;
    this.#report('RF511', node.path, `\`${name}\` takes ${wanted} ${noun}, ${here}`, help);
  }

  #expression(node: Expression, scopes: readonly Scope[]): Field | undefined {
    if (node.type === 'SubExpression') return this.#call(node as never, scopes);
    if (node.type !== 'PathExpression') return undefined;
    return node.data ? this.#data(node) : this.#path(node, scopes);
  }

  #data(node: hbs.AST.PathExpression): undefined {
    if (this.#loops > 0 && ['index', 'first', 'last'].includes(node.parts.join('.'))) return;
    this.#report(
      'RF511',
      node,
      `no variable \`${node.original}\` here`,
      'there are `@index`, `@first` and `@last`, inside `{{#each}}`',
    );
  }

  #path(node: hbs.AST.PathExpression, scopes: readonly Scope[]): Field | undefined {
    const scope = scopes[scopes.length - 1 - node.depth];
    if (!scope) {
      this.#report('RF511', node, `\`${node.original}\` leads out of the template`, 'use fewer `../`');
      return undefined;
    }
    if (node.parts.length === 0) return undefined;
    let field: Field = { about: '', type: 'object', of: scope };
    for (const [at, part] of node.parts.entries()) {
      if (part === 'length' && field.type === 'list') return { about: '', type: 'value' };
      const next: Field | undefined =
        field.type === 'object' && Object.hasOwn(field.of, part) ? field.of[part] : undefined;
      if (!next) {
        this.#unknownField(node, part, node.parts.slice(0, at).join('.'), field);
        return undefined;
      }
      field = next;
    }
    return field;
  }

  #unknownField(node: hbs.AST.PathExpression, part: string, path: string, owner: Field): void {
    switch (owner.type) {
      case 'list': {
        const help = `go through it with \`{{#each ${path}}}\``;
        this.#report('RF511', node, `\`${path}\` is a list and has no field \`${part}\``, help);
        return;
      }
      case 'value':
        this.#report('RF511', node, `\`${path}\` is a value and has no fields`, `write \`${path}\``);
        return;
      case 'object': {
        const known = Object.keys(owner.of).sort();
        const near = nearest(part, known);
        const help = near ? `did you mean \`${near}\`?` : `known here: ${known.join(', ') || '`this`'}`;
        this.#report('RF511', node, `no field \`${part}\` here`, help);
      }
    }
  }
}
