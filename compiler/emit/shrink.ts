/** Refuses to replace what a target says by nothing, or by much less. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FateCounts } from '../plan/fate.ts';
import { type Judged, lossLines } from '../plan/losses.ts';
import { counted, grouped } from '../source/words.ts';
import type { Manifest } from './manifest.ts';

/** Fewer that go are never told, unless none is left: of three indicators, one is a third. */
const LEAST_LOSS = 5;

/**
 * An error for each target of the build that would say nothing, or block nothing, where the build before did, or that
 * would lose more than `share` (0 to 1) of its indicators: those `emitted`, `covered` or `approximated`, since what becomes
 * covered is still matched. A target that is new, or no longer built, is none of its business.
 */
export function shrinkDiagnostics(
  before: Manifest | undefined,
  targets: readonly Judged[],
  share: number,
): Diagnostic[] {
  if (!before) return [];
  return targets.flatMap((target) => {
    const words = saidLess(before, target, share) ?? blocksNothing(before, target);
    return words === undefined ? [] : shrunk(before, target, words);
  });
}

function saidLess({ fates }: Manifest, target: Judged, share: number): string | undefined {
  const old = saidOf(Object.entries(fates ?? {}).find(([name]) => name === target.name)?.[1]);
  const now = saidOf(target.fates);
  const lost = old - now;
  if (old > 0 && now === 0) return `would say nothing: ${grouped(old)} → 0 indicators`;
  if (lost < LEAST_LOSS || lost <= share * old) return undefined;
  return `would lose ${percent(lost / old)} of its indicators, more than ${percent(share)}: ${grouped(old)} → ${grouped(now)}`;
}

/** For targets whose tiers are files: what was blocked may all have gone to `watch`. */
function blocksNothing({ files }: Manifest, { name, plan }: Judged): string | undefined {
  const blocking = files.filter(({ target, tier }) => target === name && tier === 'block');
  const old = blocking.reduce((sum, { entries }) => sum + count(entries), 0);
  const now = plan.verdicts.tally().some(({ verdict }) => verdict.tier === 'block');
  if (old === 0 || now) return undefined;
  return `would block nothing: ${counted(old, 'entry', 'entries')} → 0`;
}

function shrunk({ indicators }: Manifest, { name, plan }: Judged, words: string): Diagnostic {
  const listed = `listed: ${grouped(count(indicators))} → ${counted(plan.verdicts.length, 'indicator')}`;
  const reasons = lossLines(plan.verdicts, ['withheld', 'unsupported']);
  const watched = plan.verdicts
    .tally()
    .reduce((sum, { verdict, size }) => (verdict.tier === 'watch' ? sum + size : sum), 0);
  const lines = [listed, ...reasons, ...(watched > 0 ? [`${grouped(watched)} only watched`] : [])];
  return {
    code: 'RF607',
    severity: 'error',
    message: `\`${name}\` ${words}`,
    help: `look at what changed; if it is meant, build with \`--allow-shrink\`\n${lines.join('\n')}`,
  };
}

function saidOf(fates: Partial<FateCounts> | null | undefined): number {
  return count(fates?.emitted) + count(fates?.covered) + count(fates?.approximated);
}

/** A manifest comes with the repository: a count may be anything. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** Rounded down, so that a loss never looks smaller than what it is more than. */
function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)} %`;
}
