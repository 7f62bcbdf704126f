/** The lines of a JSON Lines file of indicators, strictly as its README promises them. */

import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const texts = z.array(text).check(z.minLength(1));
const day = z.iso.date();
const hex = (digits: number) => z.string().check(z.regex(new RegExp(`^[0-9a-f]{${digits}}$`)));

/** The keys that hold an indicator; each line has one of them. */
const SUBJECTS = [
  'domain',
  'ip',
  'cidr',
  'endpoint',
  'url',
  'email',
  'hash',
  'file',
  'ja3',
  'ja3s',
  'ja4',
  'certificate',
  'user_agent',
  'file_name',
  'file_path',
  'registry_key',
  'mutex',
] as const;

const line = z.strictObject({
  domain: z.optional(z.string().check(z.regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/))),
  match: z.optional(z.literal('exact')),
  ip: z.optional(z.union([z.ipv4(), z.ipv6()])),
  cidr: z.optional(z.string().check(z.regex(/^[0-9a-f.:]+[/-][0-9a-f.:]+$/))),
  endpoint: z.optional(z.string().check(z.regex(/:\d{1,5}$/))),
  url: z.optional(z.string().check(z.regex(/^[a-z0-9+.-]+:\/\/[^/ ]+\//))),
  email: z.optional(z.string().check(z.regex(/^[^ ]+@[^ @]+$/))),
  hash: z.optional(z.union([hex(32), hex(40), hex(64), hex(128)])),
  file: z.optional(
    z.strictObject({
      name: text,
      md5: z.optional(hex(32)),
      sha1: z.optional(hex(40)),
      sha256: z.optional(hex(64)),
      sha512: z.optional(hex(128)),
    }),
  ),
  ja3: z.optional(hex(32)),
  ja3s: z.optional(hex(32)),
  ja4: z.optional(z.string().check(z.regex(/^[tqd]\w{9}_[0-9a-f]{12}_[0-9a-f]{12}$/))),
  certificate: z.optional(z.union([hex(40), hex(64)])),
  user_agent: z.optional(text),
  file_name: z.optional(text),
  file_path: z.optional(text),
  registry_key: z.optional(z.string().check(z.regex(/^HKEY_[A-Z_]+\\./))),
  mutex: z.optional(text),
  report: z.optional(texts),
  actor: z.optional(texts),
  attack: z.optional(z.array(z.string().check(z.regex(/^T\d{4}(\.\d{3})?$/))).check(z.minLength(1))),
  tags: z.optional(texts),
  note: z.optional(text),
  first_seen: z.optional(day),
  last_seen: z.optional(day),
  expires: z.optional(day),
  references: z.optional(texts),
  status: z.enum(['active', 'historical', 'revoked']),
  confidence: z.int().check(z.gte(0), z.lte(100)),
  severity: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  tlp: z.enum(['clear', 'green']),
});

/** The values of a file. Throws `Error` for a line that is not as promised. */
export function jsonlValues(file: string): string[] {
  if (file !== '' && !file.endsWith('\n')) throw new Error('the last line has no end');
  return file.split('\n').slice(0, -1).map(subjectOf);
}

function subjectOf(text: string): string {
  const record = line.parse(JSON.parse(text));
  const subjects = SUBJECTS.filter((key) => record[key] !== undefined);
  if (subjects.length !== 1) throw new Error(`${subjects.length} indicators in a line`);
  if (record.match !== undefined && record.domain === undefined) throw new Error('`match` without a domain');
  const subject = record[subjects[0] as (typeof SUBJECTS)[number]];
  if (typeof subject === 'string') return subject;
  const { name: _, ...hashes } = subject as Record<string, string>;
  const values = Object.values(hashes);
  if (values.length !== 1) throw new Error(`${values.length} hashes in a line`);
  return values[0] as string;
}
