import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../compiler/emit/manifest.ts';
import { shrinkDiagnostics } from '../../compiler/emit/shrink.ts';
import type { Verdict } from '../../compiler/plan/fate.ts';
import { Verdicts } from '../../compiler/plan/verdicts.ts';

/** A build that said so many. */
function built(emitted: number, over: Partial<Manifest> = {}): Manifest {
  const fates = { wall: { emitted, covered: 0, approximated: 0, withheld: 0, unsupported: 0 } };
  return { refang: '0.1.0', inputs: [], indicators: emitted, files: [], fates, ...over };
}

const many = (count: number, verdict: Verdict): Verdict[] => Array.from({ length: count }, () => verdict);
const EMITTED: Verdict = { fate: 'emitted', tier: 'block' };

function judged(list: Verdict[]) {
  const verdicts = Verdicts.from(list);
  return { name: 'wall', fates: verdicts.count(), plan: { verdicts } };
}

function told(manifest: Manifest | undefined, verdicts: Verdict[], share = 0.3): string[] {
  const target = judged(verdicts);
  return shrinkDiagnostics(manifest, [target], share).map(({ message }) => message);
}

const cases: [about: string, before: number, now: number, share: number, told: string | undefined][] = [
  ['the same', 100, 100, 0.3, undefined],
  ['more', 100, 200, 0, undefined],
  ['just as much as may go', 100, 70, 0.3, undefined],
  ['one more', 100, 69, 0.3, 'would lose 31 % of its indicators, more than 30 %: 100 → 69'],
  ['a third of a small list', 3, 2, 0.3, undefined],
  ['four of a small list', 8, 4, 0.3, undefined],
  ['five of a small list', 9, 4, 0.3, 'would lose 55 % of its indicators, more than 30 %: 9 → 4'],
  ['all of a small list', 1, 0, 0.3, 'would say nothing: 1 → 0 indicators'],
  ['all, where all may go', 100, 0, 1, 'would say nothing: 100 → 0 indicators'],
  ['nothing may go', 1000, 995, 0, 'would lose 0 % of its indicators, more than 0 %: 1,000 → 995'],
  ['nothing before', 0, 0, 0.3, undefined],
];

describe('of what a target says', () => {
  test.each(cases)('%s', (_, old, now, share, words) => {
    expect(told(built(old), many(now, EMITTED), share)).toEqual(
      words === undefined ? [] : [`\`wall\` ${words}`],
    );
  });

  test('what becomes covered or approximated is not lost', () => {
    const verdicts = [
      EMITTED,
      ...many(50, { fate: 'covered', by: 0 }),
      ...many(49, { fate: 'approximated' }),
    ];
    expect(told(built(100), verdicts, 0)).toEqual([]);
  });

  test('no build before, or none of this target', () => {
    expect(told(undefined, [])).toEqual([]);
    expect(told(built(100, { fates: {} }), [])).toEqual([]);
  });

  test('reasons are counted', () => {
    const verdicts = [
      ...many(2, { fate: 'emitted', tier: 'watch', reason: 'status' }),
      ...many(1, { fate: 'unsupported', reason: 'no mail here' }),
      ...many(20, { fate: 'withheld', reason: 'expired' }),
    ];
    const target = judged(verdicts);
    expect(shrinkDiagnostics(built(40), [target], 0.3)).toEqual([
      {
        code: 'RF607',
        severity: 'error',
        message: '`wall` would lose 95 % of its indicators, more than 30 %: 40 → 2',
        help: 'look at what changed; if it is meant, build with `--allow-shrink`\nlisted: 40 → 23 indicators\n20 withheld: expired\n1 unsupported: no mail here\n2 only watched',
      },
    ]);
  });
});

describe('of what a target blocks', () => {
  const file = { path: 'wall/block.txt', target: 'wall', sha256: '', bytes: 0, entries: 3 } as const;
  const blocking = built(3, { files: [{ ...file, tier: 'block' }] });
  const watched = many(3, { fate: 'emitted', tier: 'watch', reason: 'status' });

  test('all would only be watched', () => {
    expect(told(blocking, watched)).toEqual(['`wall` would block nothing: 3 entries → 0']);
    expect(told(blocking, [...watched, EMITTED])).toEqual([]);
  });

  test('nothing was blocked before, or another target did', () => {
    expect(told(built(3, { files: [{ ...file, tier: 'watch' }] }), watched)).toEqual([]);
    expect(told(built(3, { files: [{ ...file, tier: 'block', entries: 0 }] }), watched)).toEqual([]);
    expect(told(built(3, { files: [{ ...file, tier: 'block', target: 'other' }] }), watched)).toEqual([]);
  });
});

test('a manifest that somebody wrote by hand stops nothing', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (counts, entries) => {
      const fates = (counts === null ? null : { wall: counts }) as never;
      const files = [{ path: 'a', target: 'wall', tier: 'block', entries }] as never;
      expect(told(built(0, { fates, files }), []).length).toBeLessThanOrEqual(1);
    }),
  );
});
