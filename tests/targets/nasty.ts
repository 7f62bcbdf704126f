/** Random collections of all kinds: values that try to break out of where they are put, in contexts that do too. */

import fc from 'fast-check';
import { SEVERITIES, STATUSES, TLPS } from '../../compiler/indicators/context.ts';
import { GUARDS, NO_BUDGETS } from '../accepted.ts';
import { anyText, HOSTILE } from '../render/languages/hostile.ts';
import { digits, eachKind, line, someKind } from './nasty-values.ts';

/** What is told of indicators is anything that YAML can write. */
const words = fc
  .oneof(
    line,
    fc.constantFrom(...HOSTILE),
    anyText,
    fc.constantFrom('\n', '\\', '"""', 'a\n---\nb', '\u0000', 'x\\\n'),
  )
  .map((text) => text.replace(/\p{Cs}/gu, ''))
  .map((text) => (/^[\s\p{Cc}\p{Cf}]*$/u.test(text) ? `${text}x` : text));
const link = fc
  .tuple(
    fc.constantFrom(
      'https://a.example/',
      'http://b.example?',
      'https://пример.example/',
      'http://[2001:db8::1]/',
      'https://-_.example:8/#',
    ),
    fc.oneof(line, words, fc.constantFrom('x'.repeat(3000), 'é'.repeat(900))),
  )
  .map(([start, rest]) => start + rest.replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ''));
const day = fc.constantFrom(
  '0001-01-01',
  '1601-01-01',
  '1970-01-01',
  '2024-02-29',
  '2025-12-31',
  '2026-01-01',
  '2199-12-31',
  '9999-12-31',
);
const ID_TEXTS = ['r', 'constructor', 'a..b', '0', 'con', '1.0-x', 'x'.repeat(80)];
const ids = fc.constantFrom(...ID_TEXTS);
const LONG = 'address=/x.example/ '.repeat(500);

const report = fc.record(
  { title: words, author: words, published: day, notice: words, url: link },
  { requiredKeys: ['title', 'author', 'published'] },
);
const actor = fc.record(
  {
    name: words,
    aliases: fc.array(words, { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom('group', 'organization', 'person'),
    linked_to: fc.constantFrom('r', 'constructor'),
  },
  { requiredKeys: ['name', 'kind'] },
);

const context = fc.record(
  {
    report: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    actor: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
    status: fc.constantFrom(...STATUSES, 'active', 'active'),
    confidence: fc.constantFrom(0, 1, 69, 70, 85, 100),
    severity: fc.constantFrom(...SEVERITIES),
    tlp: fc.constantFrom(...TLPS, 'clear', 'green'),
    attack: fc.constantFrom(['T1566'], ['T1566.002', 'T1041']),
    tags: fc.uniqueArray(words, { minLength: 1, maxLength: 3 }),
    note: words,
    first_seen: day,
    last_seen: day,
    expires: day,
    references: fc.uniqueArray(link, { minLength: 1, maxLength: 3 }),
    match: fc.constantFrom('suffix', 'exact'),
  },
  { requiredKeys: [] },
);

const files = fc
  .record(
    { name: words, md5: digits(32), sha1: digits(40), sha256: digits(64), sha512: digits(128) },
    { requiredKeys: ['sha256'] },
  )
  .map((file) => ({ file }));

/** Dates in order, and `match` for domains alone. */
function inOrder(own: object, context: Record<string, unknown>): object {
  const { match, first_seen, last_seen, expires, ...about } = context;
  const seen = [first_seen, last_seen].filter(Boolean).sort();
  return {
    ...own,
    ...about,
    ...('domain' in own && match !== undefined && { match }),
    ...(first_seen !== undefined && { first_seen: seen[0] }),
    ...(last_seen !== undefined && { last_seen: seen.at(-1) }),
    ...(expires !== undefined && { expires }),
  };
}

/** YAML in flow style. Values stand in single quotes: in others a backslash would be an escape. */
function yaml(thing: unknown): string {
  if (Array.isArray(thing)) return `[${thing.map(yaml).join(',\n')}]`;
  if (typeof thing === 'object')
    return `{${Object.entries(thing as object)
      .map(([key, value]) => `"${key}": ${yaml(value)}`)
      .join(',\n')}}`;
  if (typeof thing === 'number') return String(thing);
  const text = String(thing);
  return /[^\x20-\x7e]/.test(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Each character but the plainest as its number. */
function doubleQuoted(text: string): string {
  const escaped = text.replace(
    /[^\x20-\x7e]|["\\]/gu,
    (character) => `\\U${character.codePointAt(0)?.toString(16).padStart(8, '0')}`,
  );
  return `"${escaped}"`;
}

/** The text of an indicators.yaml: a record of each kind by the defaults, active, and so many others. */
export function nastyCollection(records: number): fc.Arbitrary<string> {
  const subjects = <T>(each: fc.Arbitrary<T>) =>
    fc
      .tuple(...ID_TEXTS.map(() => each))
      .map((all) => all.map((one, at) => [ID_TEXTS[at] as string, one] as const));
  const one = fc
    .tuple(fc.oneof({ weight: 12, arbitrary: someKind }, files), context)
    .map(([own, about]) => inOrder(own, about));
  return fc
    .record({
      // One title is longer than any line that a program reads, and would be a line of its own behind any cut.
      reports: subjects(report).map((all) => ({
        ...Object.fromEntries(all),
        con: { ...all[0]?.[1], title: LONG },
      })),
      actors: subjects(actor).map((all) =>
        Object.fromEntries(all.map(([id, one]) => [id, { ...one, name: `${one.name} ${id}` }])),
      ),
      indicators: fc
        .tuple(eachKind, fc.array(one, { minLength: records, maxLength: records }))
        .map((both) => both.flat()),
    })
    .map((collection) =>
      yaml({
        refang: 1,
        ...collection,
        defaults: {
          status: 'active',
          confidence: 90,
          severity: 'high',
          tlp: 'green',
          allow: GUARDS.map((guard) => ({ guard, reason: 'made for a test', owner: 'Example CERT' })),
        },
      }),
    );
}

/** A refang.yaml that lets all through, of a publisher whose name tries as well. */
export const NASTY_SETTINGS = `publisher: {name: ${doubleQuoted('x\n"\\{{y}}*/ --> </a>\'"""#;')}, prefix: "A -- b"}
${NO_BUDGETS}policy: {block: {tlp: red}, detect: {tlp: red}, hunt: {tlp: red}, share: {tlp: red}}
approximate: [url-prefix]
`;
