/** What a template sees: entries and their context as plain values, named as in `targets/fields.ts`. */

import { publisherNamespace } from '../identity/uuid.ts';
import { cidrsOf, formatAddress } from '../indicators/address.ts';
import { tacticsOf } from '../indicators/attack.ts';
import { type Actor, type Context, type Report, TLPS } from '../indicators/context.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { Collection } from '../indicators/set.ts';
import type { Entry } from '../plan/entry.ts';
import { expiryOf, firstReported } from '../plan/expiry.ts';
import type { Group } from '../plan/group.ts';
import type { Interval } from '../plan/merge.ts';
import type { EffectPolicy } from '../plan/policy.ts';
import { severityOf } from '../plan/severity.ts';
import type { Publisher } from '../source/settings.ts';
import type { OptionValue, Pass, Tier } from '../targets/definition.ts';

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
}

/** What an entry's view is made of beside the entry. */
export interface EntrySurroundings {
  file: FileView;
  pass: Pass;
  /** The tier of an indicator. */
  tierOf(index: number): Tier | undefined;
  /** The id of an indicator's rule in the pass that this one refers to. */
  ruleOf(index: number): string | number;
}

/** Builds the views of the targets that share a policy; contexts are shared, so each is built once. */
export class Views {
  readonly #collection: Collection;
  readonly #publisher: FileView['publisher'];
  readonly #severities: EffectPolicy['severity'];
  readonly #expires: (index: number) => string | undefined;
  readonly #contexts = new Map<Context, View>();
  readonly #reports = new Map<string, View>();
  /** Of one file at a time: what its entries share, by context. */
  #shared: { file: FileView; byContext: Map<Context | undefined, View> } | undefined;

  constructor(
    collection: Collection,
    publisher: Publisher,
    policy: Pick<EffectPolicy, 'lifetimes' | 'severity'>,
  ) {
    this.#collection = collection;
    this.#severities = policy.severity;
    this.#expires = expiryOf(collection, policy.lifetimes);
    this.#publisher = { ...publisher, namespace: publisherNamespace(publisher.id) };
  }

  file(target: string, options: FileView['options']): FileView {
    const ids = [...this.#collection.reports.keys()].sort();
    return { publisher: this.#publisher, options, target, all_reports: ids.map((id) => this.#report(id)) };
  }

  /** All that the template of an entry sees, without its identity; an object of its own. */
  entry(entry: Entry, around: EntrySurroundings): Record<string, unknown> {
    const { file, pass } = around;
    switch (entry.type) {
      case 'indicator': {
        const context = this.#collection.indicators.context(entry.index);
        const view = this.#over(file, context, this.#indicator(entry.index));
        view.tier = around.tierOf(entry.index);
        return view;
      }
      case 'group': {
        const { id, context, members, labels } = entry.group;
        const own = { count: members.length, group: id, ...(labels !== undefined && { labels }) };
        const view = this.#over(file, context, own);
        view.tier = pass.tier;
        // The rule of a list of half a million needs none of them.
        for (const [name, list] of Object.entries(this.#lists(entry.group, around)))
          defineLazily(view, name, list);
        return view;
      }
      case 'interval': {
        const view = this.#over(file, undefined, interval(entry.interval));
        view.tier = pass.tier;
        return view;
      }
      case 'subject':
        return this.#over(file, undefined, this.#subject(entry, around));
    }
  }

  /**
   * An entry's own fields over those it shares, which it inherits: copying forty fields for each entry would cost more
   * than rendering it.
   */
  #over(file: FileView, context: Context | undefined, own: View): Record<string, unknown> {
    if (this.#shared?.file !== file) this.#shared = { file, byContext: new Map() };
    let shared = this.#shared.byContext.get(context);
    if (!shared) {
      shared = { ...file, ...(context && this.context(context)) };
      this.#shared.byContext.set(context, shared);
    }
    return Object.assign(Object.create(shared), own);
  }

  context(context: Context): View {
    let view = this.#contexts.get(context);
    if (!view) {
      view = this.#buildContext(context);
      this.#contexts.set(context, view);
    }
    return view;
  }

  #buildContext(context: Context): View {
    const reports = context.reports.map((id) => this.#collection.reports.get(id) as Report);
    const urls = reports.map((report) => report.url ?? '').filter((url) => url !== '');
    return {
      reports: context.reports.map((id) => this.#report(id)),
      actors: context.actors.map((id) => this.#collection.actors.get(id)),
      author: [...new Set(reports.map((report) => report.author))].join(', ') || this.#publisher.name,
      published: firstReported(context, this.#collection.reports) ?? '',
      status: context.status,
      historical: context.status === 'historical',
      severity: severityOf(context, this.#severities),
      listed_severity: context.severity,
      confidence: context.confidence,
      tlp: context.tlp,
      attack: context.attack,
      tactics: tacticsOf(context.attack),
      tags: context.tags,
      references: [...new Set([...urls, ...context.references])],
    };
  }

  #report(id: string): View {
    let view = this.#reports.get(id);
    if (!view) {
      view = { ...UNREPORTED, ...this.#collection.reports.get(id) };
      this.#reports.set(id, view);
    }
    return view;
  }

  #indicator(index: number): View {
    const set = this.#collection.indicators;
    const kind = set.kind(index);
    const value = set.value(index);
    const context = set.context(index);
    return {
      value,
      kind,
      subdomains: kind === 'domain' && context.match === 'suffix',
      note: context.note ?? '',
      first_seen: context.first_seen ?? '',
      last_seen: context.last_seen ?? '',
      expires: this.#expires(index) ?? '',
      of_file: context.file_name ?? '',
      ...KIND_MODULES[kind].describe(value),
    };
  }

  /** The lists of a group's members by name, each made when it is asked for. */
  #lists({ members }: Group, { file, pass, ruleOf }: EntrySurroundings): Record<string, () => View[]> {
    const viewOf = (index: number): View => {
      const view = this.#indicator(index);
      if (pass.group === 'rating') return this.#over(file, this.#collection.indicators.context(index), view);
      return pass.refers === undefined ? view : { ...view, rule: ruleOf(index) };
    };
    let made: View[] | undefined;
    const all = () => {
      made ??= members.map(viewOf);
      return made;
    };
    const ofKinds = [...pass.takes.keys()].map(
      (kind) => [kind, () => all().filter((member) => member.kind === kind)] as const,
    );
    return {
      members: all,
      suffixes: () => all().filter((member) => member.subdomains),
      ...Object.fromEntries(ofKinds),
    };
  }

  /** A report or an actor, with the indicators that name it. */
  #subject(
    { of, id, members, known }: Entry & { type: 'subject' },
    { file, pass, ruleOf }: EntrySurroundings,
  ): View {
    const contexts = new Set(known.map((index) => this.#collection.indicators.context(index)));
    const { id: _, ...subject } =
      of === 'report' ? this.#report(id) : (this.#collection.actors.get(id) as Actor);
    return {
      published: [...contexts].map((context) => this.context(context).published as string).sort()[0] ?? '',
      ...subject,
      key: id,
      tlp: TLPS[Math.max(0, ...Array.from(contexts, ({ tlp }) => TLPS.indexOf(tlp)))],
      count: members.length,
      ...(of === 'report'
        ? { actors: this.#actorsOf(contexts) }
        : { links: this.#linksOf(subject as Omit<Actor, 'id'>) }),
      members: members.map((index) => {
        const own = this.#indicator(index);
        const view = this.#over(file, this.#collection.indicators.context(index), own);
        if (pass.refers !== undefined) view.rule = ruleOf(index);
        return view;
      }),
    };
  }

  #linksOf({ linked_to }: Omit<Actor, 'id'>): readonly (Actor | undefined)[] {
    return linked_to.map((id) => this.#collection.actors.get(id));
  }

  #actorsOf(contexts: Iterable<Context>): readonly (Actor | undefined)[] {
    const ids = new Set(Array.from(contexts, ({ actors }) => actors).flat());
    return [...ids].sort().map((id) => this.#collection.actors.get(id));
  }
}

/** What no report names has one without a word. */
const UNREPORTED: View = { title: '', author: '', published: '', notice: '', url: '' };

/** Gives a view a field whose value is made when it is first asked for. */
function defineLazily(view: Record<string, unknown>, name: string, make: () => unknown): void {
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

function interval(merged: Interval): View {
  const { value, family } = merged;
  return {
    value,
    family,
    first: formatAddress(family, merged.first),
    last: formatAddress(family, merged.last),
    cidrs: cidrsOf(merged),
  };
}
