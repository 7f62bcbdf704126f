/** The reports and actors that the inputs define, and the references to them. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import type { Actor, Report } from '../indicators/context.ts';
import type { FileSource } from './schema.ts';
import { nearest, shown } from './words.ts';
import { entryOf, type MapNode, scalarsOf, spanOf } from './yaml-tree.ts';

type What = 'report' | 'actor';

/** So many misspelt ids are compared with all that are defined: it takes long, and nobody reads more. */
const MOST_SUGGESTIONS = 100;

/** The reports and actors of all inputs, by id. */
export class Definitions {
  readonly reports = new Map<string, Report>();
  readonly actors = new Map<string, Actor>();
  /** The day of each report, where it is first said. */
  readonly published = new Map<string, Span>();
  /** Every id that stands in a file, also where its definition has an error. */
  readonly #places: Record<What, Map<string, Span>> = { report: new Map(), actor: new Map() };
  readonly #diagnostics: Diagnostic[];
  #suggestions = 0;

  constructor(diagnostics: Diagnostic[]) {
    this.#diagnostics = diagnostics;
  }

  /** Takes what a file defines. `source` is absent where its head has an error. */
  add(file: SourceFile, root: MapNode, source: FileSource | undefined): void {
    for (const [id, report] of Object.entries(source?.reports ?? {}))
      this.#define(
        'report',
        this.reports,
        id,
        { id, ...report } as Report,
        this.#keySpan(file, root, 'reports', id),
      );
    for (const [id, actor] of Object.entries(source?.actors ?? {})) {
      const { aliases = [], linked_to = [], name, kind } = actor;
      const whole: Actor = { id, name, aliases: [aliases].flat(), kind, linked_to: [linked_to].flat() };
      this.#define('actor', this.actors, id, whole, this.#keySpan(file, root, 'actors', id));
    }
    this.#notePlaces(file, root, 'report', 'reports');
    this.#notePublished(file, root);
    this.#notePlaces(file, root, 'actor', 'actors');
  }

  /** Whether an id stands in a file. */
  has(what: What, id: string): boolean {
    return this.#places[what].has(id);
  }

  /** The references of a map's key (`report`, `actor`, `linked_to`) that lead nowhere, as errors. */
  unknownReferences(file: SourceFile, map: MapNode, key: string, what: What): Diagnostic[] {
    const entry = entryOf(map, key);
    if (!entry) return [];
    const unknown = scalarsOf(entry.value).filter((node) => !this.has(what, node.text));
    return unknown.map((node) => {
      const diagnostic: Diagnostic = {
        code: 'RF208',
        severity: 'error',
        span: spanOf(file, node),
        message: `the ${what} \`${shown(node.text)}\` is not defined`,
        help: `define it under \`${what}s\`, or mend the spelling`,
      };
      const meant =
        this.#suggestions++ < MOST_SUGGESTIONS ? nearest(node.text, this.#places[what].keys()) : undefined;
      const place = meant === undefined ? undefined : this.#places[what].get(meant);
      if (place) {
        diagnostic.label = `did you mean \`${meant}\`?`;
        diagnostic.related = [{ span: place, message: `\`${meant}\` is defined here` }];
      }
      return diagnostic;
    });
  }

  /** Checks the links between actors, when all files are known. */
  checkLinks(file: SourceFile, root: MapNode): void {
    const actors = entryOf(root, 'actors')?.value;
    if (actors?.type !== 'map') return;
    for (const { value } of actors.entries)
      if (value.type === 'map')
        this.#diagnostics.push(...this.unknownReferences(file, value, 'linked_to', 'actor'));
  }

  #define<T extends Report | Actor>(what: What, map: Map<string, T>, id: string, value: T, span: Span): void {
    const first = map.get(id);
    if (!first) map.set(id, value);
    else if (JSON.stringify(first) !== JSON.stringify(value)) {
      const place = this.#places[what].get(id);
      this.#diagnostics.push({
        code: 'RF213',
        severity: 'error',
        span,
        message: `the ${what} \`${id}\` is defined differently in another file`,
        label: 'and again here',
        related: place ? [{ span: place, message: 'first defined here' }] : [],
      });
    }
  }

  #notePlaces(file: SourceFile, root: MapNode, what: What, key: string): void {
    const map = entryOf(root, key)?.value;
    if (map?.type !== 'map') return;
    for (const entry of map.entries) {
      const places = this.#places[what];
      if (!places.has(entry.key.text)) places.set(entry.key.text, spanOf(file, entry.key));
    }
  }

  #notePublished(file: SourceFile, root: MapNode): void {
    const map = entryOf(root, 'reports')?.value;
    for (const { key, value } of map?.type === 'map' ? map.entries : []) {
      const day = value.type === 'map' ? entryOf(value, 'published')?.value : undefined;
      if (day && !this.published.has(key.text)) this.published.set(key.text, spanOf(file, day));
    }
  }

  #keySpan(file: SourceFile, root: MapNode, key: string, id: string): Span {
    const map = entryOf(root, key)?.value;
    const entry = map?.type === 'map' ? entryOf(map, id) : undefined;
    return spanOf(file, entry?.key ?? root);
  }
}
