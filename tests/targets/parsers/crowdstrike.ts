/**
 * Bodies for custom indicators of CrowdStrike Falcon, from `api.IndicatorCreateReqV1` of gofalcon and New-FalconIoc
 * of psfalcon.
 */

import { isIPv4, isIPv6 } from 'node:net';
import * as z from 'zod/mini';
import { wrongName } from './host-name.ts';
import type { Parsed } from './parsed.ts';

const INDICATOR = z.strictObject({
  type: z.enum(['domain', 'ipv4', 'ipv6', 'md5', 'sha256']),
  value: z.string(),
  action: z.enum(['no_action', 'allow', 'prevent_no_ui', 'detect', 'prevent']),
  severity: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  platforms: z.array(z.enum(['windows', 'mac', 'linux', 'ios', 'android'])).check(z.minLength(1)),
  applied_globally: z.literal(true),
  expiration: z.optional(z.iso.datetime()),
  metadata: z.optional(z.strictObject({ filename: z.string().check(z.minLength(1)) })),
  tags: z.optional(z.array(z.string())),
  source: z.string().check(z.minLength(1), z.maxLength(256)),
  description: z.string(),
});
const BODY = z.strictObject({ comment: z.string(), indicators: z.array(INDICATOR).check(z.maxLength(200)) });

export type FalconIndicator = z.infer<typeof INDICATOR>;

/** What is wrong with a value of each type. */
const TYPES: Readonly<Record<FalconIndicator['type'], (text: string) => string | undefined>> = {
  domain: wrongName,
  ipv4: (text) => (isIPv4(text) ? undefined : 'not an IPv4 address'),
  ipv6: (text) => (isIPv6(text) && !text.includes('%') ? undefined : 'not an IPv6 address'),
  md5: (text) => (/^[0-9a-f]{32}$/.test(text) ? undefined : 'not an MD5'),
  sha256: (text) => (/^[0-9a-f]{64}$/.test(text) ? undefined : 'not a SHA-256'),
};

/** Reads one body. */
export function parseFalconBody(text: string): Parsed<FalconIndicator> {
  const read = BODY.safeParse(JSON.parse(text));
  if (!read.success)
    return {
      entries: [],
      problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [at, entry] of read.data.indicators.entries()) {
    const wrong = wrongEntry(entry) ?? (seen.has(entry.value) ? 'a duplicate' : undefined);
    if (wrong) problems.push(`${at}: ${wrong}`);
    seen.add(entry.value);
  }
  return { entries: read.data.indicators, problems };
}

function wrongEntry({ type, value, action, metadata }: FalconIndicator): string | undefined {
  const isFile = type === 'md5' || type === 'sha256';
  if (!isFile && action === 'prevent') return 'only files are prevented';
  if (!isFile && metadata) return 'only files have a name';
  return TYPES[type](value);
}
