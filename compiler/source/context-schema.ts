/** The context keys: what is known of indicators beside their values. For records, defaults and feeds. */

import * as z from 'zod/mini';
import type { Severity, Status, Tlp } from '../indicators/context.ts';
import {
  confidence,
  day,
  link,
  oneOrList,
  optional,
  technique,
  text,
  titled,
  words,
} from './schema-parts.ts';

const allow = z.strictObject({
  guard: titled(text, 'Guard', 'The name of the guard whose hit is accepted, such as `special-use`.'),
  reason: titled(text, 'Reason', 'Why the hit is accepted.'),
  owner: titled(text, 'Owner', 'Who answers for it.'),
  until: optional(day, 'Until', 'The last day on which it is accepted, YYYY-MM-DD.'),
});

/** The context keys of a map. */
export const contextShape = {
  report: optional(oneOrList(text), 'Reports', 'Ids from `reports`: where this is published.'),
  actor: optional(oneOrList(text), 'Actors', 'Ids from `actors`: who uses it.'),
  status: optional(
    words<Status>({
      active: 'In use now: alerts, and is blocked from confidence 70 on.',
      historical: 'Was in use: alerts at low severity and is found in searches, is not blocked.',
      revoked: 'Withdrawn: told to those it is shared with, and in no rule.',
    }),
    'Status',
    '`active`: in use now. `historical`: was in use. `revoked`: withdrawn, never emitted to block or detect.',
  ),
  confidence: optional(
    confidence,
    'Confidence',
    'From 0 to 100: how sure it is that the indicator is malicious.',
  ),
  severity: optional(
    words<Severity>({
      informational: 'Nobody need look at it.',
      low: 'Worth a look when there is time.',
      medium: 'Worth a look.',
      high: 'To be looked at soon.',
      critical: 'To be looked at now.',
    }),
    'Severity',
    'How bad a hit is, in the words of Sigma.',
  ),
  tlp: optional(
    words<Tlp>({
      clear: 'Everyone may see it.',
      green: 'The community may see it; it does not stand on public pages.',
      amber: 'The organization and its clients, as far as they need to know.',
      'amber+strict': 'The organization only, as far as it needs to know.',
      red: 'Those alone who were given it.',
    }),
    'TLP',
    'Traffic Light Protocol 2.0: who may see it.',
  ),
  attack: optional(oneOrList(technique), 'ATT&CK', 'Ids of techniques: `T1566` or `T1566.002`.'),
  tags: optional(oneOrList(text), 'Tags', 'Words of your own. They unite with those of `defaults`.'),
  note: optional(text, 'Note', 'What an analyst should know about it.'),
  first_seen: optional(day, 'First seen', 'YYYY-MM-DD.'),
  last_seen: optional(day, 'Last seen', 'YYYY-MM-DD.'),
  expires: optional(day, 'Expires', 'The last day on which it is valid, YYYY-MM-DD.'),
  references: optional(
    oneOrList(link),
    'References',
    'Links for the analyst. They unite with those of `defaults`.',
  ),
  match: optional(
    words({ suffix: 'The name and all names below it.', exact: 'The name alone.' }),
    'Match',
    'Of domains. `suffix`: the name and all below it (this is so where nothing is said). `exact`: the name alone.',
  ),
  allow: optional(oneOrList(allow), 'Allow', 'Accepts the hit of a guard, with a reason and an owner.'),
};
