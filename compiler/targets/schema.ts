/** The schema of `target.yaml`. */

import * as z from 'zod/mini';
import { TLPS } from '../indicators/context.ts';
import { KINDS } from '../indicators/kind.ts';
import { EFFECTS, GROUPINGS, SPLITS, TIERS } from './definition.ts';

const text = z.string().check(z.minLength(1));
const name = z.string().check(z.regex(/^[a-z][a-z0-9_]*$/, 'a lower-case word, digits and `_` allowed'));
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const count = z.int().check(z.gte(1));

const take = z.strictObject({
  where: z
    .optional(z.record(name, z.array(scalar).check(z.minLength(1))))
    .check(
      z.describe('Fields of the kind and the values that this pass can say; of a domain also `subdomains`.'),
    ),
  otherwise: z
    .optional(text)
    .check(z.describe('Why other values of the kind cannot be said. Shown by explain.')),
});

const pass = z.strictObject({
  takes: z
    .union([z.array(z.enum(KINDS)), z.partialRecord(z.enum(KINDS), take)])
    .check(z.describe('The kinds of indicator this pass renders; a map narrows a kind with `where`.')),
  subdomains: z
    ._default(z.boolean(), false)
    .check(z.describe('The rule matches all names below a listed domain.')),
  networks: z
    ._default(z.boolean(), false)
    .check(z.describe('The rule matches all addresses of a listed network.')),
  group: z
    .optional(z.enum(GROUPINGS))
    .check(
      z.describe(
        '`context`: one rule for all indicators that share reports, actors, severity and so on. `rating`: one for all of one severity and status, which says what they share. `report`, `actor`: one entry for each that the indicators name.',
      ),
    ),
  refers: z
    .optional(name)
    .check(
      z.describe(
        'With `group`: a pass of the target with ids; members carry the id that they have there, as `rule`.',
      ),
    ),
  revision: z
    .optional(name)
    .check(
      z.describe(
        'A pass with ids of an output before, with the same `takes`, `group` and `pack`: its rules decide the revisions of these too, whatever the template says.',
      ),
    ),
  pack: z
    .optional(
      z.strictObject({
        count: z.optional(count).check(z.describe('The most indicators of one rule.')),
        bytes: z
          .optional(count)
          .check(z.describe('The most bytes of the values of one rule, with one byte between two.')),
      }),
    )
    .check(
      z.describe(
        'Splits a group by context or by report whose values are more, or longer in sum, than one rule takes.',
      ),
    ),
  split: z
    .optional(z.enum(SPLITS))
    .check(
      z.describe(
        'With `group: rating`: `labels` splits a group of domains by the number of their labels, which it tells as `labels`.',
      ),
    ),
  merge: z
    ._default(z.boolean(), false)
    .check(z.describe('Entries are disjoint address intervals, touching ones joined.')),
  tier: z
    .optional(z.enum(TIERS))
    .check(
      z.describe(
        'Which tier of a blocking target this pass renders. Without it: all, and each entry knows its `tier`.',
      ),
    ),
  above: z.optional(count).check(z.describe('Used only when more indicators than this are to be rendered.')),
  upto: z
    .optional(count)
    .check(z.describe('Used only when at most this many indicators are to be rendered.')),
  counts: z
    .optional(name)
    .check(
      z.describe(
        'The pass whose indicators `above` and `upto` count, so that passes switch together. Default: its own.',
      ),
    ),
  beyond: z
    .optional(text)
    .check(z.describe('With `upto`: what is lost when there are more. `build` and `check` tell it then.')),
  approximates: z
    .optional(text)
    .check(z.describe('What this pass can only say nearly; its indicators count as approximated.')),
  approximation: z
    .optional(z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'a lower-case word, digits and `-` allowed')))
    .check(
      z.describe(
        'For a pass that matches more than its indicators: used only where `approximate` of refang.yaml has this word.',
      ),
    ),
  min_length: z
    .optional(count)
    .check(z.describe('Shorter values are withheld (`limit`): they match too much.')),
  max_bytes: z
    .optional(count)
    .check(z.describe('Longer values are withheld (`limit`): a rule cannot hold them.')),
  lines: z
    .optional(count)
    .check(z.describe('How many lines an entry counts for the `limit` of the output. Default: 1.')),
  distinct: z
    .optional(text)
    .check(
      z.describe(
        'A regular expression for what a line is about. Of lines in which it finds the same text, letter case aside, only the first is written.',
      ),
    ),
  identity: z
    ._default(z.boolean(), true)
    .check(
      z.describe('`false`: the entries are lines of a list, without an id and a revision of their own.'),
    ),
});

const limit = z.strictObject({
  entries: z
    .optional(z.union([count, name]))
    .check(z.describe('The most lines of entries; or the name of an option of type `number` that tells it.')),
  bytes: z
    .optional(z.union([count, name]))
    .check(
      z.describe('The most bytes of values, with three bytes more a line; or the name of such an option.'),
    ),
});

const escapeTable = z.strictObject({
  escape: z.record(z.string().check(z.length(1)), z.string()).check(z.describe('Character → its spelling.')),
  refuse: z.optional(z.string()).check(z.describe('Characters that the language cannot say.')),
});

const syntax = z.union([text, escapeTable]);

const delta = z.strictObject({
  file: text.check(z.describe('Path of the file of changes; with `by: tier` it names `{{tier}}`.')),
  template: text.check(
    z.describe(
      'Its template. For each pass `x` it is given `added_x` and `removed_x`, which hold what changed.',
    ),
  ),
  cidrs: z
    ._default(z.boolean(), false)
    .check(
      z.describe(
        'Changes of merged addresses are those of networks, for products whose sets hold networks alone.',
      ),
    ),
});

const output = z.strictObject({
  file: text.check(
    z.describe(
      'Path below the target’s folder in `out/`. A template where there are several files: with `each`, `by` or `parts`.',
    ),
  ),
  template: text.check(z.describe('The template, a file of this folder.')),
  syntax: z
    .optional(syntax)
    .check(z.describe('The language of this file, where it is another than that of the target.')),
  each: z.optional(name).check(z.describe('One file a rule of this pass, instead of one file for all.')),
  by: z
    .optional(z.literal('tier'))
    .check(z.describe('`tier`: one file for each tier; `file` names it by `{{tier}}`.')),
  parts: z
    .optional(z.strictObject({ entries: count.check(z.describe('The most entries of one file.')) }))
    .check(z.describe('Several files, where one cannot hold all; `file` names them by `{{part}}`, from 1.')),
  limit: z
    .optional(limit)
    .check(
      z.describe(
        'What the product takes. Above it the best stay, by tier, severity, confidence and date; the others are withheld (`limit`).',
      ),
    ),
  revoked: z
    .optional(z.boolean())
    .check(z.describe('Whether this file passes revoked indicators on. Default: as the target says.')),
  serial: z
    ._default(z.boolean(), false)
    .check(
      z.describe('The template shows `serial`: a number in refang.lock that rises when the file changes.'),
    ),
  delta: z
    .optional(z.union([z.literal('lines'), delta]))
    .check(
      z.describe(
        'How `refang diff --delta` writes what changed. `lines`: the lines of entries that came and went, in `FILE.added` and `FILE.removed`; those of all parts are in one, named after the first. Each entry is lines of its own, of which the order says nothing.',
      ),
    ),
  passes: z
    .optional(z.record(name, pass))
    .check(
      z.describe(
        'What the template goes through, each by `{{#each name}}`. No two passes with ids share a name: it is part of the ids.',
      ),
    ),
});

const option = z.strictObject({
  about: text.check(z.describe('One sentence: what it changes. Shown by `refang targets NAME`.')),
  type: z
    .enum(['text', 'number', 'flag', 'range'])
    .check(z.describe('A `flag` is `true` or `false`, a `range` a list of its first and last number.')),
  default: z
    .union([scalar, z.tuple([z.int(), z.int()])])
    .check(z.describe('The value where refang.yaml gives none.')),
  enum: z
    .optional(z.array(scalar))
    .check(z.describe('The values that are allowed; all of the type without it.')),
  pattern: z.optional(z.string()).check(z.describe('A regular expression the whole value must match.')),
});

/** The schema of `target.yaml`. */
export const TARGET_SCHEMA = z.strictObject({
  extends: z
    .optional(text)
    .check(
      z.describe(
        'Another target, whose keys and templates hold where this folder has none of its own. `options` and `unsupported` unite.',
      ),
    ),
  title: text.check(z.describe('The name for people, such as “Suricata rules”.')),
  about: text.check(z.describe('One sentence: what the files are and who loads them.')),
  effect: z
    .enum(EFFECTS)
    .check(
      z.describe(
        'What a product does with the files: alert, search what was logged, enforce, or hand on. It decides which policy holds.',
      ),
    ),
  syntax: syntax.check(
    z.describe('The language that `{{ }}` escapes for: a built-in one, or a table of escapes.'),
  ),
  docs: z.optional(text).check(z.describe('Address of the format’s documentation.')),
  identity: z
    .optional(z.enum(['sid', 'uuid']))
    .check(z.describe('Rules carry an id and a revision that the lock keeps.')),
  tiers: z
    .optional(z.array(z.enum(TIERS)).check(z.minLength(1)))
    .check(
      z.describe(
        'For a blocking target that can also only log: what policy keeps from `block` goes to `watch`.',
      ),
    ),
  limit: z
    .optional(
      z.strictObject({
        indicators: z
          .union([count, name])
          .check(z.describe('The most indicators, in all files; or the name of an option of type `number`.')),
      }),
    )
    .check(
      z.describe(
        'What the product takes of all files together. The best stay, as with `limit` of an output.',
      ),
    ),
  tlp: z.optional(z.enum(TLPS)).check(z.describe('The strictest TLP that the files may carry.')),
  revoked: z
    ._default(z.boolean(), false)
    .check(z.describe('The format can say that an indicator is taken back, so revoked ones are passed on.')),
  check: z
    .optional(z.union([text, z.array(text).check(z.minLength(1))]))
    .check(z.describe('The engine, or engines, that judge the files in `refang prove`.')),
  checked_by: z
    .optional(text)
    .check(z.describe('The published schema or strict parser that tests hold the files against.')),
  unchecked: z.optional(text).check(z.describe('What nothing has checked. Shown in the docs.')),
  options: z
    .optional(z.record(name, option))
    .check(z.describe('What refang.yaml may set, by name. Templates read it as `options.name`.')),
  unsupported: z
    .optional(z.partialRecord(z.enum([...KINDS, 'others']), text))
    .check(z.describe('Why a kind cannot be said here, or all `others`. Shown by explain and in the docs.')),
  outputs: z.array(output).check(z.minLength(1), z.describe('The files that are written.')),
});

/** The schema of a `target.yaml` that extends another: it may leave any key to that one. */
export const EXTENDING_SCHEMA = z.partial(TARGET_SCHEMA);

/** A `target.yaml` as it is written, with its defaults filled in. */
export type RawTargetDefinition = z.infer<typeof TARGET_SCHEMA>;
