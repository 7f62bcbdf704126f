/**
 * The vocabulary of templates: every name that a template may use, and what it holds. Templates are checked
 * against it when they are loaded, the contexts of `render/` are built to it, and docs/templates.md is made from it.
 */

import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import type { Output, Pass, TargetDefinition } from './definition.ts';

/** A scalar, a list of scalars (`of` absent), a list of things (a pass: one that is streamed), or one thing with fields. */
export type Field =
  | { about: string; type: 'value' }
  | { about: string; type: 'list'; of?: Scope; pass?: true }
  | { about: string; type: 'object'; of: Scope };

/** The names known at a place of a template. */
export type Scope = Readonly<Record<string, Field>>;

const value = (about: string): Field => ({ about, type: 'value' });
const list = (about: string, of?: Scope): Field =>
  of ? { about, type: 'list', of } : { about, type: 'list' };
const object = (about: string, of: Scope): Field => ({ about, type: 'object', of });

const REPORT: Scope = {
  id: value('Its key in `reports:`.'),
  title: value('Its title.'),
  author: value('Its author.'),
  published: value('The day it was published, YYYY-MM-DD.'),
  notice: value('What it says about the use of its indicators; empty without.'),
  url: value('Its address; empty without.'),
};

const ACTOR: Scope = {
  id: value('Its key in `actors:`.'),
  name: value('Its name.'),
  kind: value('`group`, `organization` or `person`.'),
  aliases: list('Other names.'),
  linked_to: list('The actors it is linked to, by id.'),
};

const PUBLISHER: Scope = {
  name: value('The publisher’s name.'),
  id: value('The publisher’s id, part of every identifier.'),
  prefix: value('What messages begin with.'),
};

/** What an indicator, or all indicators of a grouped rule, share. */
export const CONTEXT_FIELDS: Scope = {
  reports: list('The reports that name the indicator, by id.', REPORT),
  actors: list('The actors it is attributed to, by id.', ACTOR),
  author: value('The authors of the reports, joined by a comma; the publisher’s name without a report.'),
  published: value('The day of the earliest report, YYYY-MM-DD; empty without.'),
  status: value('`active` or `historical`.'),
  historical: value('True when the status is `historical`.'),
  severity: value('One of Sigma’s five words; at most `low` when historical.'),
  confidence: value('0 to 100.'),
  tlp: value('`clear`, `green`, `amber`, `amber+strict` or `red`.'),
  attack: list('ATT&CK technique ids.'),
  tactics: list('The ATT&CK tactics of those techniques, as `command-and-control`, each once.'),
  tags: list('The curator’s tags.'),
  references: list('Addresses: those of the reports, then the record’s own, each once.'),
};

/** What a rule carries in a target with `identity`. */
export const IDENTITY_FIELDS: Scope = {
  id: value('With `identity: uuid`: the rule’s UUID (version 5).'),
  short: value('With `identity: uuid`: the first eight digits of that UUID.'),
  sid: value('With `identity: sid`: the rule’s sid.'),
  rev: value('Its revision, from 1.'),
  created: value(
    'The day of its first revision, or of its report when that is earlier, YYYY-MM-DD; empty unknown.',
  ),
  modified: value('The day of its newest revision, YYYY-MM-DD; empty while it is the first.'),
};

/** A rule has one identifier: the other's fields would be empty. */
function identityScope(identity: 'sid' | 'uuid'): Scope {
  const { id, short, sid, ...shared } = IDENTITY_FIELDS as Record<string, Field>;
  return (identity === 'sid' ? { sid, ...shared } : { id, short, ...shared }) as Scope;
}

const INDICATOR_FIELDS: Scope = {
  value: value('The value in canonical form.'),
  kind: value('The kind of the indicator.'),
  subdomains: value('True for a domain that stands for all names below it too.'),
  note: value('The record’s note; empty without.'),
  first_seen: value('YYYY-MM-DD; empty without.'),
  last_seen: value('YYYY-MM-DD; empty without.'),
  expires: value('YYYY-MM-DD; empty without.'),
  of_file: value('For a hash: the name of its file; empty without.'),
};

const INTERVAL_FIELDS: Scope = {
  value: value('The interval: an address, a network or `first-last`.'),
  first: value('Its first address.'),
  last: value('Its last address.'),
  family: value('4 or 6.'),
};

/** What every template knows, at every depth. */
export function fileScope(definition: TargetDefinition): Scope {
  const options = Object.entries(definition.options).map(
    ([name, option]) => [name, value(option.about)] as const,
  );
  return {
    publisher: object('Who publishes, from refang.yaml.', PUBLISHER),
    options: object('The target’s options.', Object.fromEntries(options)),
    target: value('The target’s name.'),
    all_reports: list('All reports of the build, by id.', REPORT),
  };
}

/** The fields of one kind's indicator in a list of that kind. */
export function indicatorScope(kinds: Iterable<Kind>): Scope {
  let scope: Scope = INDICATOR_FIELDS;
  for (const kind of kinds) {
    const { fields, lists } = KIND_MODULES[kind];
    const own = Object.entries(fields).map(
      ([name, about]) => [name, lists?.includes(name) ? list(about) : value(about)] as const,
    );
    scope = { ...scope, ...Object.fromEntries(own) };
  }
  return scope;
}

/** The names known inside `{{#each <pass>}}`. */
export function passScope(definition: TargetDefinition, pass: Pass): Scope {
  const shared = {
    ...fileScope(definition),
    ...(definition.identity && pass.identity ? identityScope(definition.identity) : {}),
  };
  if (pass.merge) return { ...shared, ...INTERVAL_FIELDS };
  const kinds = [...pass.takes.keys()];
  if (!pass.grouped) return { ...shared, ...CONTEXT_FIELDS, ...indicatorScope(kinds) };
  const lists = kinds.map(
    (kind) =>
      [kind, list(`The group’s ${KIND_MODULES[kind].title} indicators.`, indicatorScope([kind]))] as const,
  );
  return {
    ...shared,
    ...CONTEXT_FIELDS,
    members: list('All indicators of the group.', indicatorScope(kinds)),
    suffixes: list(
      'Those of its domains that stand for all names below them too.',
      indicatorScope(['domain']),
    ),
    count: value('How many indicators the group has.'),
    group: value(
      'The group’s id: `[a-z0-9-]`, the same in passes that group alike, and so fit for file names.',
    ),
    ...Object.fromEntries(lists),
  };
}

/** The names known at the top of an output's template. */
export function outputScope(definition: TargetDefinition, output: Output): Scope {
  const each = output.passes.find((pass) => pass.name === output.each);
  if (each) return passScope(definition, each);
  const passes = output.passes.map((pass): [string, Field] => [
    pass.name,
    {
      about: `The entries of the pass \`${pass.name}\`.`,
      type: 'list',
      of: passScope(definition, pass),
      pass: true,
    },
  ]);
  return { ...fileScope(definition), ...Object.fromEntries(passes) };
}
