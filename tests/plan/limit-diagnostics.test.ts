/** What a limit leaves out is told, with the option that raises it. */

import { expect, test } from 'vitest';
import { limitDiagnostics } from '../../compiler/plan/limit-diagnostics.ts';
import { type Given, planOf, setOf, targetOf } from './help.ts';

const NAMES: Given[] = [1, 2, 3].map((number) => ['domain', `host-${number}.example`]);
const TIERS = { effect: 'block', tiers: ['block', 'watch'] };
const OPTION = { capacity: { type: 'number', default: 2, about: 'The most.' } };

function told(rest: object, output: object = {}): { message: string; help: string | undefined }[] {
  const passes = { names: { takes: ['domain'] } };
  const target = targetOf(passes, {
    outputs: [{ file: 'a.txt', template: 'a.hbs', passes, ...output }],
    ...rest,
  });
  const { cuts } = planOf(setOf(NAMES), target, undefined, { options: { capacity: 2 } });
  return limitDiagnostics('test', cuts).map(({ code, severity, message, help }) => {
    expect([code, severity]).toEqual(['RF721', 'warning']);
    return { message, help };
  });
}

test.each<[about: string, rest: object, output: object, message: string]>([
  [
    'of the whole target',
    { limit: { indicators: 1 } },
    {},
    '`test` has no room for 2 indicators: it takes at most 1 indicator',
  ],
  [
    'of lines',
    {},
    { limit: { entries: 2 } },
    '`test` has no room for 1 indicator in `a.txt`: it takes at most 2 lines',
  ],
  [
    'of lines and bytes',
    {},
    { limit: { entries: 2, bytes: 1000 } },
    '`test` has no room for 1 indicator in `a.txt`: it takes at most 2 lines and 1,000 bytes',
  ],
  [
    'of one of the files by tier',
    TIERS,
    { file: '{{tier}}.txt', by: 'tier', limit: { entries: 2 } },
    '`test` has no room for 1 indicator in `block.txt`: it takes at most 2 lines',
  ],
])('%s', (_, rest, output, message) => {
  expect(told(rest, output)).toEqual([{ message, help: undefined }]);
});

test.each<[about: string, rest: object, output: object]>([
  ['of the whole target', { limit: { indicators: 'capacity' }, options: OPTION }, {}],
  ['of a file', { options: OPTION }, { limit: { entries: 'capacity' } }],
])('the option that raises it: %s', (_, rest, output) => {
  expect(told(rest, output).map(({ help }) => help)).toEqual([
    'list fewer, or give the target a higher `capacity` in refang.yaml, where the product takes more',
  ]);
});

test('what has room is not told of', () => {
  expect(told({ limit: { indicators: 3 } }, { limit: { entries: 3, bytes: 1000 } })).toEqual([]);
});
