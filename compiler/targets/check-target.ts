/** Reads a target's folder into a target, or says all that is wrong with it. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { choices, enumerated, nearest } from '../source/words.ts';
import { entryOf, firstLineOf, type MapNode, type Node } from '../source/yaml-tree.ts';
import { checkTemplate, type HelperSignature } from './check-template.ts';
import {
  countedBy,
  definitionFrom,
  hasSeveralFiles,
  type Output,
  type Pass,
  type Syntax,
  type TargetDefinition,
  writtenOutputs,
} from './definition.ts';
import { outputScope, pathScope } from './fields.ts';
import { problemOf } from './options.ts';
import { isOutputPath } from './output-path.ts';
import { readDefinition } from './read-definition.ts';
import type { RawTargetDefinition } from './schema.ts';
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
  const { raw, root, file, diagnostics } = readDefinition(folder);
  if (!raw || !root || !file) return { target: undefined, diagnostics };
  const definition = definitionFrom(raw);
  const templates = new Map([...folder.files].filter(([name]) => name.endsWith('.hbs')));
  const checker = new DefinitionChecker(raw, definition, templates, vocabulary, file, root);
  diagnostics.push(...withoutRepeats(checker.check()));
  const target = { name: folder.name, raw, definition, templates };
  return { target: diagnostics.some(isError) ? undefined : target, diagnostics };
}

/** What `where` may name: the kind's own fields, and of a domain how far it reaches. */
function narrowingFields(kind: Kind): string[] {
  const own = Object.keys(KIND_MODULES[kind].fields);
  return kind === 'domain' ? [...own, 'subdomains'] : own;
}

/** A partial is checked at every place that uses it; the same finding counts once. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ span, message }: Diagnostic) => `${span?.file.path} ${span?.start} ${span?.end} ${message}`;
  return [...new Map(diagnostics.map((one) => [key(one), one])).values()];
}

/** Checks what the schema cannot: that names mean something, and that every template uses only what it is given. */
class DefinitionChecker {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #raw: RawTargetDefinition;
  readonly #definition: TargetDefinition;
  readonly #templates: ReadonlyMap<string, SourceFile>;
  readonly #vocabulary: Vocabulary;
  readonly #file: SourceFile;
  readonly #root: MapNode;

  constructor(
    raw: RawTargetDefinition,
    definition: TargetDefinition,
    templates: ReadonlyMap<string, SourceFile>,
    vocabulary: Vocabulary,
    file: SourceFile,
    root: MapNode,
  ) {
    this.#raw = raw;
    this.#definition = definition;
    this.#templates = templates;
    this.#vocabulary = vocabulary;
    this.#file = file;
    this.#root = root;
  }

  check(): Diagnostic[] {
    this.#syntax(this.#raw.syntax as Syntax, ['syntax']);
    this.#identity();
    this.#options();
    this.#limit(this.#definition.mostIndicators, ['limit', 'indicators']);
    const names = new Set<string>();
    for (const [at, output] of this.#outputs()) {
      for (const pass of output.passes) {
        const path = ['outputs', at, 'passes', pass.name];
        const identified = this.#definition.identity !== undefined && pass.identity;
        if (identified && names.has(pass.name))
          this.#report(
            path,
            `two passes are called \`${pass.name}\``,
            'rename one: a rule’s key holds the name of its pass',
          );
        if (identified) names.add(pass.name);
        this.#pass(pass, path);
      }
      this.#names(output, at);
      this.#output(output, ['outputs', at]);
    }
    return this.#diagnostics;
  }

  /** Each output once, with its place in `outputs`; one `by: tier` is the same but for the tier. */
  #outputs(): [number, TargetDefinition['outputs'][number]][] {
    const { outputs, tiers } = this.#definition;
    let next = 0;
    return this.#raw.outputs.flatMap(({ by }, at): [number, TargetDefinition['outputs'][number]][] => {
      const output = outputs[next];
      next += by === 'tier' ? tiers.length : 1;
      if (by === 'tier' && tiers.length === 0)
        this.#report(
          ['outputs', at, 'by'],
          'the target has no tiers',
          'list them in `tiers`, or take `by` out',
        );
      return output && (by !== 'tier' || tiers.length > 0) ? [[at, output]] : [];
    });
  }

  #syntax(syntax: Syntax, path: Path): void {
    if (typeof syntax !== 'string' || this.#vocabulary.languages.has(syntax)) return;
    const known = [...this.#vocabulary.languages.keys()];
    const meant = nearest(syntax, known);
    this.#report(
      path,
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
    if (tiers.length > 0 && !pass.tier && (pass.merge || pass.group))
      this.#report(
        path,
        `the pass \`${pass.name}\` joins indicators of all tiers`,
        `give \`tier\` (${choices(tiers)}), or the output \`by: tier\``,
      );
    if (tiers.length > 0 && effect !== 'block')
      this.#report(['tiers'], 'only blocking targets have tiers', 'take `tiers` out');
    if (pass.merge && [...pass.takes.keys()].some((kind) => kind !== 'ip' && kind !== 'cidr')) {
      this.#report(
        [...path, 'merge'],
        'only `ip` and `cidr` can be merged',
        'give the other kinds a pass of their own',
      );
    }
    if (pass.pack && pass.group !== 'context' && pass.group !== 'report')
      this.#report(
        [...path, 'pack'],
        'only groups can be packed',
        'add `group: context` or `group: report`, or take `pack` out',
      );
    if (pass.split && pass.group !== 'rating')
      this.#report(
        [...path, 'split'],
        'only groups by rating are split by what their members are',
        'add `group: rating`, or take `split` out',
      );
    if (pass.split && [...pass.takes.keys()].some((kind) => kind !== 'domain'))
      this.#report(
        [...path, 'split'],
        'only domains have labels',
        'give the other kinds a pass of their own',
      );
    if (pass.counts !== undefined) this.#counts(pass, [...path, 'counts']);
    if (pass.beyond !== undefined && pass.upto === Number.POSITIVE_INFINITY)
      this.#report(
        [...path, 'beyond'],
        'there is no number beyond which the pass is not used',
        'add `upto`, or take `beyond` out',
      );
    if (pass.approximation !== undefined && pass.approximates === undefined)
      this.#report(
        [...path, 'approximation'],
        'it is not told what the pass can only say nearly',
        'say it in `approximates`',
      );
    if (pass.refers !== undefined) this.#refers(pass, [...path, 'refers']);
    if (pass.revision !== undefined) this.#revision(pass, [...path, 'revision']);
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

  #refers({ group, refers }: TargetDefinition['outputs'][number]['passes'][number], path: Path): void {
    const passes = this.#definition.outputs.flatMap((output) => output.passes);
    if (!group) this.#report(path, 'only a group has members', 'add `group`, or take `refers` out');
    if (passes.some(({ name, identity, group: of }) => name === refers && identity && !of)) return;
    const help = 'name a pass with ids whose entries are single indicators';
    this.#report(path, `no indicator has an id in \`${refers}\``, help);
  }

  #revision(pass: Pass, path: Path): void {
    const { outputs } = this.#definition;
    const own = outputs.findIndex(({ passes }) => passes.includes(pass));
    const before = outputs.slice(0, own).flatMap((output) => output.passes);
    const other = before.find(({ name, identity }) => name === pass.revision && identity);
    if (!other)
      this.#report(path, `no output before has a pass \`${pass.revision}\` with ids`, 'name another pass');
    else if (!haveSameEntries(pass, other))
      this.#report(
        path,
        `the rules of \`${other.name}\` are for others`,
        'give both the same `takes`, `group` and `pack`',
      );
  }

  #counts(pass: TargetDefinition['outputs'][number]['passes'][number], path: Path): void {
    const passes = this.#definition.outputs.flatMap((output) => output.passes);
    if (pass.above === 0 && pass.upto === Number.POSITIVE_INFINITY)
      this.#report(path, 'the pass is used for any number of indicators', 'add `above` or `upto`');
    if (countedBy(pass, passes) !== undefined) return;
    const meant = nearest(
      pass.counts as string,
      passes.map(({ name }) => name),
    );
    this.#report(
      path,
      `the target has no pass \`${pass.counts}\`${pass.tier ? ` of the tier \`${pass.tier}\`` : ''}`,
      meant ? `did you mean \`${meant}\`?` : 'name another pass of the target',
    );
  }

  #names({ syntax, limit }: Output, at: number): void {
    if (syntax !== this.#definition.syntax) this.#syntax(syntax, ['outputs', at, 'syntax']);
    for (const [key, most] of Object.entries(limit ?? {})) this.#limit(most, ['outputs', at, 'limit', key]);
  }

  /** A limit is a number, or the name of an option that gives one. */
  #limit(most: number | string, place: Path): void {
    if (typeof most === 'string' && this.#definition.options[most]?.type !== 'number')
      this.#report(
        place,
        `the target has no option \`${most}\` of type \`number\``,
        'name one of its options, or give a number',
      );
  }

  /** The template and the path of an output, or of a file of its changes, which stands at `place`. */
  #output(output: Output, place: Path): void {
    const check = { partials: this.#partials(), helpers: this.#helpers(output.syntax) };
    const file = this.#templates.get(output.template);
    if (!file) {
      const known = [...this.#templates.keys()];
      const meant = nearest(output.template, known);
      this.#report(
        [...place, 'template'],
        `there is no template \`${output.template}\``,
        meant ? `did you mean \`${meant}\`?` : `the folder has ${enumerated(known) || 'none'}`,
      );
      return;
    }
    if (output.each && !output.passes.some((pass) => pass.name === output.each)) {
      this.#report([...place, 'each'], `the output has no pass \`${output.each}\``, 'name one of its passes');
      return;
    }
    if (output.each && output.passes.some((pass) => pass.distinct !== undefined)) {
      this.#report(
        [...place, 'each'],
        '`distinct` is for the lines of a list, not for one file a rule',
        'take `distinct` out of the pass',
      );
      return;
    }
    if (output.each && (output.partEntries !== undefined || output.serial)) {
      this.#report(
        [...place, 'each'],
        '`parts` and `serial` are for a file with all entries, not for one file a rule',
        'take them out of the output',
      );
      return;
    }
    if (output.each && output.passes.length > 1) {
      this.#report(
        [...place, 'each'],
        'an output with one file a rule has one pass',
        'give the other passes an output of their own',
      );
      return;
    }
    this.#delta(output, place);
    const scope = outputScope(this.#definition, output);
    this.#diagnostics.push(...checkTemplate(file, scope, check));
    if (hasSeveralFiles(output)) {
      const pattern = new SourceFile('the path of an output', output.file);
      const wrong = checkTemplate(pattern, pathScope(this.#definition, output), check);
      for (const [several, name] of [
        [output.tier, 'tier'],
        [output.partEntries, 'part'],
      ] as const) {
        if (several !== undefined && !new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(output.file))
          this.#report(
            [...place, 'file'],
            'all files of the output would have one name',
            `put \`{{${name}}}\` into it`,
          );
      }
      for (const { message, help } of wrong) this.#report([...place, 'file'], message, help ?? '');
    } else if (!isOutputPath(output.file)) {
      this.#report(
        [...place, 'file'],
        `\`${output.file}\` is not a path that an output can have`,
        'use letters, digits, `.`, `_`, `-` and `/`',
        'RF504',
      );
    }
  }

  /** Changes can be told of what is a list: of entries that stand for themselves, in a file of their own. */
  #delta({ delta, each, partEntries, serial, passes }: Output, place: Path): void {
    if (delta === undefined) return;
    const path = [...place, 'delta'];
    if (each) {
      this.#report(path, '`each` does not go with `delta`', 'take `delta` out: the files are loaded whole');
      return;
    }
    if (delta === 'lines') return;
    if (partEntries !== undefined || serial) {
      const help = 'use `delta: lines`, or take `delta` out';
      this.#report(path, '`parts` and `serial` do not go with a template for changes', help);
      return;
    }
    if (passes.some(({ refers, distinct }) => refers !== undefined || distinct !== undefined)) {
      const help = 'use `delta: lines`, or take `delta` out';
      this.#report(path, '`refers` and `distinct` do not go with a template for changes', help);
    }
    this.#output(delta.output, path);
  }

  /** The templates that no output names: those of outputs hold passes, which a partial cannot. */
  #partials(): Map<string, SourceFile> {
    const ofOutputs = new Set(writtenOutputs(this.#definition).map(({ template }) => template));
    const others = [...this.#templates].filter(([name]) => !ofOutputs.has(name));
    return new Map(others.map(([name, file]) => [name.replace(/\.hbs$/, ''), file]));
  }

  #helpers(syntax: Syntax): Map<string, HelperSignature> {
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

/** Whether two passes have the same entries of the same indicators. */
function haveSameEntries(one: Pass, other: Pass): boolean {
  const [a, b] = [one, other].map(({ takes, group, pack, split, merge, tier, revoked }) =>
    JSON.stringify([[...takes], group, pack, split, merge, tier, revoked]),
  );
  return a === b;
}
