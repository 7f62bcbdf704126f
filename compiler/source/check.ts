/** Checks a node against a zod schema and tells each issue at its place in the file. For every file Refang reads. */

import type * as z from 'zod/mini';
import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { coreScalar, plainValue, type ResolveScalar } from './plain.ts';
import { keysAt, type Schema } from './schema-walk.ts';
import { turnedKeys } from './turned-keys.ts';
import { choices, enumerated, nearest, shown } from './words.ts';
import { spaceTrap } from './yaml-traps.ts';
import {
  entryOf,
  firstLineOf,
  isEmpty,
  type MapEntry,
  type Node,
  type ScalarNode,
  spanOf,
} from './yaml-tree.ts';

/** What a schema makes of a node. */
export interface Checked<T> {
  /** Absent where there is an error. */
  value: T | undefined;
  diagnostics: Diagnostic[];
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Where an issue's path leads: the node, and the entry of the map it is the value of. */
interface Place {
  node: Node;
  entry?: MapEntry | undefined;
}

/**
 * Checks `node` and returns the typed value, or all that is wrong with it. `what` names the whole in messages, such as
 * "a record". Scalars are resolved by YAML's core schema unless `resolve` says otherwise.
 */
export function checkAgainst<S extends z.ZodMiniType>(
  schema: S,
  node: Node,
  file: SourceFile,
  what: string,
  resolve: ResolveScalar = coreScalar,
): Checked<z.infer<S>> {
  const result = schema.safeParse(plainValue(node, resolve));
  if (result.success) return { value: result.data, diagnostics: [] };
  const mapper = new IssueMapper(schema, node, file, what);
  const issues = result.error.issues.flatMap((issue) => mapper.bestBranch(issue, []));
  return { value: undefined, diagnostics: mapper.diagnostics(issues) };
}

class IssueMapper {
  readonly schema: Schema;
  readonly root: Node;
  readonly file: SourceFile;
  readonly what: string;

  constructor(schema: Schema, root: Node, file: SourceFile, what: string) {
    this.schema = schema;
    this.root = root;
    this.file = file;
    this.what = what;
  }

  /** The issues of the branch of a union that the input was most probably meant for, with whole paths. */
  bestBranch(issue: Issue, prefix: Path): Issue[] {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path }];
    const scalar = this.place(path)?.node.type === 'scalar';
    // A word is asked for where a list or a map stands: not this branch.
    const otherType = ({ code, path: inner }: Issue) =>
      inner.length === 0 &&
      (code === 'invalid_type' || code === 'invalid_union' || (code === 'invalid_value' && !scalar));
    const branch = issue.errors.find((one) => !one.some(otherType));
    return branch ? branch.flatMap((inner) => this.bestBranch(inner, path)) : [{ ...issue, path }];
  }

  diagnostics(issues: readonly Issue[]): Diagnostic[] {
    const misspelt = this.misspeltKeys(issues);
    return issues.flatMap((issue) => {
      const place = this.place(issue.path);
      if (place?.node.broken || place?.entry?.value.broken) return [];
      if (issue.code === 'unrecognized_keys') return this.unknownKeys(issue.path, issue.keys);
      return place ? [this.wrongValue(issue, place)] : this.missingKey(issue.path, misspelt);
    });
  }

  /** Paths of missing keys that stand there misspelt, as an unknown key: told once, as unknown. */
  misspeltKeys(issues: readonly Issue[]): Set<string> {
    const missing = issues.filter((issue) => !this.place(issue.path));
    const misspelt = new Set<string>();
    for (const issue of issues) {
      if (issue.code !== 'unrecognized_keys') continue;
      const beside = missing.filter((other) => pathKey(other.path.slice(0, -1)) === pathKey(issue.path));
      for (const key of issue.keys) {
        const meant = nearest(
          key,
          beside.map((other) => String(other.path.at(-1))),
        );
        if (meant !== undefined) misspelt.add(pathKey([...issue.path, meant]));
      }
    }
    return misspelt;
  }

  unknownKeys(path: Path, keys: readonly string[]): Diagnostic[] {
    const map = this.place(path)?.node;
    if (map?.type !== 'map') return [];
    const entries = new Map(map.entries.map((entry) => [entry.key.text, entry]));
    const known = keysAt(this.schema, path);
    const absent = known.filter((key) => !entries.has(key));
    const unknown = keys.flatMap((key) => entries.get(key) ?? []);
    const turned = turnedKeys(path, unknown, absent);
    return unknown.flatMap((entry) => {
      if (entry.value.broken) return [];
      const key = entry.key.text;
      const help = turned.get(key);
      const meant = help === undefined ? (nearest(key, absent) ?? nearest(key, known)) : undefined;
      const diagnostic: Diagnostic = {
        code: 'RF201',
        severity: 'error',
        span: spanOf(this.file, entry.key),
        message: `\`${shown(key)}\` is not a key of ${this.nameOf(path)}`,
        help: help ?? (meant ? `write \`${meant}\`` : `the keys are ${enumerated(known)}`),
      };
      if (meant) diagnostic.label = `did you mean \`${meant}\`?`;
      return [diagnostic];
    });
  }

  missingKey(path: Path, misspelt: ReadonlySet<string>): Diagnostic[] {
    const parent = this.place(path.slice(0, -1));
    const key = String(path.at(-1));
    if (!parent || parent.node.broken || misspelt.has(pathKey(path))) return [];
    return [
      {
        code: 'RF202',
        severity: 'error',
        span: firstLineOf(this.file, parent.node),
        message: `${this.nameOf(path.slice(0, -1))} has no \`${key}\``,
        help: key === 'refang' ? 'begin the file with `refang: 1`' : `add \`${key}: …\``,
      },
    ];
  }

  wrongValue(issue: Issue, place: Place): Diagnostic {
    const { node, entry } = place;
    const value =
      node.type === 'scalar' ? `\`${shown(node.text)}\`` : `a ${node.type === 'seq' ? 'list' : 'map'}`;
    if (issue.code === 'invalid_key') {
      const inner = issue.issues[0];
      const span = entry ? spanOf(this.file, entry.key) : spanOf(this.file, node);
      const code = codeOfCustom(inner) ?? 'RF219';
      const message =
        inner?.code === 'custom'
          ? inner.message
          : `\`${shown(String(issue.path.at(-1)))}\` is not a key here`;
      return { code, severity: 'error', span, message };
    }
    if (isEmpty(node)) {
      const span = entry ? spanOf(this.file, entry.key) : spanOf(this.file, node);
      return {
        code: 'RF209',
        severity: 'error',
        span,
        message: entry ? `\`${shown(entry.key.text)}\` has no value` : 'an item of the list is empty',
      };
    }
    const span = node.type === 'scalar' ? spanOf(this.file, node) : firstLineOf(this.file, node);
    const at = (code: Code, message: string, help?: string): Diagnostic =>
      help ? { code, severity: 'error', span, message, help } : { code, severity: 'error', span, message };
    switch (issue.code) {
      case 'invalid_value': {
        // The label of TLP as reports print it: `TLP:AMBER`.
        const word = node.type === 'scalar' ? node.text.replace(/^TLP:/i, '') : '';
        const meant = nearest(word, issue.values.map(String));
        const diagnostic = at(
          'RF204',
          `${value} is not ${choices(issue.values)}`,
          `use ${choices(issue.values)}`,
        );
        return meant ? { ...diagnostic, label: `did you mean \`${meant}\`?` } : diagnostic;
      }
      case 'too_big':
      case 'too_small':
        if (issue.code === 'too_small' && issue.origin !== 'number')
          return at(
            'RF209',
            entry ? `\`${shown(entry.key.text)}\` is empty` : 'an item of the list is empty',
          );
        return at('RF205', `${value} is ${rangeWords(issue)}`);
      case 'custom':
        return at(codeOfCustom(issue) ?? 'RF203', issue.message.replace('{value}', value));
      default:
        return this.wrongType(issue, span, node, value);
    }
  }

  wrongType(issue: Issue, span: Span, node: Node, value: string): Diagnostic {
    const expected = expectedTypes(issue);
    if (expected.includes('a map') && node.type === 'scalar' && isKeyWithoutSpace(node))
      return spaceTrap(this.file, span.start, span.end);
    const wanted = expected.join(' or ');
    const quoted = node.type === 'scalar' && node.style !== 'plain' && /^\d+$/.test(node.text);
    const numberInQuotes = quoted && wanted.includes('number');
    return {
      code: 'RF203',
      severity: 'error',
      span,
      message: `${value} stands ${numberInQuotes ? 'in quotes ' : ''}where ${wanted} should be`,
      help: numberInQuotes ? `write ${value} without quotes` : helpFor(expected),
    };
  }

  /** The node that a path leads to. */
  place(path: Path): Place | undefined {
    let node: Node | undefined = this.root;
    let entry: MapEntry | undefined;
    for (const step of path) {
      if (node.type === 'map') {
        entry = entryOf(node, String(step));
        node = entry?.value;
      } else if (node.type === 'seq') {
        node = node.items[Number(step)];
        entry = undefined;
      } else return undefined;
      if (!node) return undefined;
    }
    return { node, entry };
  }

  nameOf(path: Path): string {
    const names = path.filter((step) => typeof step === 'string');
    return names.length > 0 ? `\`${shown(names.join('.'))}\`` : this.what;
  }
}

/** The code that a check of ours gives in its `params`. */
function codeOfCustom(issue: Issue | undefined): Code | undefined {
  return issue?.code === 'custom' ? (issue.params?.code as Code | undefined) : undefined;
}

const TYPE_WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function expectedTypes(issue: Issue): string[] {
  const types: string[] = [];
  const collect = (inner: Issue) => {
    if (inner.code === 'invalid_type') types.push(TYPE_WORDS[inner.expected] ?? inner.expected);
    if (inner.code === 'invalid_union') for (const branch of inner.errors) branch.forEach(collect);
  };
  collect(issue);
  return types.length > 0 ? [...new Set(types)] : ['something else'];
}

/** How a value of the first of these types is written. */
function helpFor(expected: readonly string[]): string {
  if (expected.includes('a map')) return 'write its keys below it, indented, each as `key: value`';
  if (expected.some((type) => type.includes('number'))) return 'write it in digits';
  if (expected.includes('text'))
    return `write one text${expected.includes('a list') ? ', or a list of them' : ''}`;
  return `write ${expected.join(' or ')}`;
}

/** `key:value`, which YAML reads as one word. */
function isKeyWithoutSpace({ style, text }: ScalarNode): boolean {
  return style === 'plain' && /^[a-z][a-z0-9_]*:\S/.test(text);
}

function rangeWords(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const limit = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
  return issue.origin === 'number' ? `out of range: ${limit}` : `too long: ${limit}`;
}

function pathKey(path: Path): string {
  return JSON.stringify(path.map(String));
}
