/** Feeds in a whole project: what a build makes of them, what its manifest says, and when it is stale. */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build, check, explain } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { folderWith } from './temporary.ts';

const FEEDS = `feeds:
  - {path: feeds/names.txt, kind: domain, format: list, confidence: 90}
  - {path: feeds/addresses.csv, format: csv, columns: {ip: Address}}
`;

const FILES = {
  ...PROJECT,
  'indicators.yaml': INDICATORS + FEEDS,
  'feeds/names.txt': 'feed[.]example # comment\nhost.example\nbad..example\n',
  'feeds/addresses.csv': 'Address,Country\n192.0.2.7,X\n',
};

const AS_OF = '2026-01-01';
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8'));

test('a build reads them, and its manifest lists them with their hashes, by path', async () => {
  const folder = folderWith(FILES);
  const { session, indicators } = await build({ cwd: folder, asOf: AS_OF });
  expect(session.diagnostics.map(({ code, severity, span }) => [code, severity, span?.file.path])).toEqual([
    ['RF304', 'warning', 'feeds/names.txt'],
    ['RF712', 'hint', 'indicators.yaml'],
  ]);
  expect(indicators).toBe(8);
  const list = readFileSync(join(folder, 'out/wall/list.txt'), 'utf8').split('\n');
  expect(list).toContain('feed.example');
  expect(list).toContain('192.0.2.7');
  const inputs = ['feeds/addresses.csv', 'feeds/names.txt', 'indicators.yaml'] as const;
  expect(manifestOf(folder).inputs).toEqual(inputs.map((path) => ({ path, sha256: sha256Of(FILES[path]) })));
});

test('a build is stale when a feed has changed, if only in a comment', async () => {
  const folder = folderWith(FILES);
  await build({ cwd: folder, asOf: AS_OF });
  expect((await build({ cwd: folder, asOf: AS_OF, check: true })).stale).toEqual([]);
  writeFileSync(join(folder, 'feeds/names.txt'), FILES['feeds/names.txt'].replace('comment', 'remark'));
  expect((await build({ cwd: folder, asOf: AS_OF, check: true })).stale).toEqual(['manifest.json (differs)']);
});

test('a feed that is not there stops the build, at its path', async () => {
  const folder = folderWith({
    ...FILES,
    'indicators.yaml': `${INDICATORS}${FEEDS.replace('names', 'nmaes')}`,
  });
  const { session } = await build({ cwd: folder, asOf: AS_OF });
  expect(session.failed).toBe('input');
  const [diagnostic] = session.diagnostics;
  expect(diagnostic).toMatchObject({ code: 'RF122', message: '`feeds/nmaes.txt` does not exist' });
  expect(diagnostic?.span?.file.path).toBe('indicators.yaml');
});

test('paths hold from a folder below and for a file named on the command line', async () => {
  const folder = folderWith(FILES);
  const below = await check({ cwd: join(folder, 'feeds'), asOf: AS_OF });
  expect(below.session.diagnostics[0]?.span?.file.path).toBe('../feeds/names.txt');
  expect(below.session.inputs?.map(({ path }) => path)).toEqual([
    'feeds/addresses.csv',
    'feeds/names.txt',
    'indicators.yaml',
  ]);
  const elsewhere = folderWith();
  const named = await check({ cwd: elsewhere, files: [join(folder, 'indicators.yaml')], asOf: AS_OF });
  expect(named.session.inputs).toEqual(below.session.inputs);
});

test('a file that is not a project’s may get a feed and be built again', async () => {
  const folder = folderWith({ ...FILES, 'other.yaml': INDICATORS });
  const again = () => build({ cwd: folder, files: ['other.yaml'], out: 'else', asOf: AS_OF });
  expect((await again()).session.failed).toBeUndefined();
  writeFileSync(join(folder, 'other.yaml'), INDICATORS + FEEDS);
  expect((await again()).session.failed).toBeUndefined();
});

test('an indicator of a feed is explained', async () => {
  const folder = folderWith(FILES);
  const { explanations } = await explain({ cwd: folder, asOf: AS_OF, value: '192.0.2[.]7' });
  expect(explanations.map(({ defined, kind }) => [defined, kind])).toEqual([
    ['feeds/addresses.csv:2:1', 'ip'],
  ]);
});

test('a large feed is worked on in the order of outputs: what is told of an indicator is still told of the same one', async () => {
  const names = Array.from({ length: 20_010 }, (_, at) => `n${String(at).padStart(5, '0')}.test-site.com`);
  const lines = ['z.feed.example', ...names.toReversed(), 'a.feed.example'];
  const folder = folderWith({
    ...FILES,
    'indicators.yaml': `${INDICATORS}feeds: [{path: feeds/names.txt, kind: domain, format: list}]\n`.replace(
      / +allow: .*\n/,
      '',
    ),
    'refang.yaml': 'targets: [wall]\n',
    'feeds/names.txt': `${lines.join('\n')}\n`,
  });
  const { session } = await build({ cwd: folder, asOf: AS_OF });
  const special = session.diagnostics.flatMap(({ code, message, span }) =>
    code === 'RF401' && span?.file.path === 'feeds/names.txt' ? [[message.split(' ')[0], span.start]] : [],
  );
  expect(special).toEqual([
    ['`z.feed.example`', 0],
    ['`a.feed.example`', lines.join('\n').length - 'a.feed.example'.length],
  ]);
  expect(readFileSync(join(folder, 'out/wall/list.txt'), 'utf8')).toBe(`${names.join('\n')}\n`);

  const of = async (value: string) =>
    (await explain({ cwd: folder, asOf: AS_OF, value })).explanations.map(({ defined, guards, fates }) => [
      defined,
      guards.map(({ guard }) => guard),
      fates.map(({ fate }) => fate),
    ]);
  expect(await of('z.feed.example')).toEqual([['feeds/names.txt:1:1', ['special-use'], ['withheld']]]);
  expect(await of('n20009.test-site.com')).toEqual([['feeds/names.txt:2:1', [], ['emitted']]]);
});
