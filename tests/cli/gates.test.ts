/** The gates of pipelines and the formats of `check`, by exit code, stdout and stderr. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCommands, readJunit, readSarif } from '../diagnostics/format-readers.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();
const AS_OF = ['--as-of', '2026-01-01'];

/** How each format says which codes were found. */
const READERS: Readonly<Record<string, (text: string) => string[]>> = {
  json: (text) => JSON.parse(text).map(({ code }: { code: string }) => code),
  concise: (text) => text.match(/RF\d{3}/g) ?? [],
  github: (text) => readCommands(text).map(({ properties }) => properties.title?.slice(0, 5) as string),
  gitlab: (text) =>
    JSON.parse(text).map(({ description }: { description: string }) => description.slice(0, 5)),
  sarif: (text) => readSarif(text).results.map(({ ruleId }) => ruleId),
  junit: (text) =>
    readJunit(text).flatMap(({ failure, name }) => (failure ? (/RF\d{3}/.exec(name) ?? []) : [])),
};

describe.each(Object.entries(READERS))('check --format %s', (format, codesOf) => {
  const check = (files: Readonly<Record<string, string>>, ...more: string[]) => {
    const run = refang(folderWith(files), ['check', '--format', format, ...AS_OF, ...more]);
    expect(run.stderr).toBe('');
    return { code: run.code, codes: codesOf(run.stdout) };
  };

  test('of what is right', () => expect(check(PROJECT)).toEqual({ code: 0, codes: [] }));

  test('of a project that cannot be opened', () =>
    expect(check({ ...PROJECT, 'refang.yaml': 'tragets: [mine]\n' })).toEqual({ code: 3, codes: ['RF201'] }));

  test('of losses', () => expect(check(PROJECT, '--strict')).toEqual({ code: 1, codes: ['RF608', 'RF608'] }));
});

test('a format that is none', () => {
  const run = refang(folderWith(PROJECT), ['check', '--format', 'html']);
  expect(run).toEqual({
    code: 3,
    stdout: '',
    stderr:
      'refang: `--format` cannot be `html`\n  help: write `pretty`, `concise`, `json`, `github`, `gitlab`, `sarif` or `junit`\n',
  });
});

describe('strict', () => {
  const LOST = `warning[RF608]: \`mine\` does not say 2 of 6 indicators exactly
  = why: 1 unsupported: Test rules have no place for this kind (ip)
         1 unsupported: it is not seen here
  = help: \`refang explain VALUE\` tells the fate of one indicator
`;

  test('check tells what is lost', () => {
    const { code, stderr } = refang(folderWith(PROJECT), ['check', '--strict', ...AS_OF]);
    expect(code).toBe(1);
    expect(stderr).toContain(LOST);
  });

  test('build tells it, and writes', () => {
    const folder = folderWith(PROJECT);
    const { code, stderr } = refang(folder, ['build', '--strict', ...AS_OF]);
    expect(code).toBe(1);
    expect(stderr).toContain(LOST);
    expect(refang(folder, ['build', '--check', ...AS_OF]).code).toBe(0);
    expect(refang(folder, ['build', '--check', '--strict', ...AS_OF]).code).toBe(1);
  });
});

describe('build --check', () => {
  test('tells apart what is missing, what differs, and what is no longer made', () => {
    const folder = folderWith(PROJECT);
    refang(folder, ['build', ...AS_OF]);
    rmSync(join(folder, 'out/mine/groups.txt'));
    writeFiles(folder, {
      'out/wall/list.txt': 'other.example\n',
      'refang.lock': readFileSync(join(folder, 'refang.lock'), 'utf8').replace(
        /[0-9a-f]{16}/,
        '0123456789abcdef',
      ),
    });
    const manifest = readFileSync(join(folder, 'out/manifest.json'), 'utf8');
    writeFiles(folder, { 'out/manifest.json': manifest.replace('wall/list.txt', 'wall/gone.txt') });
    const run = refang(folder, ['build', '--check', ...AS_OF]);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toContain('`out` is not what a build would write:\n');
    for (const line of [
      'manifest.json (differs)',
      'mine/groups.txt (missing)',
      'wall/gone.txt (no longer made)',
      'wall/list.txt (differs)',
      'refang.lock (differs)',
    ])
      expect(run.stderr).toContain(`  ${line}\n`);
  });

  test('a lock that is missing', () => {
    const folder = folderWith(PROJECT);
    refang(folder, ['build', ...AS_OF]);
    rmSync(join(folder, 'refang.lock'));
    const { code, stderr } = refang(folder, ['build', '--check', ...AS_OF]);
    expect([code, stderr]).toEqual([
      1,
      '`out` is not what a build would write:\n  refang.lock (missing)\n  help: run `refang build` and commit what it writes\n',
    ]);
  });
});

describe('a build that takes much away', () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, at) => `      n${at}.example\n`).join('');
  const listing = (count: number) => ({
    ...PROJECT,
    'indicators.yaml': `${INDICATORS}  - domain: |\n${names(count)}`,
  });
  const shrunken = (settings = '') => {
    const folder = folderWith(listing(20));
    expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
    writeFiles(folder, {
      'indicators.yaml': INDICATORS,
      'refang.yaml': `targets: [mine, wall]\n${settings}`,
    });
    return folder;
  };

  test('writes nothing', () => {
    const folder = shrunken();
    const before = filesBelow(folder);
    const run = refang(folder, ['build', ...AS_OF]);
    expect(run).toEqual({
      code: 1,
      stdout: '',
      stderr: `error[RF607]: \`mine\` would lose 83 % of its indicators, more than 30 %: 24 → 4
  = why: a feed that breaks looks the same, and what is no longer listed is no longer detected or blocked
  = help: look at what changed; if it is meant, build with \`--allow-shrink\`
          listed: 26 → 6 indicators
          1 unsupported: Test rules have no place for this kind (ip)
          1 unsupported: it is not seen here

error[RF607]: \`wall\` would lose 83 % of its indicators, more than 30 %: 24 → 4
  = why: a feed that breaks looks the same, and what is no longer listed is no longer detected or blocked
  = help: look at what changed; if it is meant, build with \`--allow-shrink\`
          listed: 26 → 6 indicators
          1 withheld: status
          1 unsupported: Test list have no place for this kind (mutex)

2 errors

nothing was written
`,
    });
    expect(filesBelow(folder)).toEqual(before);
  });

  test('may with --allow-shrink', () => {
    const folder = shrunken();
    expect(refang(folder, ['build', '--allow-shrink', ...AS_OF]).code).toBe(0);
    expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
  });

  test('may where refang.yaml lets it', () => {
    expect(refang(shrunken('limits: {shrink: 0.9}\n'), ['build', ...AS_OF]).code).toBe(0);
    const run = refang(shrunken('limits: {shrink: 2}\n'), ['build', ...AS_OF]);
    expect([run.code, /RF\d{3}/.exec(run.stderr)?.[0]]).toEqual([3, 'RF205']);
  });

  test('is only stale for --check', () => {
    const { code, stderr } = refang(shrunken(), ['build', '--check', ...AS_OF]);
    expect(code).toBe(1);
    expect(stderr).not.toContain('RF607');
    expect(stderr).toContain('  wall/list.txt (differs)\n');
  });

  test('a target that refang.yaml no longer names goes without a word', () => {
    const folder = folderWith(PROJECT);
    refang(folder, ['build', ...AS_OF]);
    writeFiles(folder, { 'refang.yaml': 'targets: [mine]\n' });
    expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
  });
});

describe('freshness', () => {
  const aged = (freshness: string) => ({
    ...PROJECT,
    'refang.yaml': `targets: [mine, wall]\nfreshness: ${freshness}\n`,
  });

  test('a warning is a finding of check, and stops no build', () => {
    const folder = folderWith(aged('{warn_after: 180, error_after: 365}'));
    const run = refang(folder, ['check', '--format', 'concise', ...AS_OF]);
    expect(run).toEqual({
      code: 1,
      stdout:
        'indicators.yaml:3:62: warning[RF414] 5 active indicators of the report `sample` have not been seen for 351 days\n',
      stderr: '',
    });
    expect(refang(folder, ['build', ...AS_OF]).code).toBe(0);
  });

  test('an error stops a build', () => {
    const folder = folderWith(aged('{error_after: 350}'));
    const before = filesBelow(folder);
    const { code, stderr } = refang(folder, ['build', ...AS_OF]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error\[RF414\]: 5 active indicators of the report `sample` have not been seen for 351 days\n --> indicators\.yaml:3:62\n/,
    );
    expect(filesBelow(folder)).toEqual(before);
    expect(refang(folder, ['build', '--as-of', '2025-12-31']).code).toBe(0);
  });
});
