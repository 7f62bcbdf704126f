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
  namespace: value('The UUID that all UUIDs of the publisher are derived from.'),
};

/** What each file of an output with several is told of itself, and one with a serial. */
export const FILE_FIELDS = {
  tier: value('`block` or `watch`.'),
  part: value('The number of this file, from 1.'),
  parts: value('How many files the output has.'),
  serial: value('The revision of this file, from 1.'),
};

/** What an indicator, or all indicators of a grouped rule, share. */
export const CONTEXT_FIELDS: Scope = {
  reports: list('The reports that name the indicator, by id.', REPORT),
  actors: list('The actors it is attributed to, by id.', ACTOR),
  author: value('The authors of the reports, joined by a comma; the publisher’s name without a report.'),
  published: value('The day of the earliest report, YYYY-MM-DD; empty without.'),
  status: value('`active` or `historical`.'),
  historical: value('True when the status is `historical`.'),
  severity: value('One of Sigma’s five words; by default the listed one, and at most `low` when historical.'),
  listed_severity: value('One of Sigma’s five words, as listed.'),
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
  expires: value(
    'The last day on which it is valid, also by the lifetime of its kind, YYYY-MM-DD; empty without.',
  ),
  of_file: value('For a hash: the name of its file; empty without.'),
};

/** What the entry of a report or an actor knows of the indicators that name it. */
const SUBJECT_FIELDS: Scope = {
  key: value('Its key in `reports:` or `actors:`; of a part of a report, with the part behind it.'),
  part_of: value('Which part of its report it is, in digits; empty for a whole one.'),
  tlp: value(
    'The strictest TLP of its indicators; of an actor without any, of those of the actors that lead to it.',
  ),
  count: value('How many indicators name it.'),
};

/** What a group of domains with equally many labels is told. */
const SPLIT_FIELDS: Scope = { labels: value('How many labels its names have: 2 for `host.example`.') };

const INTERVAL_FIELDS: Scope = {
  value: value('The interval: an address, a network or `first-last`.'),
  first: value('Its first address.'),
  last: value('Its last address.'),
  family: value('4 or 6.'),
  cidrs: list('The fewest networks that are the interval together.'),
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
export function passScope(definition: TargetDefinition, output: Output, pass: Pass): Scope {
  const shared = {
    ...fileScope(definition),
    ...fileFields(output),
    ...(definition.tiers.length > 0 && { tier: FILE_FIELDS.tier }),
    ...(definition.identity && pass.identity ? identityScope(definition.identity) : {}),
  };
  if (pass.merge) return { ...shared, ...INTERVAL_FIELDS };
  const kinds = [...pass.takes.keys()];
  const members = (of: readonly Kind[]) => ({
    ...indicatorScope(of),
    ...(pass.refers !== undefined && { rule: value('The id of its rule in the pass that `refers` names.') }),
  });
  switch (pass.group) {
    case undefined:
      return { ...shared, ...CONTEXT_FIELDS, ...indicatorScope(kinds) };
    case 'context':
      return { ...shared, ...CONTEXT_FIELDS, ...groupScope(kinds, members) };
    case 'rating': {
      // Its members say what they do not share.
      const own = (of: readonly Kind[]) => ({ ...CONTEXT_FIELDS, ...members(of) });
      return { ...shared, ...CONTEXT_FIELDS, ...groupScope(kinds, own), ...(pass.split && SPLIT_FIELDS) };
    }
    case 'report': {
      const actors = list('The actors of its indicators, by id.', ACTOR);
      const all = list('All indicators that name it.', { ...CONTEXT_FIELDS, ...members(kinds) });
      return { ...shared, ...withoutId(REPORT), ...SUBJECT_FIELDS, actors, members: all };
    }
    case 'actor': {
      const all = list('All indicators that name it.', { ...CONTEXT_FIELDS, ...members(kinds) });
      const published = value('The day of the earliest report of its indicators; empty without.');
      const links = list('The actors it is linked to, by id.', ACTOR);
      return { ...shared, ...withoutId(ACTOR), ...SUBJECT_FIELDS, published, links, members: all };
    }
  }
}

/** The id of a report or an actor is its `key` where `id` is that of the entry. */
function withoutId({ id: _, ...others }: Scope): Scope {
  return others;
}

function groupScope(kinds: readonly Kind[], members: (of: readonly Kind[]) => Scope): Scope {
  const lists = kinds.map(
    (kind) => [kind, list(`The group’s ${KIND_MODULES[kind].title} indicators.`, members([kind]))] as const,
  );
  return {
    members: list('All indicators of the group.', members(kinds)),
    suffixes: list('Those of its domains that stand for all names below them too.', members(['domain'])),
    count: value('How many indicators the group has.'),
    group: value(
      'The group’s id: `[a-z0-9-]`, the same in passes that group alike, and so fit for file names.',
    ),
    ...Object.fromEntries(lists),
  };
}

function fileFields({ tier, partEntries, serial }: Output): Scope {
  const { part, parts } = FILE_FIELDS;
  return {
    ...(tier !== undefined && { tier: FILE_FIELDS.tier }),
    ...(partEntries !== undefined && { part, parts }),
    ...(serial && { serial: FILE_FIELDS.serial }),
  };
}

/** The names known in the `file` of an output with several files. */
export function pathScope(definition: TargetDefinition, output: Output): Scope {
  const { serial: _, ...known } = { ...fileScope(definition), ...fileFields(output) };
  return output.each ? outputScope(definition, output) : known;
}

/** The names known at the top of an output's template. */
export function outputScope(definition: TargetDefinition, output: Output): Scope {
  const each = output.passes.find((pass) => pass.name === output.each);
  if (each) return passScope(definition, output, each);
  const passes = output.passes.map((pass): [string, Field] => [
    pass.name,
    {
      about: `The entries of the pass \`${pass.name}\`.`,
      type: 'list',
      of: passScope(definition, output, pass),
      pass: true,
    },
  ]);
  return { ...fileScope(definition), ...fileFields(output), ...Object.fromEntries(passes) };
}
