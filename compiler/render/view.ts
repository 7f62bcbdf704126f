/** What a template sees: entries and their context as plain values, named as in `targets/fields.ts`. */

import { publisherNamespace } from '../identity/uuid.ts';
import { type Actor, type Context, TLPS } from '../indicators/context.ts';
import { KINDS } from '../indicators/kind.ts';
import type { Collection } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import { expiryOf, firstReported } from '../plan/expiry.ts';
import type { Group } from '../plan/group.ts';
import type { Members } from '../plan/order.ts';
import type { EffectPolicy } from '../plan/policy.ts';
import { subjectKey } from '../plan/subject.ts';
import type { Publisher } from '../source/settings.ts';
import type { OptionValue, Pass, Tier } from '../targets/definition.ts';
import { EntryView, GroupView, IntervalView, type PassViews, type ViewSource } from './entry-view.ts';
import { FragmentMemo } from './fragments.ts';
import { IndicatorView, IndicatorViews, type RuleOf } from './indicator-view.ts';

/** Fields by name: what a template is given. */
export type View = Readonly<Record<string, unknown>>;

/** A rule's identity as its template shows it. Dates are YYYY-MM-DD or empty. */
export interface IdentityView {
  id: string;
  short: string;
  sid: number | '';
  rev: number | '';
  created: string;
  modified: string;
}

/** The identity a rule is hashed with: all that may not make a new revision is blank. */
export const BLANK_IDENTITY: IdentityView = {
  id: '',
  short: '',
  sid: '',
  rev: '',
  created: '',
  modified: '',
};

/** What every template of a target sees at every depth. */
export interface FileView {
  publisher: Publisher & { namespace: string };
  options: Readonly<Record<string, OptionValue>>;
  target: string;
  all_reports: readonly View[];
  /** Of an output with several files. */
  tier?: Tier;
  part?: number;
  parts?: number;
  /** Of one whose revisions the lock counts. */
  serial?: number;
}

/** What an entry's view is made of beside the entry. */
export interface EntrySurroundings {
  file: FileView;
  pass: Pass;
  memo: FragmentMemo;
  /** The tier of an indicator. */
  tierOf(index: number): Tier | undefined;
  /** The id of an indicator's rule in the pass that this one refers to. */
  ruleOf: RuleOf;
}

/** Builds the views of the targets that share a policy. */
export class Views {
  readonly #source: ViewSource;
  readonly #reports = new Map<string, View>();

  constructor(
    collection: Collection,
    publisher: Publisher,
    policy: Pick<EffectPolicy, 'lifetimes' | 'severity'>,
  ) {
    this.#source = {
      collection,
      publisher: { ...publisher, namespace: publisherNamespace(publisher.id) },
      severities: policy.severity,
      kindsDiffer: Object.keys(policy.lifetimes).length > 0,
      suffixes: Uint8Array.from(collection.indicators.contextTable, ({ match }) =>
        match === 'suffix' ? 1 : 0,
      ),
      expires: expiryOf(collection, policy.lifetimes),
      report: (id) => this.#report(id),
      subjects: new WeakMap(),
    };
  }

  file(target: string, options: FileView['options']): FileView {
    const ids = [...this.#source.collection.reports.keys()].sort();
    const all_reports = ids.map((id) => this.#report(id));
    return { publisher: this.#source.publisher, options, target, all_reports };
  }

  /** Room for the fragments of a template. */
  memo(fragments: number): FragmentMemo {
    const contexts = this.#source.collection.indicators.contextTable.length;
    return new FragmentMemo(fragments, this.#source.kindsDiffer ? contexts * KINDS.length : contexts);
  }

  /** The views of the entries of a pass in one file. */
  pass(around: EntrySurroundings): PassEntryViews {
    return new PassEntryViews(this.#source, around);
  }

  #report(id: string): View {
    let view = this.#reports.get(id);
    if (!view) {
      view = { ...UNREPORTED, ...this.#source.collection.reports.get(id) };
      this.#reports.set(id, view);
    }
    return view;
  }
}

/** Gives the view of each entry of a pass: all that its template sees. */
export class PassEntryViews {
  readonly #views: PassViews;
  readonly #around: EntrySurroundings;

  constructor(source: ViewSource, around: EntrySurroundings) {
    const { file, tierOf, memo } = around;
    this.#views = { source, file, memo, tierOf };
    this.#around = around;
  }

  /** Those of single indicators. */
  indicators(indexes: ArrayLike<number>): IndicatorViews {
    return new IndicatorViews(this.#views, indexes);
  }

  entry(entry: Entry): EntryView {
    const { file, pass } = this.#around;
    switch (entry.type) {
      case 'indicator':
        return new IndicatorView(this.#views).moveTo(entry.index);
      case 'group': {
        const { id, context, members, labels } = entry.group;
        const own = { count: members.length, group: id, ...(labels !== undefined && { labels }) };
        const view = Object.assign(new GroupView(this.#views, context, pass.tier), own);
        // The rule of a list of half a million needs none of them.
        for (const name of ['members', 'suffixes', ...pass.takes.keys()])
          defineLazily(view, name, () =>
            Array.from(this.#listed(entry.group, name), (index) => this.#member(index)),
          );
        view.$members = (name) => this.#members(this.#listed(entry.group, name));
        return view;
      }
      case 'interval':
        return new IntervalView(this.#views, entry.interval, pass.tier);
      case 'subject': {
        const view = Object.assign(new EntryView(file, file.tier), this.#subjectOf(entry));
        defineLazily(view, 'members', () => Array.from(entry.members, (index) => this.#member(index)));
        view.$members = (name) => this.#members(name === 'members' ? entry.members : []);
        return view;
      }
    }
  }

  #member(index: number): IndicatorView {
    return this.#members([index]).at(0);
  }

  #members(indexes: ArrayLike<number>): IndicatorViews {
    const { pass, ruleOf } = this.#around;
    return new IndicatorViews(this.#views, indexes, pass.refers === undefined ? undefined : ruleOf);
  }

  /** The members that are in one of a group's lists. */
  #listed({ members }: Group, name: string): Members {
    const { indicators: set } = this.#views.source.collection;
    if (name === 'members') return members;
    const isListed =
      name === 'suffixes'
        ? (index: number) => set.kind(index) === 'domain' && set.context(index).match === 'suffix'
        : (index: number) => set.kind(index) === name;
    const listed = new Uint32Array(members.length);
    let count = 0;
    for (let at = 0; at < members.length; at++) {
      const index = members[at] as number;
      if (isListed(index)) listed[count++] = index;
    }
    return listed.subarray(0, count);
  }

  /** Passes may have the very same entries: what is known of one is worked out once for all of them. */
  #subjectOf(entry: Entry & { type: 'subject' }): View {
    const { subjects } = this.#views.source;
    const view = subjects.get(entry) ?? this.#subject(entry);
    subjects.set(entry, view);
    return view;
  }

  /** A report or an actor, with the indicators that name it. */
  #subject({ of, id, part, members, known }: Entry & { type: 'subject' }): View {
    const { collection, report } = this.#views.source;
    const contexts = new Set<Context>();
    for (const index of known) contexts.add(collection.indicators.context(index));
    const { id: _, ...subject } = of === 'report' ? report(id) : (collection.actors.get(id) as Actor);
    const days = Array.from(contexts, (context) => firstReported(context, collection.reports) ?? '');
    // There may be more contexts than a call takes arguments.
    const strictest = Array.from(contexts, ({ tlp }) => TLPS.indexOf(tlp)).reduce(
      (a, b) => Math.max(a, b),
      0,
    );
    return {
      published: days.sort()[0] ?? '',
      ...subject,
      key: subjectKey(id, part),
      part_of: part,
      tlp: TLPS[strictest],
      count: members.length,
      ...(of === 'report'
        ? { actors: this.#actorsOf(contexts) }
        : { links: this.#linksOf(subject as Omit<Actor, 'id'>) }),
    };
  }

  #linksOf({ linked_to }: Omit<Actor, 'id'>): readonly (Actor | undefined)[] {
    return linked_to.map((id) => this.#views.source.collection.actors.get(id));
  }

  #actorsOf(contexts: Iterable<Context>): readonly (Actor | undefined)[] {
    const ids = new Set(Array.from(contexts, ({ actors }) => actors).flat());
    return [...ids].sort().map((id) => this.#views.source.collection.actors.get(id));
  }
}

/** What no report names has one without a word. */
const UNREPORTED: View = { title: '', author: '', published: '', notice: '', url: '' };

/** Gives a view a field whose value is made when it is first asked for. */
function defineLazily(view: object, name: string, make: () => unknown): void {
  Object.defineProperty(view, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make();
      Object.defineProperty(view, name, { value });
      return value;
    },
  });
}
