/** The format of `indicators.yaml`. Its JSON Schema, for editors, is made from this. */

import * as z from 'zod/mini';
import { SEVERITIES, STATUSES, TLPS } from '../indicators/context.ts';
import {
  confidence,
  day,
  id,
  link,
  oneOrList,
  optional,
  refused,
  technique,
  text,
  titled,
} from './schema-parts.ts';

/** A value of a kind: raw text. Editors resolve types, so for them a number is fine as well. */
const value = z.string().check(z.meta({ type: ['string', 'number'] }));

function kind(title: string, examples: string) {
  const forms = 'One value, a list, or a block after `|` with one value a line. Defanged or live.';
  return z.optional(titled(oneOrList(value), title, `${forms} ${examples}`));
}

const hash = (title: string) => optional(value, title, `The ${title} of the file, in hexadecimal.`);

/** The keys of hashes under `file`. */
export const HASH_KEYS = ['md5', 'sha1', 'sha256', 'sha512'] as const;

const fileShape = {
  name: optional(text, 'Name', 'The name of the file. It is told with the hashes and not matched on.'),
  md5: hash('MD5'),
  sha1: hash('SHA-1'),
  sha256: hash('SHA-256'),
  sha512: hash('SHA-512'),
};

const hashedFile = z
  .strictObject(fileShape)
  .check(
    refused((file) => HASH_KEYS.some((key) => file[key] !== undefined), 'RF217', 'the file has no hash'),
  );

const allow = z.strictObject({
  guard: titled(text, 'Guard', 'The name of the guard whose hit is accepted, such as `special-use`.'),
  reason: titled(text, 'Reason', 'Why the hit is accepted.'),
  owner: titled(text, 'Owner', 'Who answers for it.'),
  until: optional(day, 'Until', 'The last day on which it is accepted, YYYY-MM-DD.'),
});

const kindShape = {
  domain: kind('Domain names', 'The names below count as well, unless `match: exact`. `1ds[.]me`'),
  ip: kind('IP addresses', 'Version 4 or 6. `192.0.2[.]1`, `2001:db8::1`'),
  cidr: kind('Networks', 'Also first and last address. `198.51.100.0/24`, `192.0.2.10-192.0.2.20`'),
  endpoint: kind('Hosts or addresses with a port', '`203.0.113[.]7:8443`, `[2001:db8::1]:443`'),
  url: kind('URLs', 'Never widened to the host. `hxxps://login[.]example/a.php`'),
  email: kind('E-mail addresses', '`someone@mail[.]example`'),
  hash: kind('Hashes of files', 'MD5, SHA-1, SHA-256 or SHA-512, known by their length.'),
  file: z.optional(
    titled(
      oneOrList(hashedFile),
      'Files',
      'Files with their hashes. The strongest hash that a target takes is used.',
    ),
  ),
  ja3: kind('JA3 fingerprints of TLS clients', 'MD5 in hexadecimal.'),
  ja3s: kind('JA3S fingerprints of TLS servers', 'MD5 in hexadecimal.'),
  ja4: kind('JA4 fingerprints of TLS clients', '`t13d1516h2_8daaf6152771_02713d6af862`'),
  certificate: kind('Fingerprints of certificates', 'SHA-1 or SHA-256, with or without colons.'),
  user_agent: kind('User agents', 'The whole header value of HTTP.'),
  file_name: kind('File names', 'Without a folder. `invoice.exe`'),
  file_path: kind('File paths', '`C:\\ProgramData\\invoice.exe`, `/tmp/.x/run`'),
  registry_key: kind('Registry keys', '`HKCU\\Software\\Example\\Run`'),
  mutex: kind('Mutexes', '`Global\\example-mutex`'),
};

const contextShape = {
  report: optional(oneOrList(text), 'Reports', 'Ids from `reports`: where this is published.'),
  actor: optional(oneOrList(text), 'Actors', 'Ids from `actors`: who uses it.'),
  status: optional(
    z.enum(STATUSES),
    'Status',
    '`active`: in use now. `historical`: was in use. `revoked`: withdrawn, never emitted to block or detect.',
  ),
  confidence: optional(
    confidence,
    'Confidence',
    'From 0 to 100: how sure it is that the indicator is malicious.',
  ),
  severity: optional(z.enum(SEVERITIES), 'Severity', 'How bad a hit is, in the words of Sigma.'),
  tlp: optional(z.enum(TLPS), 'TLP', 'Traffic Light Protocol 2.0: who may see it.'),
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
    z.enum(['suffix', 'exact']),
    'Match',
    'Of domains. `suffix`: the name and all below it (this is so where nothing is said). `exact`: the name alone.',
  ),
  allow: optional(oneOrList(allow), 'Allow', 'Accepts the hit of a guard, with a reason and an owner.'),
};

const report = z.strictObject({
  title: titled(text, 'Title', 'The title of the report.'),
  author: titled(text, 'Author', 'Who wrote it.'),
  published: titled(day, 'Published', 'The day it was published, YYYY-MM-DD.'),
  notice: optional(text, 'Notice', 'What the report says about the use of its indicators, word for word.'),
  url: optional(link, 'URL', 'Where it can be read.'),
});

const actor = z.strictObject({
  name: titled(text, 'Name', 'The name as the reports give it.'),
  aliases: optional(oneOrList(text), 'Aliases', 'Other names.'),
  kind: titled(z.enum(['group', 'organization', 'person']), 'Kind', 'What the actor is.'),
  linked_to: optional(oneOrList(text), 'Linked to', 'Ids of other actors.'),
});

/** One record of `indicators`. */
export const recordSchema = titled(
  z.strictObject({ ...kindShape, ...contextShape }),
  'Record',
  'Indicators of one or more kinds, and what is known about them.',
);

/** `defaults`: context for all records of the file. */
export const defaultsSchema = titled(
  z.strictObject(contextShape),
  'Defaults',
  'Context for all records of this file. What a record says beats it; lists unite.',
);

const head = {
  refang: titled(
    z.number().check(
      refused((version) => version === 1, 'RF212', '{value} is not a version of the format'),
      z.meta({ const: 1 }),
    ),
    'Version',
    'The version of this format: 1.',
  ),
  reports: optional(
    z.record(id, report),
    'Reports',
    'The reports that indicators come from, by an id of your choice.',
  ),
  actors: optional(
    z.record(id, actor),
    'Actors',
    'Groups, organizations and persons, by an id of your choice.',
  ),
  defaults: z.optional(defaultsSchema),
};

/** The whole file but for its records, which are checked one by one. */
export const fileSchema = z.strictObject({ ...head, indicators: z.optional(z.unknown()) });

/** The whole file. */
const wholeSchema = titled(
  z.strictObject({
    ...head,
    indicators: optional(z.array(recordSchema), 'Indicators', 'The records.'),
  }),
  'Refang indicators',
  'Threat indicators, to be compiled into detections.',
);

/** A file as it is written, but for its records. */
export type FileSource = z.infer<typeof fileSchema>;
/** The context keys of a record or of `defaults`. */
export type ContextSource = z.infer<typeof defaultsSchema>;

/** Keys whose plain scalars are numbers. All others are raw text. */
export const NUMBER_KEYS: ReadonlySet<string> = new Set(['refang', 'confidence']);

/** The keys of a record that hold indicators. */
export const KIND_KEYS: ReadonlySet<string> = new Set(Object.keys(kindShape));

/** The JSON Schema (draft 2020-12) of `indicators.yaml`: completion and explanation in editors. */
export function jsonSchema(): unknown {
  return z.toJSONSchema(wholeSchema, { target: 'draft-2020-12', io: 'input' });
}
