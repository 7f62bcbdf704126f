import { describe, expect, test } from 'vitest';
import { explain } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { folderWith } from './temporary.ts';

const asOf = '2026-01-01';

async function explained(value: string, files: Record<string, string> = {}) {
  const report = await explain({ cwd: folderWith({ ...PROJECT, ...files }), asOf, value });
  return report.explanations.map(({ kind, value: canonical, defined }) => `${kind} ${canonical} ${defined}`);
}

test.each(['host.example', 'HOST.example.', 'host[.]example', ' host(dot)example ', '*.host.example'])(
  '%j means host.example',
  async (value) => {
    expect(await explained(value)).toEqual(['domain host.example indicators.yaml:13:7']);
  },
);

test('a text that is listed under two kinds is explained under both', async () => {
  const records = `${INDICATORS}  - file_name: host.example\n`;
  expect(await explained('host.example', { 'indicators.yaml': records })).toEqual([
    'domain host.example indicators.yaml:13:7',
    'file_name host.example indicators.yaml:21:16',
  ]);
});

test('fates by target, with reasons and what covers it', async () => {
  const { explanations } = await explain({ cwd: folderWith(PROJECT), asOf, value: 'a.host.example' });
  expect(explanations[0]?.fates).toEqual([
    { target: 'mine', fate: 'covered', by: 'host.example' },
    { target: 'wall', fate: 'emitted' },
  ]);
  expect(explanations[0]?.context).toMatchObject({ reports: ['sample'], confidence: 80 });
});

describe('what is not listed', () => {
  test.each([
    ['hots.example', 'host.example'],
    ['192.0.2.2', '192.0.2.1'],
    ['something.else.entirely', undefined],
  ])('%s: perhaps %s', async (value, nearest) => {
    const report = await explain({ cwd: folderWith(PROJECT), asOf, value });
    expect([report.explanations, report.nearest, report.session.failed]).toEqual([[], nearest, undefined]);
  });

  test('with an error in the input there is nothing to explain', async () => {
    const files = { ...PROJECT, 'indicators.yaml': INDICATORS.replace('192.0.2[.]1', '192.0.2.300') };
    const report = await explain({ cwd: folderWith(files), asOf, value: 'host.example' });
    expect([report.explanations, report.session.failed]).toEqual([[], 'input']);
  });
});
