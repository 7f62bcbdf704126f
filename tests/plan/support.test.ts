/** Approximations that match more than what is listed: used only where the settings allow them. */

import { expect, test } from 'vitest';
import { type Given, planOf, setOf, targetOf } from './help.ts';

const GIVEN: Given[] = [
  ['url', 'http://host.example/a'],
  ['url', 'https://host.example/a'],
];
const TARGET = targetOf({
  exact: { takes: { url: { where: { scheme: ['http'] }, otherwise: 'only http' } } },
  prefix: { takes: ['url'], approximates: 'matches longer ones', approximation: 'url-prefix' },
});

function fates(...approximate: string[]): string[] {
  const plan = planOf(setOf(GIVEN), TARGET, undefined, { approximate: new Set(approximate) });
  return Array.from(plan.verdicts, ({ fate, reason }) => [fate, reason].filter(Boolean).join(' '));
}

test('without leave it is not used, and the reason tells how to get it', () => {
  expect(fates()).toEqual([
    'emitted',
    'unsupported matches longer ones; `approximate: [url-prefix]` in refang.yaml allows it',
  ]);
});

test('with leave it counts as approximated, but for what an exact pass says', () => {
  expect(fates('url-prefix')).toEqual(['emitted', 'approximated matches longer ones']);
});
