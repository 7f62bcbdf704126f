/** What speaks against an indicator, whoever lists it. A guard only reports; policy decides. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { MOST_SHOWN, StreamedFile } from '../diagnostics/streamed-file.ts';
import type { Allow } from '../indicators/context.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import { specialUse } from '../indicators/special-use.ts';
import { counted, shown } from '../source/words.ts';

/** The one guard that is always on: addresses and names that the registries reserve. */
const SPECIAL_USE = 'special-use';

/** One guard's word on one indicator. */
export interface GuardHit {
  /** The indicator. */
  index: number;
  /** The guard's name, as `allow` writes it. */
  guard: string;
  /** What it found: `documentation (RFC 5737)`. */
  about: string;
  /** The override of the record that accepts this hit, if it has one that still holds. */
  allowed: Allow | undefined;
  /** The override that would have accepted it, had it not ended. */
  ended: Allow | undefined;
}

/** All hits, in the order of the indicators. `asOf` (YYYY-MM-DD) decides whether an override still holds. */
export function guardIndicators(set: IndicatorSet, asOf: string): GuardHit[] {
  const hits: GuardHit[] = [];
  for (let index = 0; index < set.size; index++) {
    const special = specialUse(set.kind(index), set.value(index));
    if (!special) continue;
    const overrides = set.context(index).allow.filter((allow) => allow.guard === SPECIAL_USE);
    const holds = (allow: Allow) => allow.until === undefined || asOf <= allow.until;
    hits.push({
      index,
      guard: SPECIAL_USE,
      about: `${special.name} (${special.source})`,
      allowed: overrides.find(holds),
      ended: overrides.find((allow) => !holds(allow)),
    });
  }
  return hits;
}

/** The hits that no override accepts, as findings at their indicators. Of a feed the first are told, and how many more. */
export function guardDiagnostics(set: IndicatorSet, hits: readonly GuardHit[]): Diagnostic[] {
  const open = hits.filter((hit) => !hit.allowed);
  const ofFeeds = new Map<StreamedFile, GuardHit[]>();
  const diagnostics = open.flatMap((hit) => {
    const { file } = set.origin(hit.index);
    if (!(file instanceof StreamedFile)) return [hitDiagnostic(set, hit)];
    const before = ofFeeds.get(file);
    if (before) before.push(hit);
    else ofFeeds.set(file, [hit]);
    return [];
  });
  for (const [file, all] of ofFeeds) {
    diagnostics.push(...all.slice(0, MOST_SHOWN).map((hit) => hitDiagnostic(set, hit)));
    const next = all[MOST_SHOWN];
    if (next) diagnostics.push(moreHits(set, next, all.length - MOST_SHOWN, file.path));
  }
  return diagnostics;
}

function moreHits(set: IndicatorSet, next: GuardHit, more: number, path: string): Diagnostic {
  return {
    code: 'RF401',
    severity: 'warning',
    span: set.origin(next.index),
    message: `… and ${counted(more, 'more indicator')} of \`${shown(path)}\` ${more === 1 ? 'is' : 'are'} special-use`,
    label: 'withheld from every target',
    help: `accept all of the feed with \`allow: {guard: ${next.guard}, reason: …, owner: …}\`, or use another feed`,
  };
}

function hitDiagnostic(set: IndicatorSet, { index, guard, about, ended }: GuardHit): Diagnostic {
  const help = ended
    ? `the \`allow\` of this record ended on ${ended.until}: renew it or take the indicator out`
    : `take it out, or accept it with \`allow: {guard: ${guard}, reason: …, owner: …}\``;
  return {
    code: 'RF401',
    severity: 'warning',
    span: set.origin(index),
    message: `\`${set.value(index)}\` is special-use: ${about}`,
    label: 'withheld from every target',
    help,
  };
}
