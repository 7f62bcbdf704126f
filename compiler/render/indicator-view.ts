/** What templates see of single indicators, and of the members of groups. Those of a list share one view, which moves. */

import type { Context } from '../indicators/context.ts';
import { type Fields, KINDS, type Kind, kindCode } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Tier } from '../targets/definition.ts';
import { ContextView, type PassViews } from './entry-view.ts';
import { IS_WORD, spellings } from './spelling.ts';

const DOMAIN = kindCode('domain');

/** The id of an indicator's rule. */
export type RuleOf = (index: number) => string | number;

/** One indicator: that of an entry, or a member of a group. */
export class IndicatorView extends ContextView {
  value = '';
  /** Whether the value is a word, which most places of most languages write as it is. No template names this. */
  $word = false;
  /** The id of its rule in the pass that this one refers to. */
  rule: string | number | undefined;
  readonly #pass: PassViews;
  readonly #set: IndicatorSet;
  readonly #spellings: Uint8Array;
  #index = -1;
  #kind = 0;
  #context = 0;
  #described: Fields | undefined;

  constructor(pass: PassViews) {
    super(pass, undefined);
    this.#pass = pass;
    this.#set = pass.source.collection.indicators;
    this.#spellings = spellings(this.#set);
  }

  /** From now on it is this indicator’s, until it moves again. */
  moveTo(index: number): this {
    const set = this.#set;
    const { source, memo } = this.#pass;
    this.#index = index;
    this.#kind = set.kindCode(index);
    this.#context = set.contextId(index);
    this.#described = undefined;
    this.value = set.value(index);
    this.$word = ((this.#spellings[index] as number) & IS_WORD) !== 0;
    this.$ = memo.of(source.kindsDiffer ? this.#context * KINDS.length + this.#kind : this.#context);
    return this;
  }

  protected shared(): Context {
    return this.#set.contextTable[this.#context] as Context;
  }

  override get tier(): Tier | undefined {
    return this.#pass.tierOf(this.#index);
  }
  get kind(): Kind {
    return KINDS[this.#kind] as Kind;
  }
  get subdomains(): boolean {
    return this.#kind === DOMAIN && this.#pass.source.suffixes[this.#context] === 1;
  }
  get note(): string {
    return this.shared().note ?? '';
  }
  get first_seen(): string {
    return this.shared().first_seen ?? '';
  }
  get last_seen(): string {
    return this.shared().last_seen ?? '';
  }
  get expires(): string {
    return this.#pass.source.expires(this.#index) ?? '';
  }
  get of_file(): string {
    return this.shared().file_name ?? '';
  }

  #describe(): Fields {
    this.#described ??= KIND_MODULES[this.kind].describe(this.value);
    return this.#described;
  }

  static {
    for (const name of new Set(KINDS.flatMap((kind) => Object.keys(KIND_MODULES[kind].fields)))) {
      if (name === 'short') continue;
      const haveIt = KINDS.map((kind) => name in KIND_MODULES[kind].fields);
      const get = function (this: IndicatorView): unknown {
        return haveIt[this.#kind] ? this.#describe()[name] : undefined;
      };
      Object.defineProperty(IndicatorView.prototype, name, { get });
    }
  }

  /** A registry key has a field of this name; the identity’s goes over it. */
  override get short(): unknown {
    return super.short ?? this.#describe().short;
  }
}

/** The views of a list of indicators, one after another. */
export class IndicatorViews {
  readonly size: number;
  readonly #view: IndicatorView;
  readonly #indexes: ArrayLike<number>;
  readonly #ruleOf: RuleOf | undefined;

  /** `ruleOf` where they carry the ids of their rules in another pass. */
  constructor(pass: PassViews, indexes: ArrayLike<number>, ruleOf?: RuleOf) {
    this.size = indexes.length;
    this.#view = new IndicatorView(pass);
    this.#indexes = indexes;
    this.#ruleOf = ruleOf;
  }

  /** It holds until the next is asked for. */
  at(place: number): IndicatorView {
    const index = this.#indexes[place] as number;
    this.#view.rule = this.#ruleOf?.(index);
    return this.#view.moveTo(index);
  }
}
