import { describe, expect, test } from 'vitest';
import type { Context } from '../../compiler/indicators/context.ts';
import {
  admit,
  DEFAULT_POLICY,
  type EffectPolicy,
  type Policy,
  refinePolicy,
} from '../../compiler/plan/policy.ts';
import { CONTEXT, fatesOf, planOf, setOf, targetOf } from './help.ts';

const AS_OF = '2026-01-01';
const takes = { all: { takes: ['domain'] } };
const tiered = { block: { takes: ['domain'], tier: 'block' }, watch: { takes: ['domain'], tier: 'watch' } };

function admitted(
  over: Partial<Context>,
  target: object,
  policy: Policy = DEFAULT_POLICY,
  asOf = AS_OF,
): string {
  const definition = targetOf('tiers' in target ? tiered : takes, target);
  const context = { ...CONTEXT, ...over };
  const admission = admit({ context, expires: context.expires }, definition, policy[definition.effect], asOf);
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
  const { block, detect } = DEFAULT_POLICY;
  const policy = {
    ...DEFAULT_POLICY,
    block: refinePolicy(block, { status: ['active', 'historical'], confidence: 10 }),
    detect: refinePolicy(detect, { status: ['active'], confidence: 50 }),
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

describe('the boundaries of what a policy takes', () => {
  const taking = (effect: keyof Policy, said: Partial<EffectPolicy>): Policy => ({
    ...DEFAULT_POLICY,
    [effect]: refinePolicy(DEFAULT_POLICY[effect], said),
  });
  const rows: [
    about: string,
    effect: keyof typeof effects,
    said: Partial<EffectPolicy>,
    over: Partial<Context>,
    admission: string,
  ][] = [
    ['the confidence asked for', 'detect', { confidence: 50 }, { confidence: 50 }, 'in'],
    ['one less', 'detect', { confidence: 50 }, { confidence: 49 }, 'confidence'],
    ['one less with tiers', 'tiers', { confidence: 90 }, { confidence: 89 }, 'watch confidence'],
    ['all confidence', 'block', { confidence: 100 }, { confidence: 100 }, 'in'],
    ['no confidence', 'block', { confidence: 0 }, { confidence: 0 }, 'in'],
    ['the TLP ceiling', 'share', { tlp: 'amber' }, { tlp: 'amber' }, 'in'],
    ['one stricter', 'share', { tlp: 'amber' }, { tlp: 'amber+strict' }, 'tlp'],
    ['a watch tier is no way around TLP', 'tiers', { tlp: 'green' }, { tlp: 'amber' }, 'tlp'],
    ['historical taken', 'block', { status: ['historical'] }, { status: 'historical' }, 'in'],
    ['active not taken', 'block', { status: ['historical'] }, { status: 'active' }, 'status'],
    ['revoked never', 'block', { status: ['revoked'] }, { status: 'revoked' }, 'revoked'],
    [
      'status before confidence',
      'hunt',
      { status: ['active'], confidence: 99 },
      { status: 'historical' },
      'status',
    ],
    [
      'TLP before status',
      'hunt',
      { status: ['active'], tlp: 'clear' },
      { status: 'historical', tlp: 'red' },
      'tlp',
    ],
  ];
  test.each(rows)('%s', (_, name, said, over, admission) => {
    const { effect } = effects[name] as { effect: keyof Policy };
    expect(admitted(over, effects[name], taking(effect, said))).toBe(admission);
  });
});

test.each([
  ['2025-12-30', 'not-yet-valid'],
  ['2025-12-31', 'in'],
  ['2026-01-01', 'in'],
  ['2026-01-02', 'expired'],
])('valid from the day first seen through the day it expires: %s is %s', (asOf, expected) => {
  const context = { first_seen: '2025-12-31', expires: '2026-01-01' };
  expect(admitted(context, effects.detect, DEFAULT_POLICY, asOf)).toBe(expected);
});

test('a revoked indicator is passed on by targets that can say so, expired or not, under the TLP ceiling', () => {
  const stix = { effect: 'share', revoked: true };
  expect(admitted({ status: 'revoked' }, stix)).toBe('in');
  expect(admitted({ status: 'revoked', expires: '2025-01-01' }, stix)).toBe('in');
  expect(admitted({ status: 'revoked', tlp: 'amber' }, stix)).toBe('tlp');
});

test('the ceiling of a target holds beside that of the policy', () => {
  expect(admitted({ tlp: 'amber' }, { effect: 'detect', tlp: 'green' })).toBe('tlp');
  expect(admitted({ tlp: 'green' }, { effect: 'detect', tlp: 'green' })).toBe('in');
});

describe('a policy over another', () => {
  const base = refinePolicy(DEFAULT_POLICY.block, {
    lifetimes: { ip: 30, domain: 90 },
    severity: { critical: 'high' },
  });

  test('says only what it says', () => {
    expect(refinePolicy(base, { confidence: 90 })).toEqual({ ...base, confidence: 90 });
    expect(refinePolicy(base, { status: ['historical'] }).status).toEqual(['historical']);
  });

  test('joins lifetimes and severities, key by key', () => {
    const refined = refinePolicy(base, { lifetimes: { ip: 7 }, severity: { historical: 'medium' } });
    expect(refined.lifetimes).toEqual({ ip: 7, domain: 90 });
    expect(refined.severity).toEqual({ critical: 'high', historical: 'medium' });
  });

  test('is the very same where nothing is said', () => {
    expect(refinePolicy(base, {})).toBe(base);
  });
});
