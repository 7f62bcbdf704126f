import { expect, test } from 'vitest';
import { check } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { filesBelow, folderWith } from './temporary.ts';

test('tells the fates and writes nothing', async () => {
  const folder = folderWith(PROJECT);
  const { session, fates } = await check({ cwd: folder, asOf: '2026-01-01' });
  expect(session.diagnostics).toEqual([]);
  expect([...fates]).toEqual([
    ['mine', { emitted: 3, covered: 1, approximated: 0, withheld: 0, unsupported: 2 }],
    ['wall', { emitted: 4, covered: 0, approximated: 0, withheld: 1, unsupported: 1 }],
  ]);
  expect(filesBelow(folder)).toEqual(PROJECT);
});

test('errors of the inputs, the settings and the templates come at once where they can', async () => {
  const folder = folderWith({
    ...PROJECT,
    'refang.yaml': 'targets: [mine, {name: wall, options: {x: 1}}, nowhere]\n',
    'templates/mine/rules.hbs': '{{#each names}}{{vlaue}}{{/each}}',
  });
  const { session, fates } = await check({ cwd: folder, asOf: '2026-01-01' });
  expect(session.diagnostics.map(({ code }) => code).sort()).toEqual(['RF501', 'RF502', 'RF511']);
  expect([session.failed, fates.size]).toEqual(['configuration', 0]);
});

test('the day decides what is valid', async () => {
  const text = INDICATORS.replace('severity: low', 'expires: 2026-01-01');
  const folder = folderWith({ ...PROJECT, 'indicators.yaml': text });
  const withheld = async (asOf: string) => (await check({ cwd: folder, asOf })).fates.get('mine')?.withheld;
  expect([await withheld('2026-01-01'), await withheld('2026-01-02')]).toEqual([0, 1]);
});
