/** Outputs with several files, serials, tiers and members with ids: built from a target of the user's own. */

import { expect, test } from 'vitest';
import { project } from './own-target.ts';

const NAMES =
  '  - domain: [a.example, b.example, c.example]\n  - {domain: old.example, status: historical}\n';

test('one file for each tier, also without entries', async () => {
  const built = project(
    `effect: block
tiers: [block, watch]
outputs:
  - {file: "{{tier}}-names.txt", by: tier, template: list.hbs, passes: {names: {takes: [domain]}}}
`,
    { 'list.hbs': '# {{tier}}\n{{#each names}}\n{{value}} {{tier}}\n{{/each}}\n' },
  );
  const { texts, files } = await built(NAMES);
  expect(texts).toEqual({
    'block-names.txt': '# block\na.example block\nb.example block\nc.example block\n',
    'watch-names.txt': '# watch\nold.example watch\n',
  });
  expect(files.map(({ path, tier, entries }) => [path, tier, entries])).toEqual([
    ['own/block-names.txt', 'block', 3],
    ['own/watch-names.txt', 'watch', 1],
  ]);
  expect((await built('  - domain: a.example\n')).texts['watch-names.txt']).toBe('# watch\n');
});

test('a pass of all tiers knows the tier of each entry', async () => {
  const built = project(
    `effect: block
tiers: [block, watch]
outputs:
  - {file: names.txt, template: list.hbs, passes: {names: {takes: [domain]}}}
`,
    { 'list.hbs': '{{#each names}}\n{{value}} {{#if (eq tier "block")}}drop{{else}}log{{/if}}\n{{/each}}\n' },
  );
  const { texts } = await built('  - domain: [a.example]\n  - {domain: old.example, status: historical}\n');
  expect(texts['names.txt']).toBe('a.example drop\nold.example log\n');
});

test('parts: each knows its number and how many there are', async () => {
  const built = project(
    `effect: detect
outputs:
  - {file: "names-{{part}}.txt", parts: {entries: 3}, template: list.hbs, passes: {names: {takes: [domain]}}}
`,
    { 'list.hbs': '# {{part}} of {{parts}}\n{{#each names}}\n{{@index}} {{value}}\n{{/each}}\n' },
  );
  expect((await built(NAMES)).texts).toEqual({
    'names-1.txt': '# 1 of 2\n0 a.example\n1 b.example\n2 c.example\n',
    'names-2.txt': '# 2 of 2\n0 old.example\n',
  });
});

test('a serial rises when the file changes, whatever the day, and never goes back', async () => {
  const built = project(
    `effect: detect
outputs:
  - {file: zone.txt, serial: true, template: list.hbs, passes: {names: {takes: [domain]}}}
`,
    { 'list.hbs': '# {{serial}}\n{{#each names}}\n{{value}}\n{{/each}}\n' },
  );
  const serials: string[] = [];
  for (const [names, day] of [
    ['  - domain: a.example\n', '2026-01-01'],
    ['  - domain: a.example\n', '2026-01-02'],
    ['  - domain: [a.example, b.example]\n', '2026-01-02'],
    ['  - domain: a.example\n', '2026-01-02'],
  ] as const) {
    const { texts, lock } = await built(names, day);
    serials.push(
      `${texts['zone.txt']?.split('\n')[0]} ${lock.map((line) => line.replace(/ [0-9a-f]{16} /, ' … '))}`,
    );
  }
  expect(serials).toEqual([
    '# 1 own/@file/zone.txt - 1 … 2026-01-01 2026-01-01',
    '# 1 own/@file/zone.txt - 1 … 2026-01-01 2026-01-01',
    '# 2 own/@file/zone.txt - 2 … 2026-01-01 2026-01-02',
    '# 3 own/@file/zone.txt - 3 … 2026-01-01 2026-01-02',
  ]);
});

test('the entry of a report carries the ids of its indicators, and an id of its own', async () => {
  const built = project(
    `effect: share
identity: uuid
revoked: true
outputs:
  - file: names.txt
    template: list.hbs
    passes:
      names: {takes: [domain]}
      reports: {takes: [domain], group: report, refers: names}
`,
    {
      'list.hbs':
        '{{#each names}}\n{{value}} {{status}} {{id}}\n{{/each}}\n{{#each reports}}\n{{key}} {{tlp}} {{id}}\n{{#each members}}\n- {{value}} {{rule}}\n{{/each}}\n{{/each}}\n',
    },
  );
  const { texts, fates, lock } = await built(
    '  - {domain: a.example, tlp: clear}\n  - {domain: gone.example, status: revoked}\n  - {domain: secret.example, tlp: amber}\n',
  );
  const [a, gone, report, ...members] = (texts['names.txt'] as string).trimEnd().split('\n');
  expect([a, gone, report].map((line) => line?.replace(/ \S+$/, ''))).toEqual([
    'a.example active',
    'gone.example revoked',
    'example green',
  ]);
  const idOf = (line: string | undefined) => line?.split(' ').at(-1);
  expect(members).toEqual([`- a.example ${idOf(a)}`, `- gone.example ${idOf(gone)}`]);
  expect(fates).toEqual({ emitted: 2, covered: 0, approximated: 0, withheld: 1, unsupported: 0 });
  expect(lock.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    `own/names/domain/a.example ${idOf(a)}`,
    `own/names/domain/gone.example ${idOf(gone)}`,
    `own/reports/report/example ${idOf(report)}`,
  ]);
});

test('the revisions of a pass can be those of another, whatever its own template says', async () => {
  const passes = (name: string, rest = '') => `{${name}: {takes: [domain], group: report${rest}}}`;
  const built = project(
    `effect: share
identity: uuid
outputs:
  - {file: events.txt, template: events.hbs, passes: ${passes('events')}}
  - {file: index.txt, template: index.hbs, passes: ${passes('index', ', revision: events')}}
`,
    {
      'events.hbs': '{{#each events}}\n{{rev}}{{#each members}} {{value}}{{/each}}\n{{/each}}\n',
      'index.hbs': '{{#each index}}\n{{key}} {{rev}}\n{{/each}}\n',
    },
  );
  const lines = async (indicators: string, day: string) => {
    const { texts, lock } = await built(indicators, day);
    const words = lock.map((line) => line.split(' '));
    expect(words.map(([key]) => key)).toEqual(['own/events/report/example', 'own/index/report/example']);
    // Digest, and days.
    expect(words[0]?.slice(2)).toEqual(words[1]?.slice(2));
    return [texts['events.txt'], texts['index.txt']];
  };
  const [one, two] = ['  - {domain: a.example, tlp: clear}\n', '  - {domain: b.example, tlp: clear}\n'];
  expect(await lines(one, '2026-01-01')).toEqual(['1 a.example\n', 'example 1\n']);
  expect(await lines(one, '2026-01-02')).toEqual(['1 a.example\n', 'example 1\n']);
  expect(await lines(one + two, '2026-01-03')).toEqual(['2 a.example b.example\n', 'example 2\n']);
});

test('a file in another language', async () => {
  const built = project(
    `effect: detect
outputs:
  - {file: names.csv, template: list.hbs, passes: {names: {takes: [domain, user_agent]}}}
  - {file: names.json, syntax: json, template: json.hbs, passes: {names: {takes: [domain, user_agent]}}}
`,
    {
      'list.hbs': '{{#each names}}\n{{> line}},x\n{{/each}}\n',
      'json.hbs': '[{{#each names}}{{#unless @first}},{{/unless}}"{{> line}}"{{/each}}]\n',
      'line.hbs': '{{value}}',
    },
  );
  const { texts } = await built('  - user_agent: Bot "1", a\n');
  expect(texts).toEqual({ 'names.csv': '"Bot ""1"", a",x\n', 'names.json': '["Bot \\"1\\", a"]\n' });
});
