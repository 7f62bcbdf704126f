/** Which of two indicators is kept where a product has no room for both. */

import { type Context, SEVERITIES } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Tier } from '../targets/definition.ts';
import type { Covering } from './cover.ts';

/** An indicator in its tier. */
interface Ranked {
  index: number;
  tier: Tier | undefined;
}

/**
 * Orders indicators from the one that is kept longest: blocked ones, then by severity times confidence, the newest, the
 * value. One that covers others stands as high as the best of them, since they go with it.
 */
export class Ranking {
  readonly #set: IndicatorSet;
  /** Of what covers others that are better: the best of them. */
  readonly #best = new Map<number, number>();
  readonly #textOf: (index: number) => string;

  constructor(set: IndicatorSet, covering: Covering) {
    this.#set = set;
    this.#textOf = valuesIn(set);
    for (let index = 0; index < covering.length; index++) {
      const by = covering[index] as number;
      if (by >= 0 && compareContexts(set.context(index), this.#contextOf(by)) < 0) this.#best.set(by, index);
    }
  }

  /** A number that is higher the longer an indicator is kept; of two with the same number `compare` knows which. */
  roughly({ index, tier }: Ranked): number {
    return (tier === 'block' ? MOST_WEIGHT + 1 : 0) + weightOf(this.#contextOf(index));
  }

  /** For sorting. */
  readonly compare = (one: Ranked, other: Ranked): number => {
    if (one.tier !== other.tier) return one.tier === 'block' ? -1 : 1;
    return (
      compareContexts(this.#contextOf(one.index), this.#contextOf(other.index)) ||
      compareText(this.#textOf(one.index), this.#textOf(other.index)) ||
      compareText(this.#set.kind(one.index), this.#set.kind(other.index))
    );
  };

  #contextOf(index: number): Context {
    return this.#set.context(this.#best.get(index) ?? index);
  }
}

/** The values of a set as texts, each made once: sorting asks for them again and again. */
function valuesIn(set: IndicatorSet): (index: number) => string {
  const values = new Array<string | undefined>(set.size);
  return (index) => {
    const known = values[index];
    if (known !== undefined) return known;
    const value = set.value(index);
    values[index] = value;
    return value;
  };
}

function compareContexts(one: Context, other: Context): number {
  if (one === other) return 0;
  return weightOf(other) - weightOf(one) || compareText(seenOf(other), seenOf(one));
}

/** That of what is critical and certain. */
const MOST_WEIGHT = SEVERITIES.length * 100;

/** `informational` counts one, `critical` five. */
function weightOf({ severity, confidence }: Context): number {
  return (SEVERITIES.indexOf(severity) + 1) * confidence;
}

/** The last day it was seen; the empty text, which comes last, unknown. */
function seenOf({ last_seen, first_seen }: Context): string {
  return last_seen ?? first_seen ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
