import { describe, expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import { admit, DEFAULT_POLICY } from '../../compiler/plan/policy.ts';
import { CONTEXT, fatesOf, planOf, setOf, targetOf } from './help.ts';

const AS_OF = '2026-01-01';
const takes = { all: { takes: ['domain'] } };
const tiered = { block: { takes: ['domain'], tier: 'block' }, watch: { takes: ['domain'], tier: 'watch' } };

function admitted(over: Partial<Context>, target: object, policy = DEFAULT_POLICY): string {
  const definition = targetOf('tiers' in target ? tiered : takes, target);
  const admission = admit({ ...CONTEXT, ...over }, definition, policy, AS_OF);
  if ('withheld' in admission) return admission.withheld;
  return [admission.tier ?? 'in', admission.demoted].filter(Boolean).join(' ');
}

const effects = {
  detect: { effect: 'detect' },
  hunt: { effect: 'hunt' },
  block: { effect: 'block' },
  tiers: { effect: 'block', tiers: ['block', 'watch'] },
  share: { effect: 'share' },
};

const cases: [about: string, context: Partial<Context>, fates: Record<keyof typeof effects, string>][] = [
  ['active and confident', {}, { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' }],
  [
    'historical',
    { status: 'historical' },
    { detect: 'in', hunt: 'in', block: 'status', tiers: 'watch status', share: 'in' },
  ],
  [
    'revoked',
    { status: 'revoked' },
    { detect: 'revoked', hunt: 'revoked', block: 'revoked', tiers: 'revoked', share: 'revoked' },
  ],
  [
    'confidence just high enough to block',
    { confidence: 70 },
    { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' },
  ],
  [
    'confidence just too low to block',
    { confidence: 69 },
    { detect: 'in', hunt: 'in', block: 'confidence', tiers: 'watch confidence', share: 'in' },
  ],
  [
    'no confidence at all',
    { confidence: 0 },
    { detect: 'in', hunt: 'in', block: 'confidence', tiers: 'watch confidence', share: 'in' },
  ],
  ['TLP green', { tlp: 'green' }, { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' }],
  ['TLP amber', { tlp: 'amber' }, { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'tlp' }],
  ['TLP red', { tlp: 'red' }, { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'tlp' }],
  [
    'historical and of low confidence: the status is told',
    { status: 'historical', confidence: 1 },
    { detect: 'in', hunt: 'in', block: 'status', tiers: 'watch status', share: 'in' },
  ],
  [
    'expired yesterday',
    { expires: '2025-12-31' },
    { detect: 'expired', hunt: 'expired', block: 'expired', tiers: 'expired', share: 'expired' },
  ],
  [
    'expires today',
    { expires: AS_OF },
    { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' },
  ],
  [
    'expires tomorrow',
    { expires: '2026-01-02' },
    { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' },
  ],
  [
    'first seen today',
    { first_seen: AS_OF },
    { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' },
  ],
  [
    'first seen tomorrow',
    { first_seen: '2026-01-02' },
    {
      detect: 'not-yet-valid',
      hunt: 'not-yet-valid',
      block: 'not-yet-valid',
      tiers: 'not-yet-valid',
      share: 'not-yet-valid',
    },
  ],
  [
    'last seen long ago: no date of its own ends an indicator',
    { last_seen: '2001-01-01' },
    { detect: 'in', hunt: 'in', block: 'in', tiers: 'block', share: 'in' },
  ],
];

describe.each(cases)('%s', (_, context, fates) => {
  test.each(Object.entries(fates))('%s: %s', (effect, expected) => {
    expect(admitted(context, effects[effect as keyof typeof effects])).toBe(expected);
  });
});

test('the reasons that end an indicator for every target come before those of one effect', () => {
  const context: Partial<Context> = {
    status: 'historical',
    confidence: 0,
    tlp: 'red',
    expires: '2025-01-01',
  };
  expect(admitted(context, effects.block)).toBe('expired');
  expect(admitted({ ...context, status: 'revoked' }, effects.block)).toBe('revoked');
  const strict = { ...DEFAULT_POLICY, block: { ...DEFAULT_POLICY.block, tlp: 'amber' as const } };
  expect(admitted({ status: 'historical', tlp: 'amber+strict' }, effects.tiers, strict)).toBe('tlp');
  expect(admitted({ status: 'historical', tlp: 'amber' }, effects.tiers, strict)).toBe('watch status');
});

test('the order in which a target names its tiers says nothing', () => {
  expect(admitted({}, { effect: 'block', tiers: ['watch', 'block'] })).toBe('block');
});

test('a policy of the project counts', () => {
  const policy = {
    ...DEFAULT_POLICY,
    block: { status: ['active', 'historical'] as const, confidence: 10, tlp: 'red' as const },
    detect: { status: ['active'] as const, confidence: 50, tlp: 'red' as const },
  };
  expect(admitted({ status: 'historical', confidence: 10 }, effects.block, policy)).toBe('in');
  expect(admitted({ status: 'historical' }, effects.detect, policy)).toBe('status');
  expect(admitted({ confidence: 49 }, effects.detect, policy)).toBe('confidence');
});

test('where only one file passes revoked indicators on, the others are without them', () => {
  const definition = targetOf(
    {},
    {
      effect: 'share',
      outputs: [
        { file: 'a', template: 'a.hbs', revoked: true, passes: { told: { takes: ['domain'] } } },
        { file: 'b', template: 'b.hbs', passes: { used: { takes: ['domain', 'ip'] } } },
      ],
    },
  );
  const set = setOf([
    ['domain', 'host.example', { status: 'revoked' }],
    ['ip', '192.0.2.1', { status: 'revoked' }],
    ['domain', 'other.example'],
  ]);
  expect(fatesOf(set, definition)).toEqual([
    'host.example emitted',
    '192.0.2.1 withheld revoked',
    'other.example emitted',
  ]);
  const sizes = planOf(set, definition).outputs.map(({ passes }) => passes[0]?.entries.length);
  expect(sizes).toEqual([2, 1]);
});
