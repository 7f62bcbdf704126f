/** Changes in the order people read them: by what happened and why, then those that are of the same targets together. */

import { grouped } from '../source/words.ts';
import type { Change, Edit, IndicatorChange } from './difference.ts';

/** Changes of one sort. */
export interface Section {
  change: Change;
  reason: string;
  /** What happened, for people: `expired`. */
  words: string;
  count: number;
  lots: readonly Lot[];
}

/** Changes of a section that are of the same targets, by the same edits. */
export interface Lot {
  targets: readonly string[];
  edits: readonly Edit[];
  tiers: IndicatorChange['tiers'];
  changes: readonly IndicatorChange[];
}

/** What stands before the number of changes. */
export const SIGNS: Readonly<Record<Change, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  withheld: '!',
};

/** The changes of a difference, which come in order, by section. */
export function sectionsOf(changes: readonly IndicatorChange[]): Section[] {
  const sections = new Map<
    string,
    { change: Change; reason: string; still: boolean; changes: IndicatorChange[] }
  >();
  for (const one of changes) {
    const still = isStillMatched(one);
    const key = `${one.change} ${one.reason} ${still}`;
    const section = sections.get(key) ?? { change: one.change, reason: one.reason, still, changes: [] };
    sections.set(key, section);
    section.changes.push(one);
  }
  return [...sections.values()].map(({ change, reason, still, changes: some }) => ({
    change,
    reason,
    words: still ? `${reason}, and matched by another all the same` : wordsOf(change, reason),
    count: new Set(some.map(({ kind, value }) => `${kind} ${value}`)).size,
    lots: lotsOf(some),
  }));
}

/** Whether an indicator is kept out of targets, and an entry of another matches it there. */
function isStillMatched({ by, reason }: IndicatorChange): boolean {
  return by !== undefined && reason !== 'covered' && reason !== 'uncovered';
}

/** What stands behind an indicator of which another is the cause, or which another matches still; an empty text for others. */
export function otherWords(change: IndicatorChange, quote: (text: string) => string): string {
  if (change.by === undefined) return '';
  return `${isStillMatched(change) ? 'still matched by' : 'by'} ${quote(change.by)}`;
}

function lotsOf(changes: readonly IndicatorChange[]): Lot[] {
  const lots = new Map<string, Lot & { changes: IndicatorChange[] }>();
  for (const one of changes) {
    const { targets, tiers } = one;
    // What a record said before it was edited is no reason for it to expire.
    const edits = one.change === 'added' && one.reason === 'added' ? [] : one.edits;
    const key = JSON.stringify([targets, edits, tiers]);
    const lot = lots.get(key);
    if (lot) lot.changes.push(one);
    else lots.set(key, { targets, edits, tiers, changes: [one] });
  }
  return [...lots.values()];
}

/** Reasons that have words of their own, by change. */
const WORDS: Readonly<Record<Change, Readonly<Record<string, string>>>> = {
  added: {
    added: 'new in the inputs',
    covered: 'new in the inputs, and matched by another already',
    edited: 'let in by an edit',
    uncovered: 'no longer covered by another, and matched by an entry of its own',
    policy: 'let in by the settings',
    template: 'let in by the target’s folder',
    limit: 'there is room again',
    'not-yet-valid': 'valid now',
  },
  removed: {
    removed: 'gone from the inputs',
    expired: 'expired',
    revoked: 'revoked',
    covered: 'covered by another, which matches it too',
    'not-yet-valid': 'not yet valid',
    policy: 'kept out by the settings',
    template: 'kept out by the target’s folder',
    edited: 'kept out by an edit',
  },
  changed: {
    edited: 'edited in the inputs',
    policy: 'the settings changed',
    template: 'the target’s folder changed',
  },
  withheld: {},
};

function wordsOf(change: Change, reason: string): string {
  const own = WORDS[change][reason];
  if (own) return own;
  if (change === 'added') return `no longer withheld: ${reason}`;
  if (change === 'withheld') return `new, kept out: ${reason}`;
  return change === 'changed' ? `tier changed: ${reason}` : `withheld: ${reason}`;
}

/** `confidence 60 → 80`; what was or is not given is a dash. */
export function editWords({ key, before, after }: Edit, quote: (text: string) => string): string {
  const side = (text: string | undefined) => (text === undefined ? '–' : quote(text));
  return `${key} ${side(before)} → ${side(after)}`;
}

/** `+3 −1 ~2`, or an empty text. */
export function countWords(counts: Readonly<Partial<Record<Change, number>>>): string {
  return (['added', 'removed', 'changed', 'withheld'] as const)
    .flatMap((change) => (counts[change] ? `${SIGNS[change]}${grouped(counts[change])}` : []))
    .join(' ');
}

/** `59 → 60`, or one number where both are the same. */
export function stepWords(before: number | undefined, after: number | undefined): string {
  const [was, is] = [before, after].map((count) => (count === undefined ? '–' : grouped(count))) as [
    string,
    string,
  ];
  return was === is ? is : `${was} → ${is}`;
}

/** `suricata, zeek`, with their number where they are many. */
export function targetWords(targets: readonly string[]): string {
  if (targets.length === 0) return 'in no target';
  return targets.length > 3
    ? `in ${grouped(targets.length)} targets: ${targets.join(', ')}`
    : `in ${targets.join(', ')}`;
}
