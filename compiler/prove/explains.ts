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

  /** The indicators that match `text`, seen as a value of `kind`. */
  of(kind: Kind, text: string): number[] {
    const lower = text.toLowerCase();
    return [...(this.#values.get(lower) ?? []), ...this.#byHost(hostOf(kind, lower))];
  }

  #byHost(host: string | undefined): number[] {
    if (host === undefined) return [];
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

/** The host that a text of a kind names; undefined where it names none. */
function hostOf(kind: Kind, text: string): string | undefined {
  switch (kind) {
    case 'domain':
    case 'ip':
    case 'cidr':
      return text;
    case 'url':
      return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/
        .exec(text)?.[1]
        ?.replace(/[[\]]/g, '');
    case 'endpoint':
      return text.replace(/:\d+$/, '').replace(/[[\]]/g, '');
    case 'email':
      return text.slice(text.lastIndexOf('@') + 1);
    default:
      return undefined;
  }
}
