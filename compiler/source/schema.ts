/** The format of `indicators.yaml`. Its JSON Schema, for editors, is made from this. */

import * as z from 'zod/mini';
import { KINDS } from '../indicators/kind.ts';
import { contextShape } from './context-schema.ts';
import { feedSchema } from './feeds/schema.ts';
import {
  day,
  EDITOR_SCHEMA,
  id,
  link,
  once,
  oneOrList,
  optional,
  refused,
  text,
  titled,
  words,
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

const fileShape = () => ({
  name: optional(text, 'Name', 'The name of the file. It is told with the hashes and not matched on.'),
  md5: hash('MD5'),
  sha1: hash('SHA-1'),
  sha256: hash('SHA-256'),
  sha512: hash('SHA-512'),
});

const hashedFile = () =>
  z
    .strictObject(fileShape())
    .check(
      refused((file) => HASH_KEYS.some((key) => file[key] !== undefined), 'RF217', 'the file has no hash'),
    );

const kindShape = () => ({
  domain: kind('Domain names', 'The names below count as well, unless `match: exact`. `1ds[.]me`'),
  ip: kind('IP addresses', 'Version 4 or 6. `192.0.2[.]1`, `2001:db8::1`'),
  cidr: kind('Networks', 'Also first and last address. `198.51.100.0/24`, `192.0.2.10-192.0.2.20`'),
  endpoint: kind('Hosts or addresses with a port', '`203.0.113[.]7:8443`, `[2001:db8::1]:443`'),
  url: kind('URLs', 'Never widened to the host. `hxxps://login[.]example/a.php`'),
  email: kind('E-mail addresses', '`someone@mail[.]example`'),
  hash: kind('Hashes of files', 'MD5, SHA-1, SHA-256 or SHA-512, known by their length.'),
  file: z.optional(
    titled(
      oneOrList(hashedFile()),
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
});

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
  kind: titled(
    words({
      group: 'A cluster of activity that has a name, such as an intrusion set.',
      organization: 'A company or an authority.',
      person: 'A human being, known by name or alias.',
    }),
    'Kind',
    'What the actor is.',
  ),
  linked_to: optional(oneOrList(text), 'Linked to', 'Ids of other actors.'),
});

/** One record of `indicators`. */
export const recordSchema = once(() =>
  titled(
    z.strictObject({ ...kindShape(), ...contextShape }),
    'Record',
    'Indicators of one or more kinds, and what is known about them.',
  ),
);

/** `defaults`: context for all records of the file. */
const defaultsSchema = titled(
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

/** The whole file but for its records and feeds, which are checked one by one. */
export const fileSchema = z.strictObject({
  ...head,
  indicators: z.optional(z.unknown()),
  feeds: z.optional(z.unknown()),
});

/** The whole file. */
export const wholeSchema = once(() =>
  titled(
    z.strictObject({
      ...head,
      indicators: optional(z.array(recordSchema()), 'Indicators', 'The records.'),
      feeds: optional(z.array(feedSchema()), 'Feeds', 'Lists of indicators in files of their own.'),
    }),
    'Refang indicators',
    'Threat indicators, to be compiled into detections.',
  ),
);

/** A file as it is written, but for its records and feeds. */
export type FileSource = z.infer<typeof fileSchema>;
/** The context keys of a record or of `defaults`. */
export type ContextSource = z.infer<typeof defaultsSchema>;

/** Keys whose plain scalars are numbers. All others are raw text. */
export const NUMBER_KEYS: ReadonlySet<string> = new Set(['refang', 'confidence']);

/** The keys of a record that hold indicators. */
export const KIND_KEYS: ReadonlySet<string> = new Set([...KINDS, 'file']);

/** The JSON Schema (draft 2020-12) of `indicators.yaml`: completion and explanation in editors. */
export function jsonSchema(): unknown {
  return z.toJSONSchema(wholeSchema(), EDITOR_SCHEMA);
}
