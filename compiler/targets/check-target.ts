/** Reads a target's folder into a target, or says all that is wrong with it. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import { SourceFile } from '../diagnostics/source-file.ts';
import { enumerated, nearest } from '../source/words.ts';
import { checkPass } from './check-pass.ts';
import { checkTemplate, type HelperSignature } from './check-template.ts';
import {
  definitionFrom,
  hasSeveralFiles,
  type Output,
  type Syntax,
  type TargetDefinition,
  writtenOutputs,
} from './definition.ts';
import { DefinitionReport, type Path } from './definition-report.ts';
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
  const checker = new DefinitionChecker(
    raw,
    definition,
    templates,
    vocabulary,
    new DefinitionReport(file, root),
  );
  diagnostics.push(...withoutRepeats(checker.check()));
  const target = { name: folder.name, raw, definition, templates };
  return { target: diagnostics.some(isError) ? undefined : target, diagnostics };
}

/** A partial is checked at every place that uses it; the same finding counts once. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ span, message }: Diagnostic) => `${span?.file.path} ${span?.start} ${span?.end} ${message}`;
  return [...new Map(diagnostics.map((one) => [key(one), one])).values()];
}

/** Checks what the schema cannot: that names mean something, and that every template uses only what it is given. */
class DefinitionChecker {
  readonly #raw: RawTargetDefinition;
  readonly #definition: TargetDefinition;
  readonly #templates: ReadonlyMap<string, SourceFile>;
  readonly #vocabulary: Vocabulary;
  readonly #report: DefinitionReport;

  constructor(
    raw: RawTargetDefinition,
    definition: TargetDefinition,
    templates: ReadonlyMap<string, SourceFile>,
    vocabulary: Vocabulary,
    report: DefinitionReport,
  ) {
    this.#raw = raw;
    this.#definition = definition;
    this.#templates = templates;
    this.#vocabulary = vocabulary;
    this.#report = report;
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
          this.#report.add(
            path,
            `two passes are called \`${pass.name}\``,
            'rename one: a rule’s key holds the name of its pass',
          );
        if (identified) names.add(pass.name);
        checkPass(this.#definition, pass, path, this.#report);
      }
      this.#names(output, at);
      this.#output(output, ['outputs', at]);
    }
    return this.#report.diagnostics;
  }

  /** Each output once, with its place in `outputs`; one `by: tier` is the same but for the tier. */
  #outputs(): [number, TargetDefinition['outputs'][number]][] {
    const { outputs, tiers } = this.#definition;
    let next = 0;
    return this.#raw.outputs.flatMap(({ by }, at): [number, TargetDefinition['outputs'][number]][] => {
      const output = outputs[next];
      next += by === 'tier' ? tiers.length : 1;
      if (by === 'tier' && tiers.length === 0)
        this.#report.add(
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
    this.#report.add(
      path,
      `there is no language \`${syntax}\``,
      meant ? `did you mean \`${meant}\`?` : `the languages are ${enumerated(known)}`,
    );
  }

  #identity(): void {
    if (this.#definition.identity !== 'sid') return;
    if (this.#definition.options.sid?.type === 'range') return;
    this.#report.add(
      ['identity'],
      'a target with sids needs an option `sid` of type `range`',
      'add `sid: {type: range, default: [1000000, 1999999], about: …}` to `options`',
    );
  }

  #options(): void {
    for (const [name, option] of Object.entries(this.#definition.options)) {
      const path = ['options', name];
      const { pattern } = option;
      if (pattern !== undefined && !this.#report.addUnlessPattern([...path, 'pattern'], pattern)) continue;
      const wrong = problemOf(option, option.default)?.('default');
      if (wrong) this.#report.add([...path, 'default'], wrong.message, wrong.help);
    }
  }

  #names({ syntax, limit }: Output, at: number): void {
    if (syntax !== this.#definition.syntax) this.#syntax(syntax, ['outputs', at, 'syntax']);
    for (const [key, most] of Object.entries(limit ?? {})) this.#limit(most, ['outputs', at, 'limit', key]);
  }

  /** A limit is a number, or the name of an option that gives one. */
  #limit(most: number | string, place: Path): void {
    if (typeof most === 'string' && this.#definition.options[most]?.type !== 'number')
      this.#report.add(
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
      this.#report.add(
        [...place, 'template'],
        `there is no template \`${output.template}\``,
        meant ? `did you mean \`${meant}\`?` : `the folder has ${enumerated(known) || 'none'}`,
      );
      return;
    }
    if (output.each && !output.passes.some((pass) => pass.name === output.each)) {
      this.#report.add(
        [...place, 'each'],
        `the output has no pass \`${output.each}\``,
        'name one of its passes',
      );
      return;
    }
    if (output.each && output.passes.some((pass) => pass.distinct !== undefined)) {
      this.#report.add(
        [...place, 'each'],
        '`distinct` is for the lines of a list, not for one file a rule',
        'take `distinct` out of the pass',
      );
      return;
    }
    if (output.each && (output.partEntries !== undefined || output.serial)) {
      this.#report.add(
        [...place, 'each'],
        '`parts` and `serial` are for a file with all entries, not for one file a rule',
        'take them out of the output',
      );
      return;
    }
    if (output.each && output.passes.length > 1) {
      this.#report.add(
        [...place, 'each'],
        'an output with one file a rule has one pass',
        'give the other passes an output of their own',
      );
      return;
    }
    this.#delta(output, place);
    const scope = outputScope(this.#definition, output);
    this.#report.diagnostics.push(...checkTemplate(file, scope, check));
    if (hasSeveralFiles(output)) {
      const pattern = new SourceFile('the path of an output', output.file);
      const wrong = checkTemplate(pattern, pathScope(this.#definition, output), check);
      for (const [several, name] of [
        [output.tier, 'tier'],
        [output.partEntries, 'part'],
      ] as const) {
        if (several !== undefined && !new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`).test(output.file))
          this.#report.add(
            [...place, 'file'],
            'all files of the output would have one name',
            `put \`{{${name}}}\` into it`,
          );
      }
      for (const { message, help } of wrong) this.#report.add([...place, 'file'], message, help ?? '');
    } else if (!isOutputPath(output.file)) {
      this.#report.add(
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
      this.#report.add(
        path,
        '`each` does not go with `delta`',
        'take `delta` out: the files are loaded whole',
      );
      return;
    }
    if (delta === 'lines') return;
    if (partEntries !== undefined || serial) {
      const help = 'use `delta: lines`, or take `delta` out';
      this.#report.add(path, '`parts` and `serial` do not go with a template for changes', help);
      return;
    }
    if (passes.some(({ refers, distinct }) => refers !== undefined || distinct !== undefined)) {
      const help = 'use `delta: lines`, or take `delta` out';
      this.#report.add(path, '`refers` and `distinct` do not go with a template for changes', help);
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
}
