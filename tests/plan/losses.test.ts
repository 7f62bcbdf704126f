import { expect, test } from 'vitest';
import type { Verdict } from '../../compiler/plan/fate.ts';
import { lossLines, strictDiagnostics } from '../../compiler/plan/losses.ts';
import { Verdicts } from '../../compiler/plan/verdicts.ts';

const VERDICTS: Verdict[] = [
  { fate: 'emitted', tier: 'watch', reason: 'status' },
  { fate: 'covered', by: 0 },
  { fate: 'withheld', reason: 'tlp' },
  { fate: 'withheld', reason: 'status' },
  { fate: 'withheld', reason: 'status' },
  { fate: 'approximated', reason: 'names below go unseen' },
  { fate: 'unsupported', reason: 'no mail here' },
];

test('by fate, the most first', () => {
  expect(lossLines(Verdicts.from(VERDICTS))).toEqual([
    '2 withheld: status',
    '1 withheld: tlp',
    '1 unsupported: no mail here',
    '1 approximated: names below go unseen',
  ]);
  expect(lossLines(Verdicts.from(VERDICTS.slice(0, 2)))).toEqual([]);
});

test('a warning for each target that loses something', () => {
  const judged = (name: string, list: Verdict[]) => {
    const verdicts = Verdicts.from(list);
    return { name, fates: verdicts.count(), plan: { verdicts } };
  };
  expect(strictDiagnostics([judged('all', VERDICTS.slice(0, 2)), judged('some', VERDICTS)])).toEqual([
    {
      code: 'RF608',
      severity: 'warning',
      message: '`some` does not say 5 of 7 indicators exactly',
      why: '2 withheld: status\n1 withheld: tlp\n1 unsupported: no mail here\n1 approximated: names below go unseen',
    },
  ]);
});
