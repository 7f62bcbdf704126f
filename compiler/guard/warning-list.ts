/**
 * Reads a list in the format of the MISP warning lists: JSON with `name`, `version`, `type`, `matching_attributes`
 * and `list`.
 */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { domain } from '../indicators/domain.ts';
import type { Kind } from '../indicators/kind.ts';
import { JsonError, parseJson } from '../source/feeds/json.ts';
import { choices, counted, shown } from '../source/words.ts';
import { GuardList } from './list.ts';
import { addNetwork } from './networks.ts';
import { readPattern } from './pattern.ts';

const TYPES = ['string', 'hostname', 'cidr', 'substring', 'regex'] as const;
type ListType = (typeof TYPES)[number];

/** Of entries that are not used the first are told. */
const MOST_TOLD = 5;

const NAMES: readonly Kind[] = ['domain', 'endpoint'];
const ADDRESSES: readonly Kind[] = ['ip', 'cidr', 'endpoint'];

/** The kinds that an attribute type of MISP means; for composites each part counts. */
const ATTRIBUTES: readonly [name: RegExp, kinds: readonly Kind[]][] = [
  [/^(?:domain|hostname)$/, NAMES],
  [/^ip(?:-src|-dst)?$/, ADDRESSES],
  [/^(?:url|uri|link)$/, ['url']],
  [/email|^eppn$/, ['email']],
  [/^(?:md5|sha1|sha256|sha512)$/, ['hash']],
];

const ALL: readonly Kind[] = ['domain', 'ip', 'cidr', 'endpoint', 'url', 'email', 'hash'];

/** A list and what is wrong with it; no list where nothing of it can be used. */
export interface ReadList {
  list: GuardList | undefined;
  diagnostics: Diagnostic[];
}

interface WarningList {
  name: string;
  version: string | number | undefined;
  type: ListType;
  attributes: readonly string[] | undefined;
  entries: readonly unknown[];
}

/** Reads a list. `guard` is the name that overrides use. */
export function readWarningList(file: SourceFile, guard: string): ReadList {
  const parsed = parsedList(file);
  if ('code' in parsed) return { list: undefined, diagnostics: [parsed] };
  const { name, version, attributes, type, entries } = parsed;
  const list = new GuardList({
    guard,
    title: version === undefined ? name : `${name}, version ${version}`,
    strength: 'listed',
    about: name,
    kinds: new Set(attributes ? attributes.flatMap(kindsOf) : ALL),
    whole: false,
  });
  const refused = new Refusals(file);
  for (const entry of entries) {
    const why = typeof entry === 'string' ? addEntry(list, type, entry) : 'it is not a text';
    if (why !== undefined) refused.add(entry, why);
  }
  return { list, diagnostics: refused.diagnostics() };
}

function parsedList(file: SourceFile): WarningList | Diagnostic {
  let read: unknown;
  try {
    read = JSON.parse(file.text);
  } catch {
    return damaged(file, ...placeOf(file.text));
  }
  const said = (typeof read === 'object' && read !== null ? read : {}) as Record<string, unknown>;
  if (!Array.isArray(said.list)) return damaged(file, 0, 1, 'it has no `list`');
  if (!TYPES.includes(said.type as ListType)) {
    const at = Math.max(file.text.indexOf('"type"'), 0);
    return damaged(file, at, at + 6, `its \`type\` is not ${choices(TYPES)}`);
  }
  const attributes = said.matching_attributes;
  const { version } = said;
  return {
    name: typeof said.name === 'string' ? shown(said.name) : file.path,
    version: typeof version === 'string' || typeof version === 'number' ? version : undefined,
    type: said.type as ListType,
    attributes: Array.isArray(attributes) && attributes.length > 0 ? attributes.map(String) : undefined,
    entries: said.list,
  };
}

/** Where a text stops being JSON, and why. */
function placeOf(text: string): [start: number, end: number, why: string] {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return [error.start, error.end, error.message];
    throw error;
  }
  return [0, 1, 'it is not JSON'];
}

function damaged(file: SourceFile, start: number, end: number, why: string): Diagnostic {
  return {
    code: 'RF410',
    severity: 'error',
    span: { file, start, end },
    message: `\`${file.path}\` is not a warning list: ${why}`,
  };
}

function kindsOf(attribute: string): readonly Kind[] {
  return attribute
    .split('|')
    .flatMap((part) => ATTRIBUTES.filter(([name]) => name.test(part)).flatMap(([, kinds]) => kinds));
}

/** Adds an entry, or tells why it is not used. */
function addEntry(list: GuardList, type: ListType, entry: string): string | undefined {
  if (entry.trim() === '') return 'it is empty';
  switch (type) {
    case 'cidr':
      return addNetwork(list.ranges, entry.trim()) ? undefined : 'it is neither an address nor a network';
    case 'substring':
      list.substrings.add(entry.toLowerCase());
      return undefined;
    case 'regex': {
      const pattern = readPattern(entry);
      if ('refused' in pattern) return pattern.refused;
      list.patterns.push(pattern);
      return undefined;
    }
    default:
      return addText(list, type, entry.trim());
  }
}

/** Lists write parents with a dot in front, whatever their type. */
function addText(list: GuardList, type: 'string' | 'hostname', entry: string): string | undefined {
  const dotted = entry.startsWith('.') || entry.startsWith('*.');
  const text = canonical(dotted ? entry.slice(entry.indexOf('.') + 1) : entry);
  if (text === '') return 'it is empty';
  if (dotted || type === 'hostname') list.parents.push(text);
  else list.texts.push(text);
  return undefined;
}

const PLAIN = /^[\x21-\x7e]+$/;

/** As indicators are written: in lower case, names without a dot at the end, and other scripts as DNS writes them. */
function canonical(entry: string): string {
  if (PLAIN.test(entry)) return entry.toLowerCase().replace(/^([^/]*[^/.])\.$/, '$1');
  const parsed = domain.parse(entry);
  return parsed.ok ? parsed.value : entry.toLowerCase();
}

/** Entries that are not used, as warnings: a few, and how many more. */
class Refusals {
  readonly #file: SourceFile;
  readonly #told: Diagnostic[] = [];
  #count = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  add(entry: unknown, why: string): void {
    this.#count += 1;
    if (this.#count > MOST_TOLD) return;
    const written = JSON.stringify(entry) ?? 'null';
    const start = Math.max(this.#file.text.indexOf(written), 0);
    this.#told.push({
      code: 'RF411',
      severity: 'warning',
      span: { file: this.#file, start, end: start + written.length },
      message: `the entry \`${shown(typeof entry === 'string' ? entry : written)}\` is not used: ${why}`,
    });
  }

  diagnostics(): Diagnostic[] {
    const [first] = this.#told;
    if (!first || this.#count <= MOST_TOLD) return this.#told;
    const more = this.#count - MOST_TOLD;
    const message = `… and ${counted(more, 'more entry', 'more entries')} of \`${this.#file.path}\` ${more === 1 ? 'is' : 'are'} not used`;
    return [...this.#told, { ...first, message }];
  }
}
