/** Which listed indicators rightly match something that is seen: a near miss of one may be another one's own. */

import { rangeOf } from '../indicators/address.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';

interface ListedRange {
  index: number;
  range: ReturnType<typeof rangeOf>;
}

/** Finds the listed indicators among some candidates that match a text. */
export class Explainer {
  readonly #set: IndicatorSet;
  readonly #values = new Map<string, number[]>();
  readonly #names = new Map<string, number>();
  readonly #ranges: ListedRange[] = [];

  /** `candidates`: the indicators that have an entry in the target, or are covered by one. */
  constructor(set: IndicatorSet, candidates: readonly number[]) {
    this.#set = set;
    for (const index of candidates) {
      const value = set.value(index).toLowerCase();
      const kind = set.kind(index);
      this.#values.set(value, [...(this.#values.get(value) ?? []), index]);
      if (kind === 'domain') this.#names.set(value, index);
      if (kind === 'ip' || kind === 'cidr') this.#ranges.push({ index, range: rangeOf(value) });
    }
  }

  /**
   * The indicators that match `text`, seen as a value of `kind`, or something that stands in it: the host of a URL, the
   * URL in the query of another, the registry key above.
   */
  of(kind: Kind, text: string): number[] {
    const lower = text.toLowerCase();
    const found = new Set(partsOf(kind, lower).flatMap((part) => this.#values.get(part) ?? []));
    for (const host of hostsIn(lower)) for (const index of this.#byHost(host)) found.add(index);
    return [...found];
  }

  #byHost(host: string): number[] {
    const parsed = KIND_MODULES.ip.parse(host);
    return parsed.ok ? this.#byAddress(parsed.value) : this.#byName(host);
  }

  #byName(host: string): number[] {
    const found = this.#names.get(host);
    const indexes = found === undefined ? [] : [found];
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      const parent = this.#names.get(host.slice(dot + 1));
      if (parent !== undefined && this.#set.context(parent).match === 'suffix') indexes.push(parent);
    }
    return indexes;
  }

  #byAddress(address: string): number[] {
    const { family, first } = rangeOf(address);
    const holds = ({ range }: ListedRange) =>
      range.family === family && range.first <= first && first <= range.last;
    return this.#ranges.filter(holds).map(({ index }) => index);
  }
}

/** A dotted name or IPv4 address, as long as it goes; an IPv6 address, which has two colons. */
const HOST = /[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*/g;
const URL_START = /\b[a-z][a-z0-9+.-]*:\/\//g;
const ENDPOINT = /(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\]):\d+/g;
const EMAIL = /[^\s/:?#&="'<>@]+@[a-z0-9_.-]+/g;

/** The names and addresses that stand in a text. */
function hostsIn(text: string): string[] {
  return text.match(HOST) ?? [];
}

/** A text, and what of it may be listed as a value of its own. */
function partsOf(kind: Kind, text: string): string[] {
  const urls = [...text.matchAll(URL_START)].map(({ index }) => text.slice(index));
  const named = [...(text.match(ENDPOINT) ?? []), ...(text.match(EMAIL) ?? [])];
  return [text, ...urls, ...named, ...above(kind, text)];
}

/** The registry keys above a key; the folders above a path, written as such, and its name. */
function above(kind: Kind, text: string): string[] {
  if (kind !== 'registry_key' && kind !== 'file_path') return [];
  const ends = [...text.matchAll(/[/\\]/g)].map(({ index }) => index);
  if (kind === 'registry_key') return ends.map((end) => text.slice(0, end));
  return [...ends.map((end) => text.slice(0, end + 1)), text.slice((ends.at(-1) ?? -1) + 1)];
}
