/** What a template sees: entries and their context as plain values, named as in `targets/fields.ts`. */

import { formatAddress } from '../indicators/address.ts';
import { tacticsOf } from '../indicators/attack.ts';
import { type Context, type Report, SEVERITIES } from '../indicators/context.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { Collection } from '../indicators/set.ts';
import type { Group } from '../plan/group.ts';
import type { Interval } from '../plan/merge.ts';
import type { Entry } from '../plan/plan.ts';
import type { Publisher } from '../source/settings.ts';
import type { OptionValue, Pass } from '../targets/definition.ts';

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
  publisher: Publisher;
  options: Readonly<Record<string, OptionValue>>;
  target: string;
  all_reports: readonly View[];
}

/** Builds the views of one build; contexts are shared, so each is built once. */
export class Views {
  readonly #collection: Collection;
  readonly #publisher: Publisher;
  readonly #contexts = new Map<Context, View>();
  readonly #reports = new Map<string, View>();

  constructor(collection: Collection, publisher: Publisher) {
    this.#collection = collection;
    this.#publisher = publisher;
  }

  file(target: string, options: FileView['options']): FileView {
    const ids = [...this.#collection.reports.keys()].sort();
    return { publisher: this.#publisher, options, target, all_reports: ids.map((id) => this.#report(id)) };
  }

  /** The fields of an entry, without its identity. */
  entry(entry: Entry, pass: Pass): View {
    switch (entry.type) {
      case 'indicator':
        return {
          ...this.context(this.#collection.indicators.context(entry.index)),
          ...this.#indicator(entry.index),
        };
      case 'group':
        return { ...this.context(entry.group.context), ...this.#members(entry.group, pass) };
      case 'interval':
        return interval(entry.interval);
    }
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
    const historical = context.status === 'historical';
    const published = reports.map((report) => report.published).sort()[0] ?? '';
    const urls = reports.map((report) => report.url ?? '').filter((url) => url !== '');
    return {
      reports: context.reports.map((id) => this.#report(id)),
      actors: context.actors.map((id) => this.#collection.actors.get(id)),
      author: [...new Set(reports.map((report) => report.author))].join(', ') || this.#publisher.name,
      published,
      status: context.status,
      historical,
      severity: historical ? lower(context.severity) : context.severity,
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
      view = { notice: '', url: '', ...(this.#collection.reports.get(id) as Report) };
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
      expires: context.expires ?? '',
      of_file: context.file_name ?? '',
      ...KIND_MODULES[kind].describe(value),
    };
  }

  #members(group: Group, pass: Pass): View {
    const members = group.members.map((index) => this.#indicator(index));
    const view: Record<string, unknown> = {
      members,
      suffixes: members.filter((member) => member.subdomains),
      count: members.length,
      group: group.id,
    };
    for (const kind of pass.takes.keys()) view[kind] = members.filter((member) => member.kind === kind);
    return view;
  }
}

/** A historical indicator never alerts above `low`. */
function lower(severity: Context['severity']): Context['severity'] {
  return SEVERITIES.indexOf(severity) > SEVERITIES.indexOf('low') ? 'low' : severity;
}

function interval(merged: Interval): View {
  const { value, family } = merged;
  return {
    value,
    family,
    first: formatAddress(family, merged.first),
    last: formatAddress(family, merged.last),
  };
}
