/** What an output takes of more than its product can load, and how it is split into files. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../compiler/plan/entry.ts';
import type { TargetPlan } from '../../compiler/plan/plan.ts';
import { fatesOf, type Given, planOf, setOf, targetOf } from './help.ts';

const TIERS = { effect: 'block', tiers: ['block', 'watch'] };

function target(output: object, passes: object = { names: { takes: ['domain'] } }, rest: object = {}) {
  return targetOf(passes, {
    outputs: [{ file: 'a.txt', template: 'a.hbs', passes, ...output }],
    ...rest,
  });
}

/** The values of each file. */
function filesOf(given: readonly Given[], plan: TargetPlan): string[] {
  const value = (entry: Entry) =>
    entry.type === 'indicator' ? (given[entry.index]?.[1] as string) : entry.type;
  return plan.outputs.map(({ part, parts, passes }) => {
    const values = passes.flatMap(({ entries }) => Array.from(entries, value));
    return `${part}/${parts}: ${values.join(' ')}`;
  });
}

describe('the best stay', () => {
  test.each<[string, Given[]]>([
    [
      'by tier',
      [
        ['domain', 'b.example'],
        ['domain', 'a.example', { status: 'historical' }],
      ],
    ],
    [
      'by severity',
      [
        ['domain', 'b.example'],
        ['domain', 'a.example', { severity: 'medium' }],
      ],
    ],
    [
      'by confidence',
      [
        ['domain', 'b.example'],
        ['domain', 'a.example', { confidence: 79 }],
      ],
    ],
    [
      'by severity times confidence',
      [
        ['domain', 'b.example', { severity: 'critical', confidence: 70 }],
        ['domain', 'a.example', { severity: 'high', confidence: 80 }],
      ],
    ],
    [
      'by the day it was seen last',
      [
        ['domain', 'b.example', { last_seen: '2025-01-02' }],
        ['domain', 'a.example', { last_seen: '2025-01-01' }],
      ],
    ],
    [
      'by the day it was seen first',
      [
        ['domain', 'b.example', { first_seen: '2025-01-02' }],
        ['domain', 'a.example'],
      ],
    ],
    [
      'by value',
      [
        ['domain', 'a.example'],
        ['domain', 'b.example'],
      ],
    ],
  ])('%s', (_, given) => {
    const [kept, cut] = given as [Given, Given];
    const fates = (some: Given[]) =>
      fatesOf(setOf(some), target({ limit: { entries: 1 } }, undefined, TIERS));
    for (const order of [
      [kept, cut],
      [cut, kept],
    ] as Given[][]) {
      const told = fates(order);
      expect(told.find((line) => line.startsWith(kept[1]))).toMatch(/^\S+ emitted/);
      expect(told.find((line) => line.startsWith(cut[1]))).toMatch(/^\S+ withheld limit/);
    }
  });
});

test('property: what is kept of a target is what an output would keep that has them all', () => {
  const context = fc.record({
    severity: fc.constantFrom('low', 'high', 'critical'),
    confidence: fc.constantFrom(75, 80, 100),
    status: fc.constantFrom('active', 'historical'),
    last_seen: fc.constantFrom('2025-01-01', '2025-01-02'),
  } as const);
  const name = fc.constantFrom('a', 'b', 'www.a', 'www.b', 'c', 'x.www.a', 'd', 'e', 'f');
  const listed = fc.uniqueArray(fc.tuple(name, context), { selector: ([one]) => one });
  const passes = { names: { takes: ['domain'], subdomains: true } };
  fc.assert(
    fc.property(listed, fc.integer({ min: 1, max: 5 }), (some, most) => {
      const given = some.map(([one, own]): Given => ['domain', `${one}.example`, own]);
      const fates = (limits: { output?: object; rest?: object }) =>
        fatesOf(setOf(given), target(limits.output ?? {}, passes, { ...TIERS, ...limits.rest }));
      expect(fates({ rest: { limit: { indicators: most } } })).toEqual(
        fates({ output: { limit: { entries: most } } }),
      );
    }),
  );
});

test('an entry of two lines counts twice', () => {
  const given = ['a', 'b', 'c'].map((name): Given => ['domain', `${name}.example`]);
  const passes = { names: { takes: ['domain'], lines: 2 } };
  expect(fatesOf(setOf(given), target({ limit: { entries: 5 } }, passes))).toEqual([
    'a.example emitted',
    'b.example emitted',
    'c.example withheld limit',
  ]);
});

test('bytes are those of the values and three more a line', () => {
  const given: Given[] = [
    ['domain', 'a.example'],
    ['domain', 'b.example'],
  ];
  const fates = (bytes: number) => fatesOf(setOf(given), target({ limit: { bytes } }));
  expect(fates(24)).toEqual(['a.example emitted', 'b.example emitted']);
  expect(fates(23)).toEqual(['a.example emitted', 'b.example withheld limit']);
});

test('addresses that are merged into few lines are not cut for being many', () => {
  const given = [0, 1, 2, 3].map((last): Given => ['ip', `192.0.2.${last}`]);
  const passes = { addresses: { takes: ['ip'], merge: true } };
  expect(fatesOf(setOf(given), target({ limit: { entries: 1 } }, passes))).toEqual(
    given.map(([, value]) => `${value} emitted`),
  );
});

test('what the cut one covered is withheld as well', () => {
  const given: Given[] = [
    ['domain', 'host.example', { severity: 'low' }],
    ['domain', 'www.host.example', { severity: 'low' }],
    ['domain', 'b.example'],
  ];
  const passes = { names: { takes: ['domain'], subdomains: true } };
  expect(fatesOf(setOf(given), target({ limit: { entries: 1 } }, passes))).toEqual([
    'host.example withheld limit',
    'www.host.example withheld limit',
    'b.example emitted',
  ]);
});

test('one that covers a better one stands as high as that', () => {
  const given: Given[] = [
    ['domain', 'host.example', { severity: 'low' }],
    ['domain', 'www.host.example', { severity: 'critical' }],
    ['domain', 'b.example', { severity: 'high' }],
  ];
  const passes = { names: { takes: ['domain'], subdomains: true } };
  expect(fatesOf(setOf(given), target({ limit: { entries: 1 } }, passes))).toEqual([
    'host.example emitted',
    'www.host.example covered by host.example',
    'b.example withheld limit',
  ]);
});

test('where merged addresses are too many, the list is filled with merged ones', () => {
  const given = Array.from(
    { length: 256 },
    (_, at): Given => ['ip', `192.0.${at >> 1}.${at % 2}`, { confidence: 90 - (at >> 3) }],
  );
  const passes = { addresses: { takes: ['ip'], merge: true } };
  const fates = fatesOf(setOf(given), target({ limit: { entries: 100 } }, passes));
  expect(fates.filter((line) => line.endsWith('emitted'))).toHaveLength(200);
  expect(fates[0]).toBe('192.0.0.0 emitted');
  expect(fates[255]).toBe('192.0.127.1 withheld limit');
});

test('a limit of the whole target counts indicators, in however many files they are', () => {
  const given: Given[] = [
    ['domain', 'a.example'],
    ['ip', '192.0.2.1', { severity: 'critical' }],
    ['domain', 'b.example'],
  ];
  const passes = { names: { takes: ['domain'] }, both: { takes: ['domain', 'ip'] } };
  expect(fatesOf(setOf(given), target({}, passes, { limit: { indicators: 2 } }))).toEqual([
    'a.example emitted',
    '192.0.2.1 emitted',
    'b.example withheld limit',
  ]);
});

test('a limit that an option tells', () => {
  const passes = { names: { takes: ['domain'] } };
  const definition = target({ limit: { entries: 'most' } }, passes);
  const set = setOf(['a', 'b', 'c'].map((name): Given => ['domain', `${name}.example`]));
  const plan = planOf(set, definition, undefined, { options: { most: 2 } });
  expect(Array.from(plan.verdicts, ({ fate }) => fate)).toEqual(['emitted', 'emitted', 'withheld']);
});

describe('parts', () => {
  const given = ['a', 'b', 'c', 'd', 'e'].map((name): Given => ['domain', `${name}.example`]);

  test('in order, the last one shorter', () => {
    const plan = planOf(setOf(given), target({ parts: { entries: 2 } }));
    expect(filesOf(given, plan)).toEqual([
      '1/3: a.example b.example',
      '2/3: c.example d.example',
      '3/3: e.example',
    ]);
  });

  test('one part without entries', () => {
    expect(filesOf([], planOf(setOf([]), target({ parts: { entries: 2 } })))).toEqual(['1/1: ']);
  });

  test('over several passes', () => {
    const mixed: Given[] = [
      ['domain', 'a.example'],
      ['domain', 'b.example'],
      ['domain', 'c.example'],
      ['ip', '192.0.2.1'],
      ['ip', '192.0.2.2'],
    ];
    const plan = planOf(
      setOf(mixed),
      target({ parts: { entries: 2 } }, { names: { takes: ['domain'] }, addresses: { takes: ['ip'] } }),
    );
    expect(filesOf(mixed, plan)).toEqual([
      '1/3: a.example b.example',
      '2/3: c.example 192.0.2.1',
      '3/3: 192.0.2.2',
    ]);
  });

  test('property: parts together are the whole, and none is over its size', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.integer({ min: 1, max: 9 }), (names, addresses, size) => {
        const some = [
          ...Array.from({ length: names }, (_, at): Given => ['domain', `n${at}.example`]),
          ...Array.from({ length: addresses }, (_, at): Given => ['ip', `192.0.2.${at * 2}`]),
        ];
        const passes = { names: { takes: ['domain'] }, addresses: { takes: ['ip'] } };
        const whole = filesOf(some, planOf(setOf(some), target({}, passes)));
        const parts = filesOf(some, planOf(setOf(some), target({ parts: { entries: size } }, passes)));
        const entries = parts.map((line) =>
          line
            .replace(/^.*?: ?/, '')
            .split(' ')
            .filter(Boolean),
        );
        expect(`1/1: ${entries.flat().join(' ')}`).toBe(whole[0]);
        expect(Math.max(...entries.map(({ length }) => length))).toBeLessThanOrEqual(size);
      }),
    );
  });
});
