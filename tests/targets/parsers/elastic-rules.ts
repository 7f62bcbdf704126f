/** Detection rules as Elastic Security imports them, a rule a line; names and forms as in Elastic's detection rules API. */

import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const interval = z.string().check(z.regex(/^\d+[mshd]$/));
const patterns = z.array(z.string().check(z.regex(/^[a-z0-9_.-]+\*?$/))).check(z.minLength(1));

/** The risk score that Elastic gives each severity. */
const RISK: Readonly<Record<string, number>> = { low: 21, medium: 47, high: 73, critical: 99 };

const shared = {
  rule_id: uuid,
  version: z.int().check(z.gte(1)),
  enabled: z.literal(false),
  name: z.string().check(z.regex(/^[a-zA-Z0-9].+?[a-zA-Z0-9[\]()]$/)),
  description: text,
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  risk_score: z.int().check(z.gte(0), z.lte(100)),
  from: z.string().check(z.regex(/^now-\d+[mshd]$/)),
  interval,
  timestamp_override: z.literal('event.ingested'),
  index: patterns,
  author: z.array(text),
  tags: z.array(text),
  query: text,
};

const eqlRule = z.strictObject({
  ...shared,
  type: z.literal('eql'),
  language: z.literal('eql'),
  references: z.array(z.url()),
});

const matchRule = z.strictObject({
  ...shared,
  type: z.literal('threat_match'),
  language: z.literal('kuery'),
  threat_index: patterns,
  threat_indicator_path: z.literal('threat.indicator'),
  threat_language: z.literal('kuery'),
  threat_query: text,
  threat_mapping: z
    .array(
      z.strictObject({
        entries: z
          .array(z.strictObject({ field: text, type: z.literal('mapping'), value: text }))
          .check(z.minLength(1)),
      }),
    )
    .check(z.minLength(1)),
});

export type EqlRule = z.infer<typeof eqlRule>;
export type MatchRule = z.infer<typeof matchRule>;

/** The rules of a file. Throws `Error` for what cannot be imported, and for an id or a name that is there twice. */
export function readRules(file: string): (EqlRule | MatchRule)[] {
  if (file !== '' && !file.endsWith('\n')) throw new Error('the last line has no end');
  const rules = file
    .split('\n')
    .slice(0, -1)
    .map((line) => z.discriminatedUnion('type', [eqlRule, matchRule]).parse(JSON.parse(line)));
  for (const key of ['rule_id', 'name'] as const)
    if (new Set(rules.map((rule) => rule[key])).size < rules.length) throw new Error(`a ${key} twice`);
  for (const { severity, risk_score } of rules)
    if (RISK[severity] !== risk_score) throw new Error(`${severity} with a risk score of ${risk_score}`);
  return rules;
}
