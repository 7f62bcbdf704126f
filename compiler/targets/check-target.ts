/** Reads a target's folder into a target, or says all that is wrong with it. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { checkAgainst } from '../source/check.ts';
import { choices, enumerated, nearest } from '../source/words.ts';
import { parseYaml } from '../source/yaml.ts';
import { entryOf, firstLineOf, type MapNode, type Node } from '../source/yaml-tree.ts';
import { checkTemplate, type HelperSignature } from './check-template.ts';
import { definitionFrom, type TargetDefinition } from './definition.ts';
import { outputScope } from './fields.ts';
import { problemOf } from './options.ts';
import { isOutputPath } from './output-path.ts';
import { TARGET_SCHEMA } from './schema.ts';
import type { Target, TargetFolder } from './target.ts';

/** What the languages and helpers of `render/` offer, handed in because `targets/` does not know them. */
export interface Vocabulary {
  /** Built-in languages and the helpers that each adds. */
  languages: ReadonlyMap<string, Iterable<string>>;
  /** Helpers of every language. */
  helpers: ReadonlyMap<string, HelperSignature>;
}

/** The target, or undefined with the errors. Warnings may come with a target. */
export function checkTarget(
  folder: TargetFolder,
  vocabulary: Vocabulary,
): { target: Target | undefined; diagnostics: Diagnostic[] } {
  const file = folder.files.get('target.yaml');
  if (!file) return { target: undefined, diagnostics: [noDefinition(folder)] };
  const { root, diagnostics } = parseYaml(file);
  if (!root)
    return { target: undefined, diagnostics: diagnostics.length > 0 ? diagnostics : [noDefinition(folder)] };
  const checked = checkAgainst(TARGET_SCHEMA, root, file, 'a target');
  diagnostics.push(...checked.diagnostics);
  if (!checked.value || diagnostics.some(isError)) return { target: undefined, diagnostics };
  const definition = definitionFrom(checked.value);
  const templates = new Map([...folder.files].filter(([name]) => name.endsWith('.hbs')));
  const checker = new DefinitionChecker(definition, templates, vocabulary, file, root as MapNode);
  diagnostics.push(...withoutRepeats(checker.check()));
  const target = { name: folder.name, raw: checked.value, definition, templates };
  return { target: diagnostics.some(isError) ? undefined : target, diagnostics };
}

/** A partial is checked at every place that uses it; the same finding counts once. */
/** What `where` may name: the kind's own fields, and of a domain how far it reaches. */
function narrowingFields(kind: Kind): string[] {
  const own = Object.keys(KIND_MODULES[kind].fields);
  return kind === 'domain' ? [...own, 'subdomains'] : own;
}

function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ span, message }: Diagnostic) => `${span?.file.path} ${span?.start} ${span?.end} ${message}`;
  return [...new Map(diagnostics.map((one) => [key(one), one])).values()];
}

function noDefinition(folder: TargetFolder): Diagnostic {
  return {
    code: 'RF503',
    severity: 'error',
    message: `the target \`${folder.name}\` has no target.yaml`,
    help: 'add one; docs/targets-format.md tells the format',
  };
}

/** Checks what the schema cannot: that names mean something, and that every template uses only what it is given. */
class DefinitionChecker {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #definition: TargetDefinition;
  readonly #templates: ReadonlyMap<string, SourceFile>;
  readonly #vocabulary: Vocabulary;
  readonly #file: SourceFile;
  readonly #root: MapNode;

  constructor(
    definition: TargetDefinition,
    templates: ReadonlyMap<string, SourceFile>,
    vocabulary: Vocabulary,
    file: SourceFile,
    root: MapNode,
  ) {
    this.#definition = definition;
    this.#templates = templates;
    this.#vocabulary = vocabulary;
    this.#file = file;
    this.#root = root;
  }

  check(): Diagnostic[] {
    this.#syntax();
    this.#identity();
    this.#options();
    const names = new Set<string>();
    this.#definition.outputs.forEach((output, at) => {
      for (const pass of output.passes) {
        const path = ['outputs', at, 'passes', pass.name];
        if (names.has(pass.name))
          this.#report(
            path,
            `two passes are called \`${pass.name}\``,
            'rename one: a rule’s key holds the name of its pass',
          );
        names.add(pass.name);
        this.#pass(pass, path);
      }
      this.#output(output, at);
    });
    return this.#diagnostics;
  }

  #syntax(): void {
    const { syntax } = this.#definition;
    if (typeof syntax !== 'string' || this.#vocabulary.languages.has(syntax)) return;
    const known = [...this.#vocabulary.languages.keys()];
    const meant = nearest(syntax, known);
    this.#report(
      ['syntax'],
      `there is no language \`${syntax}\``,
      meant ? `did you mean \`${meant}\`?` : `the languages are ${enumerated(known)}`,
    );
  }

  #identity(): void {
    if (this.#definition.identity !== 'sid') return;
    if (this.#definition.options.sid?.type === 'range') return;
    this.#report(
      ['identity'],
      'a target with sids needs an option `sid` of type `range`',
      'add `sid: {type: range, default: [1000000, 1999999], about: …}` to `options`',
    );
  }

  #options(): void {
    for (const [name, option] of Object.entries(this.#definition.options)) {
      const path = ['options', name];
      const pattern = option.pattern === undefined ? undefined : problemOfPattern(option.pattern);
      if (pattern) {
        this.#report([...path, 'pattern'], 'this is not a regular expression', pattern);
        continue;
      }
      const wrong = problemOf(option, option.default)?.('default');
      if (wrong) this.#report([...path, 'default'], wrong.message, wrong.help);
    }
  }

  #pass(pass: TargetDefinition['outputs'][number]['passes'][number], path: Path): void {
    const { effect, tiers } = this.#definition;
    if (pass.tier && !tiers.includes(pass.tier)) {
      this.#report([...path, 'tier'], `the target has no tier \`${pass.tier}\``, 'list it in `tiers`');
    }
    if (tiers.length > 0 && !pass.tier)
      this.#report(path, `the pass \`${pass.name}\` has no tier`, `give \`tier\`: ${choices(tiers)}`);
    if (tiers.length > 0 && effect !== 'block')
      this.#report(['tiers'], 'only blocking targets have tiers', 'take `tiers` out');
    if (pass.merge && [...pass.takes.keys()].some((kind) => kind !== 'ip' && kind !== 'cidr')) {
      this.#report(
        [...path, 'merge'],
        'only `ip` and `cidr` can be merged',
        'give the other kinds a pass of their own',
      );
    }
    if (pass.pack && !pass.grouped)
      this.#report(
        [...path, 'pack'],
        'only groups can be packed',
        'add `group: context`, or take `pack` out',
      );
    const pattern = pass.distinct === undefined ? undefined : problemOfPattern(pass.distinct);
    if (pattern) this.#report([...path, 'distinct'], 'this is not a regular expression', pattern);
    for (const [kind, take] of pass.takes) {
      for (const field of Object.keys(take.where ?? {})) {
        const known = narrowingFields(kind);
        if (known.includes(field)) continue;
        const meant = nearest(field, known);
        this.#report(
          [...path, 'takes', kind, 'where', { key: field }],
          `\`${kind}\` has no field \`${field}\``,
          meant ? `did you mean \`${meant}\`?` : `its fields are ${enumerated(known)}`,
        );
      }
    }
  }

  #output(output: TargetDefinition['outputs'][number], at: number): void {
    const check = { partials: this.#partials(), helpers: this.#helpers() };
    const file = this.#templates.get(output.template);
    if (!file) {
      const known = [...this.#templates.keys()];
      const meant = nearest(output.template, known);
      this.#report(
        ['outputs', at, 'template'],
        `there is no template \`${output.template}\``,
        meant ? `did you mean \`${meant}\`?` : `the folder has ${enumerated(known) || 'none'}`,
      );
      return;
    }
    if (output.each && !output.passes.some((pass) => pass.name === output.each)) {
      this.#report(
        ['outputs', at, 'each'],
        `the output has no pass \`${output.each}\``,
        'name one of its passes',
      );
      return;
    }
    if (output.each && output.passes.some((pass) => pass.distinct !== undefined)) {
      this.#report(
        ['outputs', at, 'each'],
        '`distinct` is for the lines of a list, not for one file a rule',
        'take `distinct` out of the pass',
      );
      return;
    }
    if (output.each && output.passes.length > 1) {
      this.#report(
        ['outputs', at, 'each'],
        'an output with one file a rule has one pass',
        'give the other passes an output of their own',
      );
      return;
    }
    const scope = outputScope(this.#definition, output);
    this.#diagnostics.push(...checkTemplate(file, scope, check));
    if (output.each) {
      const pattern = new SourceFile('the path of an output', output.file);
      const wrong = checkTemplate(pattern, scope, check);
      for (const { message, help } of wrong) this.#report(['outputs', at, 'file'], message, help ?? '');
    } else if (!isOutputPath(output.file)) {
      this.#report(
        ['outputs', at, 'file'],
        `\`${output.file}\` is not a path that an output can have`,
        'use letters, digits, `.`, `_`, `-` and `/`',
        'RF504',
      );
    }
  }

  /** The templates that no output names: those of outputs hold passes, which a partial cannot. */
  #partials(): Map<string, SourceFile> {
    const ofOutputs = new Set(this.#definition.outputs.map(({ template }) => template));
    const others = [...this.#templates].filter(([name]) => !ofOutputs.has(name));
    return new Map(others.map(([name, file]) => [name.replace(/\.hbs$/, ''), file]));
  }

  #helpers(): Map<string, HelperSignature> {
    const { syntax } = this.#definition;
    const places = typeof syntax === 'string' ? (this.#vocabulary.languages.get(syntax) ?? []) : [];
    const own = [...places].map((name): [string, HelperSignature] => [name, { params: [1, 1] }]);
    return new Map([...this.#vocabulary.helpers, ...own]);
  }

  #report(path: Path, message: string, help: string, code: 'RF503' | 'RF504' = 'RF503'): void {
    this.#diagnostics.push({ code, severity: 'error', span: this.#span(path), message, help });
  }

  #span(path: Path): Span {
    let node: Node = this.#root;
    for (const step of path) {
      if (node.type === 'seq') node = node.items[step as number] ?? node;
      else if (node.type === 'map') {
        const entry = entryOf(node, typeof step === 'object' ? step.key : String(step));
        node = (typeof step === 'object' ? entry?.key : entry?.value) ?? node;
      }
    }
    return firstLineOf(this.#file, node);
  }
}

/** Why a text is not a regular expression, if it is not. */
function problemOfPattern(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

/** Keys and indices from the root; the last step may be a key itself, and not what it holds. */
type Path = readonly (string | number | { key: string })[];
