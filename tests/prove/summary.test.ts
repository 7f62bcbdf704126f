import { describe, expect, test } from 'vitest';
import type { BehaviourReport } from '../../compiler/prove/behaviour.ts';
import type { Failure, Verdict } from '../../compiler/prove/judge.ts';
import type { Proof, ProofRun } from '../../compiler/prove/prove.ts';
import { isFaulty, type ProofSummary, summarize } from '../../compiler/prove/summary.ts';
import { type Given, setOf } from '../plan/help.ts';

const MD5 = '00112233445566778899aabbccddeeff';
const LISTED: readonly Given[] = [
  ['domain', 'host.example'],
  ['domain', 'other.example'],
  ['email', 'any@mail.example'],
  ['hash', MD5],
];
const SET = setOf(LISTED);

const LOADED = { engine: 'yara-x', version: '1.2.3', ok: true, problems: [], command: 'load' } as const;

function run(
  verdict: Partial<Verdict>,
  report: Partial<BehaviourReport> = {},
  more: Partial<ProofRun> = {},
): ProofRun {
  return {
    of: 'listed',
    kept: false,
    original: (indicator) => indicator,
    verdict: {
      matches: { seen: 0, ok: 0 },
      misses: { seen: 0, ok: 0 },
      indicators: new Set(),
      failures: [],
      ...verdict,
    },
    report: {
      engine: 'yara-x',
      version: '1.2.3',
      command: 'scan listed',
      observations: [],
      rules: ['10', '11'],
      notCarried: [],
      ...report,
    },
    ...more,
  };
}

function summaryOf(more: Partial<Proof>): ProofSummary {
  const proof: Proof = {
    target: 'mine',
    engine: 'yara-x',
    found: { available: true, version: '1.2.3' },
    provable: [0, 1, 2, 3],
    sample: more.provable ?? [0, 1, 2, 3],
    load: LOADED,
    runs: [],
    ...more,
  };
  return summarize(proof, SET);
}

const ALL = new Set([0, 1, 2]);
const STAND_INS = run(
  { indicators: new Set([0]), matches: { seen: 1, ok: 1 }, misses: { seen: 1, ok: 1 } },
  { command: 'scan stand-ins', rules: ['12'] },
  { of: 'stand-ins', original: () => 3 },
);

test('adds up what was listed and its stand-ins', () => {
  const listed = run({ indicators: ALL, matches: { seen: 12, ok: 11 }, misses: { seen: 30, ok: 28 } });
  expect(summaryOf({ runs: [listed, STAND_INS] })).toEqual({
    target: 'mine',
    engine: 'yara-x',
    title: 'YARA-X',
    version: '1.2.3',
    rules: 2,
    loadsOnly: false,
    indicators: { ok: 4, of: 4 },
    witnesses: { ok: 12, of: 13 },
    nearMisses: { ok: 29, of: 31 },
    problems: [],
    failures: [],
    notChecked: [],
    converted: [],
    standIns: 1,
    commands: [],
  });
});

describe('failures', () => {
  const seen = { text: 'evilhost.example', about: 'a longer first label', carrier: 'DNS query' };
  const told = (failures: readonly Failure[], original = (indicator: number) => indicator) =>
    summaryOf({ runs: [run({ indicators: ALL, failures }, {}, { original })] });

  const table: [about: string, failures: Failure[], messages: string[]][] = [
    [
      'fires',
      [{ indicator: 0, problem: 'fires', rules: ['10', '11'], seen }],
      ['host.example: fires on "evilhost.example" (a longer first label) as DNS query: rule 10, 11'],
    ],
    [
      'is silent',
      [
        {
          indicator: 1,
          problem: 'silent',
          rules: [],
          seen: { ...seen, text: 'other.example', about: 'the name itself' },
        },
      ],
      ['other.example: is silent on "other.example" (the name itself) as DNS query'],
    ],
    [
      'nothing fires',
      [{ indicator: 0, problem: 'no rule fires', rules: [] }],
      ['host.example: no rule fires'],
    ],
    [
      'a rule never fires',
      [{ indicator: 2, problem: 'rule never fires', rules: ['11'] }],
      ['any@mail.example: rule never fires: rule 11'],
    ],
    [
      'the same in several ways is told once, another rule or text apart',
      [
        { indicator: 0, problem: 'fires', rules: ['10'], seen },
        { indicator: 0, problem: 'fires', rules: ['11'], seen: { ...seen, carrier: 'HTTP host' } },
        { indicator: 0, problem: 'fires', rules: ['10'], seen: { ...seen, carrier: 'TLS SNI' } },
        { indicator: 1, problem: 'fires', rules: ['10'], seen },
        { indicator: 0, problem: 'fires', rules: ['10'], seen: { ...seen, text: 'xhost.example' } },
      ],
      [
        'host.example: fires on "evilhost.example" (a longer first label) as DNS query, TLS SNI: rule 10',
        'host.example: fires on "evilhost.example" (a longer first label) as HTTP host: rule 11',
        'other.example: fires on "evilhost.example" (a longer first label) as DNS query: rule 10',
        'host.example: fires on "xhost.example" (a longer first label) as DNS query: rule 10',
      ],
    ],
  ];

  test.each(table)('%s', (_, failures, messages) => {
    const summary = told(failures);
    expect(summary.failures.map(({ value, message }) => `${value}: ${message}`)).toEqual(messages);
    expect(isFaulty(summary)).toBe(true);
  });

  test('an indicator for which no rule fires does not count; one that fires too often does', () => {
    const failures: Failure[] = [
      { indicator: 0, problem: 'no rule fires', rules: [] },
      { indicator: 0, problem: 'rule never fires', rules: ['10'] },
      { indicator: 1, problem: 'fires', rules: ['11'], seen },
    ];
    expect(told(failures).indicators).toEqual({ ok: 2, of: 4 });
  });

  test('of a stand-in are told of what it stands for', () => {
    const summary = told([{ indicator: 0, problem: 'no rule fires', rules: [] }], () => 3);
    expect(summary.failures).toEqual([{ value: MD5, message: 'no rule fires' }]);
  });
});

describe('not checked', () => {
  const notChecked = (more: Partial<Proof>) =>
    summaryOf(more).notChecked.map(({ what, why }) => `${what}: ${why}`);

  test('the engine is missing', () => {
    const found = { available: false, why: 'yara-x is not installed', install: 'install it' } as const;
    const summary = summaryOf({ found });
    expect('version' in summary).toBe(false);
    expect(isFaulty(summary)).toBe(false);
    expect(notChecked({ found })).toEqual(['all 4: yara-x is not installed; install it']);
    expect(notChecked({ found, provable: [] })).toEqual([]);
  });

  test('the files do not load', () => {
    const problems = [
      { file: '/out/mine/rules.yar', line: 7, message: 'syntax error', severity: 'error' },
      { file: '/out/mine/rules.yar', message: 'slow', severity: 'warning' },
      { file: '', message: 'no place', severity: 'error' },
    ] as const;
    const load = { ...LOADED, ok: false, problems };
    expect(notChecked({ load })).toEqual(['all 4: the files do not load']);
    const summary = summaryOf({ load });
    expect(summary.problems).toEqual([
      '/out/mine/rules.yar:7: syntax error',
      '/out/mine/rules.yar: slow',
      'no place',
    ]);
    expect(isFaulty(summary)).toBe(true);
  });

  test('the engine loads, and shows nothing', () => {
    expect(notChecked({})).toEqual(['all 4: the engine only loads the files']);
    expect([summaryOf({}).loadsOnly, isFaulty(summaryOf({}))]).toEqual([true, false]);
    expect(summaryOf({ load: { ...LOADED, ok: false } }).loadsOnly).toBe(false);
  });

  test('the engine cannot run', () => {
    const broken = 'yara did not finish within 120 s';
    expect(notChecked({ broken })).toEqual(['all 4: the engine could not judge']);
    expect(summaryOf({ broken }).problems).toEqual([`it could not judge: ${broken}`]);
    expect(isFaulty(summaryOf({ broken }))).toBe(true);
  });

  test('kinds that no input carries, with the engine’s reason where it gives one', () => {
    const listed = run(
      { indicators: new Set([1]) },
      { notCarried: [{ kind: 'email', why: 'no mail here' }] },
    );
    expect(notChecked({ runs: [listed] })).toEqual([
      '1 × domain: no input of this engine shows it',
      '1 × email: no mail here',
      '1 × hash: no input of this engine shows it',
    ]);
    expect(summaryOf({ runs: [listed] }).indicators).toEqual({ ok: 1, of: 4 });
  });

  test('rules that nothing can be shown to, also where every indicator was shown', () => {
    const listed = run({ indicators: ALL }, { unseen: [{ rule: '99', why: 'no such log source' }] });
    expect(notChecked({ runs: [listed, STAND_INS] })).toEqual(['rule 99: no such log source']);
  });
});

test('conversions: the products that take every rule, and the problems of the others', () => {
  const conversions = [
    { backend: 'Splunk', problems: [] },
    { backend: 'Loki', problems: [{ rule: '10', message: 'no cidr' }] },
  ];
  const summary = summaryOf({ runs: [run({ indicators: ALL }, { conversions }), STAND_INS] });
  expect(summary.converted).toEqual(['Splunk']);
  expect(summary.problems).toEqual(['10 cannot be converted to Loki: no cidr']);
  expect(isFaulty(summary)).toBe(true);
});

test('commands only where what they run on was kept', () => {
  const kept = { kept: true };
  const runs = [run({}, {}, kept), { ...STAND_INS, ...kept }];
  expect(summaryOf({ runs }).commands).toEqual(['scan listed', 'scan stand-ins']);
});
