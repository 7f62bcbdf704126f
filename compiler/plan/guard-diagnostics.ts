/** Guard hits as findings at their indicators, with what comes of them. */

import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { MOST_SHOWN, StreamedFile } from '../diagnostics/streamed-file.ts';
import type { GuardHit } from '../guard/guard.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { counted, shown } from '../source/words.ts';
import { EFFECTS } from '../targets/definition.ts';
import { type Consequence, consequenceOf } from './consequence.ts';

/** How a guard's findings are told: of one indicator, and of many. */
interface Words {
  code: Code;
  one: string;
  many: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  'special-use': { code: 'RF401', one: 'is special-use', many: 'special-use' },
  'public-suffix': { code: 'RF402', one: 'is a public suffix', many: 'public suffixes' },
  'bare-tld': { code: 'RF403', one: 'is a top-level domain', many: 'top-level domains' },
  'harmless-hash': { code: 'RF404', one: 'is harmless', many: 'harmless' },
  'public-resolver': { code: 'RF405', one: 'is a public resolver', many: 'public resolvers' },
  'well-known': { code: 'RF406', one: 'is well-known', many: 'well-known' },
  'blast-radius': { code: 'RF407', one: 'is too wide', many: 'too wide' },
};
const LISTED: Words = { code: 'RF408', one: 'is on a warning list', many: 'on warning lists' };
const OWN: Words = { code: 'RF409', one: 'is on your own list', many: 'on your own lists' };

const wordsOf = ({ guard, strength }: GuardHit): Words =>
  strength === 'own' ? OWN : strength === 'listed' ? LISTED : (WORDS[guard] ?? LISTED);

/** Findings of one sort in one file. */
interface Sort {
  told: Diagnostic[];
  /** The first that is not told, which stands for the rest. */
  next: GuardHit | undefined;
  count: number;
}

/**
 * The hits that no override accepts, one finding for each indicator: its weightiest. Of a feed the first of each sort are
 * told, and how many more; of those that change nothing, the first in each file.
 */
export function guardDiagnostics(set: IndicatorSet, hits: readonly GuardHit[]): Diagnostic[] {
  const files = new Map<SourceFile, Map<string, Sort>>();
  for (const { first, others } of byIndicator(hits)) {
    const { file } = set.origin(first.index);
    const sorts = files.get(file) ?? new Map<string, Sort>();
    files.set(file, sorts);
    const told = hitDiagnostic(set, first, others);
    const name = `${told.code} ${told.severity}`;
    const sort = sorts.get(name) ?? { told: [], next: undefined, count: 0 };
    sorts.set(name, sort);
    sort.count += 1;
    if (sort.told.length < mostTold(told, file)) sort.told.push(told);
    else sort.next ??= first;
  }
  return [...files].flatMap(([file, sorts]) =>
    [...sorts.values()].flatMap(({ told, next, count }) =>
      next ? [...told, moreHits(set, next, count - told.length, file.path)] : told,
    ),
  );
}

function mostTold({ severity }: Diagnostic, file: SourceFile): number {
  if (severity === 'hint') return 1;
  return file instanceof StreamedFile ? MOST_SHOWN : Number.POSITIVE_INFINITY;
}

/** The open hits of each indicator, the weightiest apart. */
function byIndicator(hits: readonly GuardHit[]): Iterable<{ first: GuardHit; others: GuardHit[] }> {
  const found = new Map<number, { first: GuardHit; others: GuardHit[] }>();
  for (const hit of hits) {
    if (hit.allowed) continue;
    const before = found.get(hit.index);
    if (!before) found.set(hit.index, { first: hit, others: [] });
    else if (weight(hit) > weight(before.first))
      found.set(hit.index, { first: hit, others: [before.first, ...before.others] });
    else before.others.push(hit);
  }
  return found.values();
}

const WEIGHTS: Readonly<Record<Consequence, number>> = { inform: 0, watch: 1, refuse: 10 };

function weight(hit: GuardHit): number {
  return EFFECTS.reduce((sum, effect) => sum + WEIGHTS[consequenceOf(hit, effect)], 0);
}

function moreHits(set: IndicatorSet, next: GuardHit, more: number, path: string): Diagnostic {
  const { code, many } = wordsOf(next);
  const one = more === 1;
  const rest = { code, span: set.origin(next.index), label: labelOf(next) };
  const message = `… and ${counted(more, 'more indicator')} of \`${shown(path)}\``;
  if (isHint(next))
    return { ...rest, ...HINT, message: `${message} ${one ? 'lies' : 'lie'} under what is listed` };
  return {
    ...rest,
    severity: 'warning',
    message: `${message} ${one ? 'is' : 'are'} ${many}`,
    help: `accept all of the feed with \`allow: {guard: ${next.guard}, reason: …, owner: …}\`, or use another feed`,
  };
}

/** What every finding says that changes nothing. */
const HINT = {
  severity: 'hint',
  why: 'others have names, addresses or pages there too: rules are on the indicator alone',
  help: 'nothing is to be done; `refang explain` tells more of each',
} as const;

function hitDiagnostic(set: IndicatorSet, hit: GuardHit, others: readonly GuardHit[]): Diagnostic {
  const { index, guard, ended, about } = hit;
  const rest = {
    code: wordsOf(hit).code,
    span: set.origin(index),
    message: messageOf(set.value(index), hit),
    label: labelOf(hit),
  };
  if (isHint(hit) && !ended) return { ...rest, ...HINT };
  const weighty = others.filter((other) => !isHint(other)).map((other) => other.guard);
  const accept = [...new Set([guard, ...weighty])].map(
    (one) => `\`allow: {guard: ${one}, reason: …, owner: …}\``,
  );
  return {
    ...rest,
    severity: 'warning',
    ...(others.length > 0 && { why: `${about}; it is also found by ${others.map(named).join(', ')}` }),
    help: ended
      ? `the \`allow\` of this record ended on ${ended.until}: renew it or take the indicator out`
      : `take it out, or accept it with ${accept.join(' and ')}${guard === 'blast-radius' ? ', or raise `limits.blast_radius`' : ''}`,
  };
}

function messageOf(value: string, hit: GuardHit): string {
  const { relation, entry, about, strength, guard, list } = hit;
  const from = strength === 'listed' || strength === 'own' ? `\`${shown(list)}\`` : list;
  const reason = list.startsWith(about) ? '' : `: ${about}`;
  if (guard === 'special-use') return `\`${shown(value)}\` is special-use${reason}`;
  if (relation === 'under') return `\`${shown(value)}\` lies under \`${shown(entry)}\` of ${from}${reason}`;
  if (relation === 'contains') return `\`${shown(value)}\` holds \`${shown(entry)}\` of ${from}${reason}`;
  if (strength === 'listed' || strength === 'own') return `\`${shown(value)}\` is on ${from}${reason}`;
  return `\`${shown(value)}\` ${wordsOf(hit).one}${reason}`;
}

const named = ({ guard, list, relation, entry }: GuardHit): string =>
  `${guard} (${shown(list)}; ${relation}: \`${shown(entry)}\`)`;

function isHint(hit: GuardHit): boolean {
  return weight(hit) === 0;
}

/** What comes of a hit, in all targets. */
function labelOf(hit: GuardHit): string {
  const refused = EFFECTS.filter((effect) => consequenceOf(hit, effect) === 'refuse');
  if (refused.length === EFFECTS.length) return 'withheld from every target';
  if (refused.length > 0) return 'withheld, except from targets that share';
  return consequenceOf(hit, 'block') === 'watch' ? 'never blocked' : 'used all the same';
}
