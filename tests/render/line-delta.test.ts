/** Changes told line by line, of a target of the test's own: what counts as a line of an entry, and what as more than that. */

import { expect, test } from 'vitest';
import type { CompiledTarget } from '../../compiler/compile.ts';
import { renderDeltas } from '../../compiler/render/render-delta.ts';
import { openSession } from '../../compiler/session.ts';
import { HEAD } from '../targets/build-one.ts';
import { folderWith } from '../temporary.ts';

/** How an output of the target is written, and its template. */
interface Own {
  output: string;
  template: string;
}

async function compiled({ output, template }: Own, names: readonly string[]): Promise<CompiledTarget> {
  const cwd = folderWith({
    'refang.yaml': 'targets: [own]\n',
    'indicators.yaml': `${HEAD}  - mutex: other\n${names.map((name) => `  - domain: ${name}\n`).join('')}`,
    'templates/own/list.hbs': template,
    'templates/own/target.yaml': `title: Own
about: Own.
syntax: line
effect: detect
outputs:
  - {template: list.hbs, delta: lines, ${output}}
`,
  });
  const session = await openSession({ cwd, asOf: '2026-01-01' });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return session.compiled?.targets[0] as CompiledTarget;
}

/** The files of changes by path, and which files have to be loaded whole. */
async function changes(own: Own, before: readonly string[], after: readonly string[]) {
  const [old, now] = [await compiled(own, before), await compiled(own, after)];
  const { files, told, obstacles } = renderDeltas(old.rendering, now.rendering);
  const texts = files.map(({ path, chunks, of, entries }) => [path, [...chunks].join(''), of, entries]);
  return { texts, told: [...told], obstacles: [...obstacles] };
}

const PASSES = 'passes: {names: {takes: [domain]}}';
const LIST: Own = {
  output: `file: names.txt, ${PASSES}`,
  template: '{{#each names}}\n{{value}}\n{{/each}}\n',
};

test.each<[about: string, template: string, text: string]>([
  [
    'what stands around entries',
    '# {{names.length}}\nfirst\n{{#each names}}\n{{value}}\n{{/each}}\nlast\n',
    'b.example\n',
  ],
  [
    'comments and blank lines that come with a list',
    '{{#if names}}\n\n; a\n! b\n  # c\n{{#each names}}\n{{value}}\n{{/each}}\n{{/if}}\n',
    'b.example\n',
  ],
  [
    'several lines of an entry',
    '{{#each names}}\n0 {{value}}\n\n1 {{value}}\n{{/each}}\n',
    '0 b.example\n1 b.example\n',
  ],
  ['a line that two entries share', '{{#each names}}\nsame\n{{value}}\n{{/each}}\n', 'b.example\n'],
])('%s is no change', async (_, template, text) => {
  const entries = text.split('\n').length - 1;
  expect(await changes({ ...LIST, template }, ['a.example'], ['a.example', 'b.example'])).toEqual({
    texts: [['names.txt.added', text, 'names.txt', entries]],
    told: ['names.txt'],
    obstacles: [],
  });
});

test('a serial is no change', async () => {
  const own = { output: `serial: true, ${LIST.output}`, template: `serial {{serial}}\n${LIST.template}` };
  expect(await changes(own, ['a.example', 'b.example'], ['b.example', 'c.example'])).toEqual({
    texts: [
      ['names.txt.removed', 'a.example\n', 'names.txt', 1],
      ['names.txt.added', 'c.example\n', 'names.txt', 1],
    ],
    told: ['names.txt'],
    obstacles: [],
  });
});

test('what only moves from part to part is no change, also where a part is no more', async () => {
  const own = { output: `file: "{{part}}.txt", parts: {entries: 2}, ${PASSES}`, template: LIST.template };
  const [few, many] = [
    ['b.example', 'c.example'],
    ['a.example', 'b.example', 'c.example'],
  ];
  expect(await changes(own, few, many)).toEqual({
    texts: [['1.txt.added', 'a.example\n', '1.txt', 1]],
    told: ['1.txt', '2.txt'],
    obstacles: [],
  });
  expect(await changes(own, many, few)).toEqual({
    texts: [['1.txt.removed', 'a.example\n', '1.txt', 1]],
    told: ['1.txt', '2.txt'],
    obstacles: [],
  });
});

test.each<[about: string, template: string, why: string]>([
  [
    'a directive that comes with a list',
    '{{#if names}}\nuse names\n{{#each names}}\n{{value}}\n{{/each}}\n{{/if}}\n',
    'what stands around its entries changed as well',
  ],
  [
    'entries of one line',
    'names: {{#each names}}{{value}} {{/each}}\n',
    'its entries are not lines of their own',
  ],
  [
    'a line that begins before its entry',
    'first {{#each names}}{{value}}\n{{/each}}\n',
    'its entries are not lines of their own',
  ],
])('%s: the file is loaded whole', async (_, template, why) => {
  expect(await changes({ ...LIST, template }, [], ['a.example'])).toEqual({
    texts: [],
    told: [],
    obstacles: [['names.txt', why]],
  });
});
