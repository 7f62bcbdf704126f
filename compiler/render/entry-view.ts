/** What the template of an entry sees. A template asks for a few of forty fields, so each is looked up when it is asked for. */

import { type AddressRange, cidrsOf, formatAddress } from '../indicators/address.ts';
import { tacticsOf } from '../indicators/attack.ts';
import type { Context, Report } from '../indicators/context.ts';
import type { Collection } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import { firstReported } from '../plan/expiry.ts';
import type { Interval } from '../plan/merge.ts';
import { severityOf } from '../plan/severity.ts';
import type { SeverityMap } from '../source/policy-setting.ts';
import type { Tier } from '../targets/definition.ts';
import { type FragmentMemo, type Fragments, NO_FRAGMENTS } from './fragments.ts';
import type { FileView, IdentityView, View } from './view.ts';

/** What the views of the targets that share a policy are made from. */
export interface ViewSource {
  collection: Collection;
  publisher: FileView['publisher'];
  severities: SeverityMap;
  /** Whether the last day of an indicator depends on its kind. */
  kindsDiffer: boolean;
  /** By context: 1 where a domain stands for the names below it as well. */
  suffixes: Uint8Array;
  /** The last day on which an indicator is valid, YYYY-MM-DD. */
  expires(index: number): string | undefined;
  /** A report, with the empty text for what it does not say. */
  report(id: string): View;
  /** What entries of reports and actors say of them. */
  subjects: WeakMap<Entry, View>;
}

/** What the views of a pass have in common. */
export interface PassViews {
  source: ViewSource;
  file: FileView;
  /** What is rendered already. */
  memo: FragmentMemo;
  /** The tier of an indicator. */
  tierOf(index: number): Tier | undefined;
}

/** Any entry: what its file knows, its tier, and its identity once it has one. */
export class EntryView {
  /** Templates ask for fields by name: see `targets/fields.ts`. */
  readonly [name: string]: unknown;
  /** What is rendered already of what the entry shares with others. No template names this. */
  $: Fragments = NO_FRAGMENTS;
  /** What is to be looked at of one of its lists of indicators, by the name of that. */
  $members: ((list: string) => MemberViews) | undefined;
  readonly #file: FileView;
  readonly #tier: Tier | undefined;
  #identity: IdentityView | undefined;

  constructor(file: FileView, tier: Tier | undefined) {
    this.#file = file;
    this.#tier = tier;
  }

  /** Gives the entry an identity, in place of the one it has. */
  identify(identity: IdentityView): void {
    this.#identity = identity;
  }

  get tier(): Tier | undefined {
    return this.#tier;
  }
  get publisher() {
    return this.#file.publisher;
  }
  get options() {
    return this.#file.options;
  }
  get target() {
    return this.#file.target;
  }
  get all_reports() {
    return this.#file.all_reports;
  }
  get part() {
    return this.#file.part;
  }
  get parts() {
    return this.#file.parts;
  }
  get serial() {
    return this.#file.serial;
  }

  get id() {
    return this.#identity?.id;
  }
  get short(): unknown {
    return this.#identity?.short;
  }
  get sid() {
    return this.#identity?.sid;
  }
  get rev() {
    return this.#identity?.rev;
  }
  get created() {
    return this.#identity?.created;
  }
  get modified() {
    return this.#identity?.modified;
  }
}

/** An interval of addresses. */
export class IntervalView extends EntryView {
  readonly value: string;
  readonly #interval: Interval;

  constructor({ file, memo }: PassViews, interval: Interval, tier: Tier | undefined) {
    super(file, tier);
    this.$ = memo.of(0);
    this.value = interval.value;
    this.#interval = interval;
  }

  get family(): AddressRange['family'] {
    return this.#interval.family;
  }
  get first(): string {
    return this.#end(this.#interval.first);
  }
  get last(): string {
    return this.#end(this.#interval.last);
  }
  get cidrs(): string[] {
    if (this.value.includes('/')) return [this.value];
    return this.#isAddress ? [`${this.value}/${this.family === 4 ? 32 : 128}`] : cidrsOf(this.#interval);
  }

  /** The value of one address is that address: large numbers are slow to write. */
  #end(address: bigint): string {
    return this.#isAddress ? this.value : formatAddress(this.family, address);
  }

  get #isAddress(): boolean {
    return !this.value.includes('/') && !this.value.includes('-');
  }
}

/** What has a context: an indicator, or a group of those that share one. */
export abstract class ContextView extends EntryView {
  readonly #source: ViewSource;

  constructor({ source, file }: PassViews, tier: Tier | undefined) {
    super(file, tier);
    this.#source = source;
  }

  protected abstract shared(): Context;

  get reports(): View[] {
    return this.shared().reports.map((id) => this.#source.report(id));
  }
  get actors() {
    return this.shared().actors.map((id) => this.#source.collection.actors.get(id));
  }
  get author(): string {
    return [...new Set(this.reports.map(({ author }) => author))].join(', ') || this.#source.publisher.name;
  }
  get published(): string {
    return firstReported(this.shared(), this.#source.collection.reports) ?? '';
  }
  get status() {
    return this.shared().status;
  }
  get historical(): boolean {
    return this.shared().status === 'historical';
  }
  get severity() {
    return severityOf(this.shared(), this.#source.severities);
  }
  get listed_severity() {
    return this.shared().severity;
  }
  get confidence(): number {
    return this.shared().confidence;
  }
  get tlp() {
    return this.shared().tlp;
  }
  get attack() {
    return this.shared().attack;
  }
  get tactics(): string[] {
    return tacticsOf(this.shared().attack);
  }
  get tags() {
    return this.shared().tags;
  }
  get references(): readonly string[] {
    const { reports, references } = this.shared();
    if (reports.length === 0 && references.length < 2) return references;
    const urls = reports.map((id) => (this.#source.collection.reports.get(id) as Report).url ?? '');
    return [...new Set([...urls.filter((url) => url !== ''), ...references])];
  }
}

/** The members of a group, looked at one after another. */
export interface MemberViews {
  readonly size: number;
  /** It holds until the next is asked for. */
  at(place: number): View;
}

/** A group of indicators that share a context. */
export class GroupView extends ContextView {
  readonly #context: Context;

  constructor(pass: PassViews, context: Context, tier: Tier | undefined) {
    super(pass, tier);
    this.#context = context;
  }

  protected shared(): Context {
    return this.#context;
  }
}
