/** Files of changes: the old list with them is the new one, for the files and for the programs that load them. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, diff } from '../compiler/index.ts';
import { findProgram, isolation, run } from '../compiler/prove/process.ts';
import { changesBetween } from './changes-between.ts';
import { engineTest } from './engines/require.ts';
import { PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

const asOf = '2026-01-01';

const octet = fc.integer({ min: 0, max: 24 });
/** Addresses, networks and runs that lie close to each other, so that they touch, overlap and split. */
const address = fc.oneof(
  octet.map((last) => `198.51.100.${last}`),
  fc.tuple(octet, fc.integer({ min: 28, max: 31 })).map(([at, bits]) => {
    const size = 2 ** (32 - bits);
    return `198.51.100.${Math.floor(at / size) * size}/${bits}`;
  }),
  fc.tuple(octet, octet).map((ends) => {
    const [first, last] = ends.sort((a, b) => a - b);
    return `198.51.100.${first}-198.51.100.${last}`;
  }),
);
const endpoint = octet.map((last) => `203.0.113.${last}:443`);
const name = fc.integer({ min: 0, max: 9 }).map((number) => `host${number}.example`);
const listsOf = (value: fc.Arbitrary<string>) =>
  fc.record({
    block: fc.uniqueArray(value, { minLength: 1, maxLength: 12 }),
    watch: fc.uniqueArray(value, { maxLength: 8 }),
  });

test('of lists of lines: the old lines without those that go, with those that come, are the new ones', async () => {
  const lines = (text = '') => text.split('\n').filter((line) => line !== '');
  await fc.assert(
    fc.asyncProperty(
      listsOf(fc.oneof(address, name)),
      listsOf(fc.oneof(address, name)),
      async (before, after) => {
        const folders = await changesBetween(before, after, 'lists, route53');
        const [old, now, delta] = [
          filesBelow(folders.old),
          filesBelow(folders.now),
          filesBelow(folders.delta),
        ];
        for (const path of Object.keys(now).filter((one) => one.endsWith('.txt'))) {
          const gone = new Set(lines(delta[`${path}.removed`]));
          for (const line of gone) expect(lines(old[path])).toContain(line);
          const left = lines(old[path]).filter((line) => !gone.has(line));
          expect([...left, ...lines(delta[`${path}.added`])].sort(), path).toEqual(lines(now[path]).sort());
        }
      },
    ),
    { numRuns: 10 },
  );
});

describe('the programs hold the same as if they had loaded the new file', async () => {
  const nftablesTest = await engineTest('nftables');
  const iptablesTest = await engineTest('iptables');

  /** What a script prints in a network of its own. */
  async function said(script: string, ...args: readonly string[]): Promise<string> {
    const [unshare = '', ...flags] = (await isolation()) as readonly string[];
    const { status, stdout, stderr } = await run(unshare, [
      ...flags,
      'sh',
      '-c',
      `set -e\n${script}`,
      'sh',
      ...args,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  }

  const lists = listsOf(fc.oneof({ weight: 4, arbitrary: address }, { weight: 1, arbitrary: endpoint }));
  const RUNS = { numRuns: 15 };

  nftablesTest('nft', async () => {
    const nft = findProgram('nft') as string;
    await fc.assert(
      fc.asyncProperty(lists, lists, async (before, after) => {
        const { old, now, delta } = await changesBetween(before, after, 'nftables');
        const change = join(delta, 'nftables/refang-delta.nft');
        const file = (folder: string) => join(folder, 'nftables/refang.nft');
        const changed = await said(
          '"$1" -f "$2"; [ ! -e "$3" ] || "$1" -f "$3"; "$1" list ruleset',
          nft,
          file(old),
          change,
        );
        expect(changed).toBe(await said('"$1" -f "$2"; "$1" list ruleset', nft, file(now)));
        rmSync(delta, { recursive: true });
      }),
      RUNS,
    );
  });

  iptablesTest('ipset', async () => {
    const ipset = findProgram('ipset') as string;
    const sorted = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('add '))
        .sort();
    await fc.assert(
      fc.asyncProperty(lists, lists, async (before, after) => {
        const { old, now, delta } = await changesBetween(before, after, 'ipset');
        const change = join(delta, 'ipset/refang-delta.ipset');
        const file = (folder: string) => join(folder, 'ipset/refang.ipset');
        const changed = await said(
          '"$1" restore <"$2"; [ ! -e "$3" ] || "$1" restore <"$3"; "$1" save',
          ipset,
          file(old),
          change,
        );
        expect(sorted(changed)).toEqual(
          sorted(await said('"$1" restore <"$2"; "$1" save', ipset, file(now))),
        );
      }),
      RUNS,
    );
  });
});

test('a script for nft takes out and adds in one step', async () => {
  const { delta } = await changesBetween(
    { block: ['198.51.100.1', '198.51.100.9', '203.0.113.1:443'], watch: [] },
    { block: ['198.51.100.2', '198.51.100.1', '203.0.113.2:443'], watch: ['198.51.100.9'] },
    'nftables',
  );
  expect(filesBelow(delta)['nftables/refang-delta.nft']).toBe(`#!/usr/sbin/nft -f
# What changed in the sets of the table refang, by Refang: all of it in one step, or nothing.

delete element inet refang block4 {
	198.51.100.1,
	198.51.100.9,
}

delete element inet refang block_endpoints4 {
	203.0.113.1 . 443,
}

add element inet refang block4 {
	198.51.100.1-198.51.100.2,
}

add element inet refang block_endpoints4 {
	203.0.113.2 . 443,
}

add element inet refang watch4 {
	198.51.100.9,
}
`);
});

describe('delta.json', () => {
  const delta = 'outputs:\n  - file: list.txt\n    delta: lines\n';
  const WITH_LINES = {
    ...PROJECT,
    'templates/wall/target.yaml': (PROJECT['templates/wall/target.yaml'] as string).replace(
      'outputs:\n  - file: list.txt\n',
      delta,
    ),
  };
  const indicators = PROJECT['indicators.yaml'] as string;

  test('tells from where to where, what is in the folder, and what has to be loaded whole', async () => {
    const old = folderWith(WITH_LINES);
    const now = folderWith({ ...WITH_LINES, 'indicators.yaml': indicators.replace('old[.]', 'new[.]') });
    await diff({ cwd: now, asOf, against: old, delta: 'changes' });
    const { 'delta.json': json = '', ...files } = filesBelow(join(now, 'changes'));
    expect(files).toEqual({
      'wall/list.txt.added': 'new.example\n',
      'wall/list.txt.removed': 'old.example\n',
    });
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/);
    const file = {
      target: 'wall',
      of: 'wall/list.txt',
      before: hash,
      after: hash,
      sha256: hash,
      bytes: 12,
      entries: 1,
    };
    expect(JSON.parse(json)).toEqual({
      refang: '0.1.0',
      from: { name: old, day: asOf, indicators: 6 },
      to: { name: 'working tree', day: asOf, indicators: 6 },
      files: [
        { path: 'wall/list.txt.added', ...file },
        { path: 'wall/list.txt.removed', ...file },
      ],
      whole: [
        { path: 'mine/groups.txt', why: 'the target has no files of changes for it' },
        { path: 'mine/rules.txt', why: 'the target has no files of changes for it' },
      ],
    });
  });

  test.each([
    ['the target is new', { 'refang.yaml': 'targets: [mine]\n' }],
    [
      'the folder of the target changed',
      { 'templates/wall/list.hbs': '{{#each addresses}}\n{{value}} \n{{/each}}\n' },
    ],
    ['the publisher changed', { 'refang.yaml': 'targets: [mine, wall]\npublisher: {id: other}\n' }],
  ])('%s: it is loaded whole', async (why, before) => {
    const old = folderWith({ ...WITH_LINES, ...before });
    const now = folderWith({ ...WITH_LINES, 'indicators.yaml': indicators.replace('old[.]', 'new[.]') });
    const report = await diff({ cwd: now, asOf, against: old, delta: 'changes' });
    expect(report.delta?.files).toEqual([]);
    expect(report.delta?.whole).toContainEqual({ path: 'wall/list.txt', why });
  });

  test('a folder is replaced whole, and one that is not of this kind is refused', async () => {
    const old = folderWith(WITH_LINES);
    const now = folderWith({ ...WITH_LINES, 'indicators.yaml': indicators.replace('old[.]', 'new[.]') });
    writeFiles(now, { 'notes/a.txt': 'mine\n' });
    await diff({ cwd: now, asOf, against: old, delta: 'changes' });
    await diff({ cwd: now, asOf, against: now, delta: 'changes' });
    expect(Object.keys(filesBelow(join(now, 'changes')))).toEqual(['delta.json']);
    await build({ cwd: now, asOf });
    for (const [folder, before] of [
      ['notes', filesBelow(join(now, 'notes'))],
      ['out', filesBelow(join(now, 'out'))],
    ] as const) {
      const { session } = await diff({ cwd: now, asOf, against: old, delta: folder });
      expect(session.failed).toBe('configuration');
      expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
        {
          code: 'RF602',
          message: `\`${folder}\` has files and no \`delta.json\` of Refang`,
          help: 'choose another folder with `--delta`, or empty this one',
        },
      ]);
      expect(filesBelow(join(now, folder))).toEqual(before);
    }
  });
});
