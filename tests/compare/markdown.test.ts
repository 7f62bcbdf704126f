/** The comment of a pull request: whole, short enough, and nothing from an input means anything in it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Difference,
  IndicatorChange,
  RuleChange,
  TargetDifference,
} from '../../compiler/compare/difference.ts';
import { MARKER, printDifferenceMarkdown } from '../../compiler/compare/markdown.ts';

const FATES = { emitted: 1, covered: 0, approximated: 0, withheld: 0, unsupported: 0 };

function difference(parts: Partial<Difference> = {}): Difference {
  return {
    before: { name: 'HEAD', commit: 'a'.repeat(40), day: '2026-01-01', indicators: 1 },
    after: { name: 'working tree', day: '2026-01-02', indicators: 1 },
    textual: false,
    differs: true,
    inputs: [],
    settings: [],
    findings: [],
    targets: [],
    indicators: [],
    ...parts,
  };
}

function added(value: string, parts: Partial<IndicatorChange> = {}): IndicatorChange {
  return {
    change: 'added',
    kind: 'domain',
    value,
    reason: 'added',
    edits: [],
    place: 'indicators.yaml:1:1',
    targets: ['dnsmasq'],
    ...parts,
  };
}

function target(name: string, rules: readonly RuleChange[] = []): TargetDifference {
  return {
    name,
    effect: 'block',
    state: 'changed',
    fates: { before: FATES, after: FATES },
    indicators: { added: 1, removed: 0, changed: 0, withheld: 0, covered: 0, uncovered: 0 },
    rules,
    files: [],
    made_with: [],
  };
}

/** What is left of a text when its code spans are taken out, as CommonMark reads them: line by line here. */
function outsideOfCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '');
}

test('no changes are one sentence', () => {
  expect(printDifferenceMarkdown(difference({ differs: false }))).toBe(
    `${MARKER}\n### Refang: no changes\n\n\`HEAD\` (aaaaaaaaaa, 2026-01-01) → working tree (2026-01-02)\n`,
  );
});

test('a table first, then what changed, once for all targets that it is of', () => {
  const text = printDifferenceMarkdown(
    difference({
      before: { name: 'main', commit: 'b'.repeat(40), day: '2026-01-01', indicators: 2 },
      inputs: [{ path: 'indicators.yaml', change: 'changed' }],
      findings: [{ code: 'RF405', message: '`8.8.8.8` is a public resolver', place: 'indicators.yaml:9:9' }],
      targets: [target('dnsmasq'), target('rpz')],
      indicators: [
        added('c2.host.example', { targets: ['dnsmasq', 'hosts', 'rpz', 'unbound'] }),
        added('http://host.example/a', { kind: 'url', targets: ['squid'] }),
        added('old.example', {
          change: 'removed',
          reason: 'confidence',
          edits: [{ key: 'confidence', before: '80', after: '60' }],
        }),
      ],
    }),
  );
  expect(text).toBe(`${MARKER}
### Refang: 2 indicators added, 1 removed

\`main\` (bbbbbbbbbb, 2026-01-01) → working tree (2026-01-02)

- indicators: 2 → 1
- changed input: \`indicators.yaml\`

**1 new finding**

- RF405 \`indicators.yaml:9:9\`: \`’8.8.8.8’ is a public resolver\`

| target | effect | indicators | rules | emitted | covered | withheld | |
| --- | --- | --- | --- | ---: | ---: | ---: | --- |
| dnsmasq | block | +1 |  | 1 | 0 | 0 |  |
| rpz | block | +1 |  | 1 | 0 | 0 |  |

<details><summary>+ 2 added: new in the inputs</summary>

in 4 targets: dnsmasq, hosts, rpz, unbound

- \`c2[.]host[.]example\` domain

in squid

- \`hxxp://host[.]example/a\` url

</details>

<details><summary>− 1 removed: withheld&#58; confidence</summary>

in dnsmasq; \`confidence\` \`80\` → \`60\`

- \`old[.]example\` domain

</details>
`);
});

test('the mark of a grouped rule is no address, what it is for may be one', () => {
  const rule = (key: string): RuleChange => ({
    change: 'added',
    key,
    after: { id: '1000001', revision: 1 },
    logic: true,
    reason: 'indicators',
    edits: [],
    indicators: 1,
  });
  const rules = [rule('mine/groups/@sample/0123456789ab'), rule('mine/mail/email/@/a@host.example')];
  const text = printDifferenceMarkdown(difference({ targets: [target('mine', rules)] }));
  expect(text).toContain('`groups/@sample/0123456789ab`');
  expect(text).toContain('`mail/email/[@]/a[@]host[.]example`');
});

describe('hostile texts', () => {
  const HOSTILE = [
    '`',
    '``` x',
    '` <img src=x> `',
    '@everyone',
    '</details><script>',
    'a\n\n# b',
    '[a](http://b)',
    ' lead and trail ',
    '\u202eevil',
    '|',
    'x`y``z',
    '#1',
  ];
  test.each(HOSTILE)('%j stands in code', (text) => {
    const printed = printDifferenceMarkdown(everywhere(text));
    expect(outsideOfCode(printed)).toBe(outsideOfCode(printDifferenceMarkdown(everywhere('plain'))));
  });

  test('whatever the text', () => {
    const plain = outsideOfCode(printDifferenceMarkdown(everywhere('plain')));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(outsideOfCode(printDifferenceMarkdown(everywhere(text)))).toBe(plain);
      }),
    );
  });

  /** A text in every place that comes from inputs. */
  function everywhere(text: string): Difference {
    const edits = [{ key: `report ${text} title`, before: text, after: text }];
    const rule = {
      change: 'changed',
      key: `a/${text}`,
      logic: false,
      reason: 'edited',
      edits,
      indicators: 1,
    } as const;
    return difference({
      before: { name: text, day: '2026-01-01', refang: text, indicators: 1 },
      inputs: [{ path: text, change: 'added' }],
      settings: edits,
      findings: [{ code: 'RF405', message: text, place: text }],
      targets: [
        target('a', [{ ...rule, before: { id: text, revision: 1 }, after: { id: text, revision: 2 } }]),
      ],
      indicators: [added(text, { edits, change: 'changed', reason: 'edited', by: text })],
    });
  }

  test('the name of a list of guards and the path of a file stand in a summary, as text', () => {
    const printed = printDifferenceMarkdown(
      difference({
        indicators: [added('a.example', { change: 'removed', reason: 'guard:<b>@x `y` [z](u)' })],
      }),
    );
    expect(printed).toContain(
      '<summary>− 1 removed: withheld&#58; guard&#58;&#60;b&#62;&#64;x &#96;y&#96; &#91;z&#93;(u)</summary>',
    );
  });
});

describe('is never longer than a comment may be', () => {
  const bytes = (text: string) => Buffer.byteLength(text);
  const many = (count: number, of: (at: number) => IndicatorChange) =>
    Array.from({ length: count }, (_, at) => of(at));

  test('with ten thousand changes: each sort is told, the rest is counted', () => {
    const indicators = [
      ...many(6000, (at) => added(`host${at}.example`, { targets: ['dnsmasq', 'rpz'] })),
      ...many(4000, (at) => added(`old${at}.example`, { change: 'removed', reason: 'expired' })),
    ];
    const text = printDifferenceMarkdown(difference({ indicators }));
    expect(bytes(text)).toBeLessThan(60_000);
    expect(text).toContain('<details><summary>+ 6,000 added: new in the inputs</summary>');
    expect(text).toContain('- and 5,950 more\n');
    expect(text).toContain('<details><summary>− 4,000 removed: expired</summary>');
    expect(text).toContain('- and 3,950 more\n');
  });

  test.each([
    ['each of targets of its own', (at: number) => added(`${at}.example`, { targets: [`t${at}`] })],
    [
      'each for a reason of its own',
      (at: number) => added(`${at}.example`, { change: 'removed', reason: `guard:${at}` }),
    ],
    [
      'in many targets',
      (at: number) =>
        added(`${at}.example`, { targets: Array.from({ length: 300 }, (_, n) => `t${at}-${n}`) }),
    ],
    [
      'with long edits',
      (at: number) =>
        added('a', {
          change: 'changed',
          reason: 'edited',
          edits: many(100, () => added('')).map((_, n) => ({ key: `k${n}-${at}`, after: '`'.repeat(99) })),
        }),
    ],
  ])('%s', (_, of) => {
    const text = printDifferenceMarkdown(difference({ indicators: many(2000, of) }));
    expect(bytes(text)).toBeLessThan(60_000);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(
      text.endsWith('There is more than a comment holds: `refang diff --format json` lists all.\n'),
    ).toBe(true);
  });

  test('values are cut', () => {
    const text = printDifferenceMarkdown(
      difference({ indicators: many(60, (at) => added(`${at}${'漢`'.repeat(4000)}`)) }),
    );
    expect(bytes(text)).toBeLessThan(60_000);
    expect(text).toContain('- and 10 more\n');
  });

  test('with thousands of targets, rules, findings, inputs and settings', () => {
    const rule = { change: 'added', logic: true, reason: 'indicators', edits: [], indicators: 1 } as const;
    const rules = Array.from({ length: 300 }, (_, at) => ({ ...rule, key: `a/${at}/${'x'.repeat(90)}` }));
    const text = printDifferenceMarkdown(
      difference({
        inputs: Array.from({ length: 3000 }, (_, at) => ({ path: `${at}.txt`, change: 'added' as const })),
        settings: Array.from({ length: 3000 }, (_, at) => ({ key: `k${at}`, after: 'x' })),
        findings: Array.from({ length: 3000 }, (_, at) => ({ code: 'RF405', message: `m${at}` })),
        targets: Array.from({ length: 3000 }, (_, at) => target(`t${at}`, rules)),
      }),
    );
    expect(bytes(text)).toBeLessThan(60_000);
    expect(text).toContain('and 2,900 more targets\n');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});
