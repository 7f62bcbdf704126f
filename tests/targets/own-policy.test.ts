import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readSettings } from '../../compiler/source/settings.ts';
import { policyProblems } from '../../compiler/targets/own-policy.ts';
import { targetOf } from '../plan/help.ts';
import { placed } from '../source/help.ts';

const definition = targetOf(
  { names: { takes: ['domain'], subdomains: true }, addresses: { takes: ['ip', 'cidr'] } },
  { effect: 'block', tlp: 'amber' },
);
const target = { name: 'wall', raw: undefined as never, definition, templates: new Map() };

/** What is told of the policy of the target, which begins in column 31. */
function problems(policy: string): string[] {
  const { settings } = readSettings(
    new SourceFile('refang.yaml', `targets: [{name: wall, policy: ${policy}}]\n`),
  );
  return policyProblems(target, settings?.targets?.[0]?.policy).map((problem) =>
    [`${placed(problem)} ${problem.message}`, problem.help].join('; '),
  );
}

test('what the target can follow', () => {
  expect(problems('{}')).toEqual([]);
  expect(problems('{tlp: amber, lifetimes: {ip: 30, cidr: 30, domain: 30}, confidence: 90}')).toEqual([]);
  expect(policyProblems(target, undefined)).toEqual([]);
});

test('TLP above its ceiling, and kinds that it does not take', () => {
  expect(problems('{tlp: amber+strict}')).toEqual([
    'RF507 1:33-1:36 `wall` never takes more than TLP `amber`; write `amber` or less, or leave it out',
  ]);
  expect(problems('{lifetimes: {ip: 30, url: 7, hash: 90}, tlp: red}')).toEqual([
    'RF507 1:72-1:75 `wall` never takes more than TLP `amber`; write `amber` or less, or leave it out',
    'RF507 1:53-1:56 `wall` takes no `url`; it takes `domain`, `ip` and `cidr`',
    'RF507 1:61-1:65 `wall` takes no `hash`; it takes `domain`, `ip` and `cidr`',
  ]);
});
