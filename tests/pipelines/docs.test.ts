/** What docs/pipelines.md shows is right: its workflows by GitHub's own parser, its tables by what they are about. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { ACTION } from '../action/action-file.ts';
import { workflowFaults } from '../action/github-parser.ts';
import { ROOT } from '../cli/refang.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGE = read('docs/pipelines.md');
const BLOCKS = [...PAGE.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const WORKFLOWS = BLOCKS.filter((text) => text.includes('\njobs:\n'));

/** Words in code of the first column of the table under a head. */
function firstColumn(head: string): string[] {
  const table = PAGE.slice(PAGE.indexOf(`| ${head} |`)).split('\n\n')[0] ?? '';
  const rows = table.split('\n').slice(2);
  return rows.flatMap((row) => row.split('|')[1]?.match(/(?<=`)[^`,]+(?=`)/g) ?? []);
}

test.each(WORKFLOWS.map((text) => [/^name: (.*)/.exec(text)?.[1], text] as const))(
  'workflow %s',
  (_, text) => {
    expect(workflowFaults(text)).toEqual([]);
    for (const given of text.match(/(?<=with: \{ )(?:sarif|prove)(?=:)/g) ?? [])
      expect(ACTION.inputs).toHaveProperty(given);
  },
);

test('there are three workflows', () => expect(WORKFLOWS).toHaveLength(3));

test('a fault would be found', () => {
  expect(workflowFaults((WORKFLOWS[0] ?? '').replace('runs-on', 'runs_on'))).not.toEqual([]);
});

test('every input of the action is told', () => {
  expect(firstColumn('input').sort()).toEqual(Object.keys(ACTION.inputs).sort());
  for (const name of Object.keys(ACTION.outputs)) expect(PAGE).toContain(`\`${name}\``);
});

test('every hook and every job of GitLab is told', () => {
  const hooks = load(read('.pre-commit-hooks.yaml')) as { id: string }[];
  const [shown] = BLOCKS.filter((text) => text.startsWith('repos:')).map(
    (text) => load(text) as { repos: [{ hooks: { id: string }[] }] },
  );
  expect(shown?.repos[0].hooks.map(({ id }) => id).sort()).toEqual(hooks.map(({ id }) => id).sort());
  const jobs = Object.entries(load(read('examples/gitlab-ci.yml')) as Record<string, object>);
  expect(firstColumn('job')).toEqual(jobs.filter(([, job]) => 'script' in job).map(([name]) => name));
});
