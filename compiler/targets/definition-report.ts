/** What is wrong with a `target.yaml`, at its places. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { entryOf, firstLineOf, type MapNode, type Node } from '../source/yaml-tree.ts';

/** Keys and indices from the root; the last step may be a key itself, and not what it holds. */
export type Path = readonly (string | number | { key: string })[];

/** Gathers what is found. */
export class DefinitionReport {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: SourceFile;
  readonly #root: MapNode;

  constructor(file: SourceFile, root: MapNode) {
    this.#file = file;
    this.#root = root;
  }

  /** An error at a place. */
  add(path: Path, message: string, help: string, code: 'RF503' | 'RF504' = 'RF503'): void {
    this.diagnostics.push({ code, severity: 'error', span: this.#span(path), message, help });
  }

  /** The same where a text is no regular expression. */
  addUnlessPattern(path: Path, text: string): boolean {
    const problem = problemOfPattern(text);
    if (problem) this.add(path, 'this is not a regular expression', problem);
    return problem === undefined;
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
