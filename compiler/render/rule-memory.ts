/**
 * What rules said in the last build of the same process: a rule for the same indicators, of which the same is known, says the
 * same. What else a rule depends on is the basis of a rendering; on another one nothing is remembered.
 */

import type { Context } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import type { Tier } from '../targets/definition.ts';
import type { IdentityView } from './view.ts';

/** A rule as it was rendered. */
interface RememberedRule {
  /** What `sourceOf` says of its entry. */
  source: string;
  /** Of its text with a blank identity. */
  digest: string;
  identity: IdentityView;
  /** With its identity. */
  text: string;
}

/** The rules of one target, from one build to the next. Those that are not rendered again are forgotten. */
export class RuleMemory {
  #basis = '';
  #last: ReadonlyMap<string, RememberedRule> = new Map();
  #now = new Map<string, RememberedRule>();

  /** Begins to render. */
  begin(basis: string): void {
    this.#last = basis === this.#basis ? this.#now : new Map();
    this.#now = new Map();
    this.#basis = basis;
  }

  /** The rule of that key, if it was made from the same. */
  find(key: string, source: string): RememberedRule | undefined {
    const rule = this.#last.get(key);
    return rule?.source === source ? rule : undefined;
  }

  keep(key: string, rule: RememberedRule): void {
    this.#now.set(key, rule);
  }
}

/** All that the rule of an entry depends on beside the basis; undefined where that is not known. */
export function sourceOf(
  set: IndicatorSet,
  entry: Entry,
  tierOf: (index: number) => Tier | undefined,
): string | undefined {
  switch (entry.type) {
    case 'indicator':
      return membersText(set, [entry.index], undefined, tierOf);
    case 'group': {
      const { context, labels, members } = entry.group;
      return `${labels} ${contextText(context)} ${membersText(set, members, context, tierOf)}`;
    }
    case 'interval':
    case 'subject':
      return undefined;
  }
}

/** Each with its context, where that is not the one before it. */
function membersText(
  set: IndicatorSet,
  members: readonly number[],
  before: Context | undefined,
  tierOf: (index: number) => Tier | undefined,
): string {
  let text = '';
  let last = before;
  for (const index of members) {
    const context = set.context(index);
    const value = set.value(index);
    if (context !== last) text += contextText(context);
    text += `${set.kind(index)} ${tierOf(index)} ${value.length} ${value}\n`;
    last = context;
  }
  return text;
}

const contextTexts = new WeakMap<Context, string>();

/** By context, which is one object for many indicators. */
function contextText(context: Context): string {
  let text = contextTexts.get(context);
  if (text === undefined) {
    text = JSON.stringify(context);
    contextTexts.set(context, text);
  }
  return text;
}
