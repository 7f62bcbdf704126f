/** Bodies for the upload interface of Microsoft Sentinel, from “Import threat intelligence with the upload API”. */

import * as z from 'zod/mini';
import type { Parsed } from './parsed.ts';

const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const word = z.string().check(z.minLength(1));

const OBJECT = z.strictObject({
  type: z.literal('indicator'),
  spec_version: z.literal('2.1'),
  id: z
    .string()
    .check(z.regex(/^indicator--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)),
  created: instant,
  modified: instant,
  name: word,
  description: word,
  indicator_types: z.array(z.literal('malicious-activity')),
  pattern: z.string(),
  pattern_type: z.literal('stix'),
  pattern_version: z.literal('2.1'),
  valid_from: instant,
  valid_until: z.optional(instant),
  revoked: z.optional(z.literal(true)),
  kill_chain_phases: z.optional(
    z.array(z.strictObject({ kill_chain_name: z.literal('mitre-attack'), phase_name: word })),
  ),
  labels: z.array(word),
  confidence: z.int().check(z.gte(0), z.lte(100)),
  external_references: z.optional(
    z.array(
      z.strictObject({
        source_name: word,
        description: z.optional(z.string()),
        url: z.optional(z.url()),
        external_id: z.optional(z.string()),
      }),
    ),
  ),
  object_marking_refs: z
    .array(z.string().check(z.regex(/^marking-definition--[0-9a-f-]{36}$/)))
    .check(z.length(1)),
});
const BODY = z.strictObject({
  sourcesystem: word.check(z.refine((name) => name !== 'Microsoft Sentinel')),
  stixobjects: z.array(OBJECT).check(z.maxLength(100)),
});

export interface SentinelIndicator {
  id: string;
  /** The object path, such as `domain-name:value`. */
  path: string;
  value: string;
  revoked: boolean;
}

/** One comparison with `=`, which is all that Sentinel makes an observable of. */
const COMPARISON =
  /^\[(domain-name:value|ipv[46]-addr:value|url:value|email-addr:value|file:hashes\.(?:MD5|'SHA-1'|'SHA-256')) = '((?:[^'\\]|\\['\\])*)'\]$/;

/** Reads one body. */
export function parseSentinelBody(text: string): Parsed<SentinelIndicator> {
  const read = BODY.safeParse(JSON.parse(text));
  if (!read.success)
    return {
      entries: [],
      problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const problems: string[] = [];
  const entries: SentinelIndicator[] = [];
  const ids = new Set<string>();
  for (const [
    at,
    { id, pattern, created, modified, valid_from, valid_until, revoked = false },
  ] of read.data.stixobjects.entries()) {
    const [, path = '', value = ''] = COMPARISON.exec(pattern) ?? [];
    if (path === '') problems.push(`${at}: not one comparison: ${pattern}`);
    if (ids.has(id)) problems.push(`${at}: a duplicate`);
    if (modified < created) problems.push(`${at}: modified before it was created`);
    if (valid_until !== undefined && valid_until <= valid_from) problems.push(`${at}: never valid`);
    ids.add(id);
    entries.push({ id, path, value: value.replace(/\\(.)/g, '$1'), revoked });
  }
  return { entries, problems };
}
