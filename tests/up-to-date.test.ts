/** A build that is answered from the record of the last one must write and tell what a whole build would. */

import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeRecord } from '../compiler/build-record.ts';
import { toldOf } from '../compiler/cli/build-text.ts';
import { type BuildOptions, build } from '../compiler/index.ts';
import { upToDate } from '../compiler/up-to-date.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

const DAY = '2026-01-10';

const FILES = {
  ...PROJECT,
  'refang.yaml': `inputs: [indicators.yaml, 'more/*.yaml']\ntargets: [mine, wall]\nguards: [{allow: own.txt}]\n`,
  'more/first.yaml':
    'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear, expires: 2026-01-20}\n' +
    'feeds:\n  - {path: feed.txt, kind: domain, format: list}\n',
  'more/feed.txt': 'feed-one.net\nfeed-two.net\n',
  'own.txt': 'ours.net\n',
  'program.cjs': 'what is running',
};

const program = (folder: string) => [join(folder, 'program.cjs')];

/** What `refang build` does. */
async function cached(cwd: string, over: Partial<BuildOptions> = {}) {
  const options = { cwd, asOf: DAY, ...over };
  const known = upToDate(options, program(cwd));
  if (known) return { told: known, worked: false };
  return { told: await whole(options, program(cwd)), worked: true };
}

async function whole(options: BuildOptions, files?: string[]) {
  const report = await build(files ? { ...options, program: files } : options);
  const told = await toldOf(report, options);
  if (report.record && options.cwd) writeRecord(options.cwd, { ...report.record, told });
  return told;
}

/** A whole build of a copy: what it tells, and what is then there. */
async function inTwin(folder: string, options: Partial<BuildOptions>) {
  const twin = folderWith();
  cpSync(folder, twin, { recursive: true, filter: (path) => basename(path) !== '.refang' });
  return { told: await whole({ cwd: twin, asOf: DAY, ...options }), files: stateOf(twin) };
}

function stateOf(folder: string): Record<string, string> {
  const files = Object.entries(filesBelow(folder));
  return Object.fromEntries(files.filter(([path]) => !path.startsWith('.refang')));
}

/** Another content of the same size, with the old times. */
function rewriteUnseen(path: string, from: string, to: string): void {
  const { atime, mtime } = statSync(path);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(from, to));
  utimesSync(path, atime, mtime);
}

describe('a second build', () => {
  test('has nothing to do, and tells the same', async () => {
    const folder = folderWith(FILES);
    const first = await cached(folder);
    expect(first.worked).toBe(true);
    const state = stateOf(folder);
    expect(await cached(folder)).toEqual({ told: first.told, worked: false });
    expect(stateOf(folder)).toEqual(state);
    expect(filesBelow(join(folder, '.refang'))).toMatchObject({ '.gitignore': '*\n' });
  });

  test('knows until which day it has nothing to do', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    expect((await cached(folder, { asOf: '2026-01-20' })).worked).toBe(false);
    expect((await cached(folder, { asOf: '2026-01-09' })).worked).toBe(true);
    expect((await cached(folder, { asOf: '2026-01-21' })).worked).toBe(true);
    expect(readFileSync(join(folder, 'out/wall/list.txt'), 'utf8')).not.toContain('feed-one.net');
    expect((await cached(folder, { asOf: '2040-01-01' })).worked).toBe(false);
  });

  test.each<[about: string, options: Partial<BuildOptions>]>([
    ['--check trusts no record', { check: true }],
    ['a statement is made anew', { provenance: true }],
    ['other targets', { targets: ['mine'] }],
    ['another folder', { out: 'elsewhere' }],
    ['--strict', { strict: true }],
    ['other files', { files: ['more/first.yaml'], out: 'elsewhere' }],
  ])('does all its work: %s', async (_, options) => {
    const folder = folderWith(FILES);
    await cached(folder);
    expect((await cached(folder, options)).worked).toBe(true);
  });

  test('is that of the same program: the record of another is not believed', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    const { atime, mtime } = statSync(program(folder)[0] as string);
    cpSync(join(folder, 'program.cjs'), join(folder, 'copy.cjs'));
    rmSync(join(folder, 'program.cjs'));
    cpSync(join(folder, 'copy.cjs'), join(folder, 'program.cjs'));
    utimesSync(join(folder, 'program.cjs'), atime, mtime);
    expect((await cached(folder)).worked).toBe(true);
  });

  test('a touched file is read once more, and not again', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    for (const path of ['indicators.yaml', 'out/wall/list.txt'])
      utimesSync(join(folder, path), new Date(), new Date('2001-02-03T04:05:06.789Z'));
    // Longer than the tick of the clock: younger files are read each time.
    await sleep(150);
    const record = () => filesBelow(join(folder, '.refang'))['build.json'];
    const before = record();
    expect((await cached(folder)).worked).toBe(false);
    const renewed = record();
    expect(renewed).not.toBe(before);
    expect((await cached(folder)).worked).toBe(false);
    expect(record()).toBe(renewed);
  });

  test.each(['', '{}', '[]', 'null', '{"format":1}', '{"format":1,"read":{},"folders":{}'])(
    'a record that says `%s` is none',
    async (text) => {
      const folder = folderWith({ ...FILES, '.refang/build.json': text });
      expect((await cached(folder)).worked).toBe(true);
    },
  );

  test('nothing is written through a link that is called `.refang`', async () => {
    const other = folderWith();
    const folder = folderWith(FILES);
    symlinkSync(other, join(folder, '.refang'));
    await cached(folder);
    expect((await cached(folder)).worked).toBe(true);
    expect(filesBelow(other)).toEqual({});
  });

  test('what is told of a lock that a merge has doubled is told once', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    const lock = join(folder, 'refang.lock');
    const lines = readFileSync(lock, 'utf8').split('\n');
    const sids = lines.filter((line) => /\s\d{4}\s/.test(line)).slice(0, 2);
    const [one, two] = sids.map((line) => /\s(\d{4})\s/.exec(line)?.[1]) as [string, string];
    writeFileSync(lock, lines.join('\n').replace(` ${two} `, ` ${one} `));
    const first = await cached(folder);
    expect(first.told.text.join('')).toContain('RF605');
    const second = await cached(folder);
    expect([second.worked, second.told.text.join('').includes('RF605')]).toEqual([true, false]);
    expect((await cached(folder)).worked).toBe(false);
  });
});

describe('targets that are made from the same are not rendered again', () => {
  const cases: [about: string, edit: keyof typeof EDITS, unchanged: string[]][] = [
    ['a template of another', 'a template', ['mine']],
    ['a file of it is not what was left', 'an output', ['mine']],
    ['a file of it is gone', 'an output less', ['wall']],
    ['an override of what is not built', 'an override', ['mine', 'wall']],
    ['a file that no build wrote', 'a file of ours that is not ours', ['mine', 'wall']],
    ['the lock says otherwise of it', 'a lock with other sids', ['wall']],
    ['no lock', 'no lock', ['wall']],
    ['the inputs changed', 'an indicator more', []],
    ['a feed changed', 'a feed', []],
    ['a list of guards changed', 'a list of guards', []],
    ['the settings changed', 'settings', []],
    ['the manifest is not what was left', 'another manifest', []],
    ['there is no output', 'no output', []],
  ];
  test.each(cases)('%s', async (_, edit, unchanged) => {
    const folder = folderWith(FILES);
    await cached(folder);
    EDITS[edit]?.(folder);
    const expected = await inTwin(folder, {});
    const report = await build({ cwd: folder, asOf: DAY, program: program(folder) });
    expect(report.unchanged).toEqual(unchanged);
    expect(stateOf(folder)).toEqual(expected.files);
  });

  test('an input that lies beside the templates counts as any other', async () => {
    const first = 'templates/lists/first.yaml';
    const folder = folderWith({
      ...FILES,
      'refang.yaml': `inputs: [indicators.yaml, ${first}]\ntargets: [mine, wall]\n`,
      [first]: `${FILES['more/first.yaml'].split('feeds:')[0]}indicators:\n  - domain: one.example.net\n`,
    });
    await cached(folder);
    rewriteUnseen(join(folder, first), 'one.example', 'two.example');
    const expected = await inTwin(folder, {});
    const { unchanged } = await build({ cwd: folder, asOf: DAY, program: program(folder) });
    expect(unchanged).toEqual([]);
    expect(stateOf(folder)).toEqual(expected.files);
  });

  test('on another day all are', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    const { unchanged } = await build({ cwd: folder, asOf: '2026-01-11', program: program(folder) });
    expect(unchanged).toEqual([]);
  });

  test('by another program all are', async () => {
    const folder = folderWith(FILES);
    await cached(folder);
    writeFileSync(join(folder, 'program.cjs'), 'what runs now');
    const { unchanged } = await build({ cwd: folder, asOf: DAY, program: program(folder) });
    expect(unchanged).toEqual([]);
  });
});

/** What can happen between two builds. Each is of a kind that stamps alone may miss, or that no stamp tells. */
const EDITS: Readonly<Record<string, (folder: string) => void>> = {
  nothing: () => {},
  'an indicator more': (folder) =>
    appendFileSync(join(folder, 'indicators.yaml'), '  - domain: new.example\n'),
  'same size, same times': (folder) =>
    rewriteUnseen(join(folder, 'indicators.yaml'), 'old[.]example', 'odd[.]example'),
  'and back': (folder) => rewriteUnseen(join(folder, 'indicators.yaml'), 'odd[.]example', 'old[.]example'),
  'the old indicators': (folder) => writeFileSync(join(folder, 'indicators.yaml'), INDICATORS),
  'indicators touched': (folder) => utimesSync(join(folder, 'indicators.yaml'), new Date(), new Date(0)),
  'a mistake': (folder) => appendFileSync(join(folder, 'indicators.yaml'), '  - domain: not a name\n'),
  'a feed': (folder) => rewriteUnseen(join(folder, 'more/feed.txt'), 'two', 'too'),
  'a file for the glob': (folder) =>
    writeFiles(folder, {
      'more/second.yaml': `${FILES['more/first.yaml'].split('feeds:')[0]}indicators:\n  - domain: second.net\n`,
    }),
  'one file less': (folder) => rmSync(join(folder, 'more/second.yaml'), { force: true }),
  'a folder like a file': (folder) => mkdirSync(join(folder, 'more/second.yaml'), { recursive: true }),
  'a list of guards': (folder) => writeFileSync(join(folder, 'own.txt'), 'feed-one.net\n'),
  'a template': (folder) =>
    rewriteUnseen(join(folder, 'templates/wall/list.hbs'), '{{value}}\n', '{{value}} '),
  'an override': (folder) => writeFiles(folder, { 'templates/zeek/note.hbs': 'x' }),
  'a new target': (folder) =>
    cpSync(join(folder, 'templates/wall'), join(folder, 'templates/fence'), { recursive: true }),
  settings: (folder) =>
    writeFileSync(join(folder, 'refang.yaml'), `${FILES['refang.yaml']}policy: {block: {confidence: 90}}\n`),
  'the old settings': (folder) => writeFileSync(join(folder, 'refang.yaml'), FILES['refang.yaml']),
  'no settings': (folder) => rmSync(join(folder, 'refang.yaml'), { force: true }),
  'no lock': (folder) => rmSync(join(folder, 'refang.lock'), { force: true }),
  'a lock with other sids': (folder) => {
    const lock = join(folder, 'refang.lock');
    if (existsSync(lock)) writeFileSync(lock, readFileSync(lock, 'utf8').replace(/ (\d)(\d{3}) /, ' $10$2 '));
  },
  'an output': (folder) => {
    const list = join(folder, 'out/wall/list.txt');
    if (existsSync(list)) rewriteUnseen(list, 'host.example', 'ghost.exampl');
  },
  'an output less': (folder) => rmSync(join(folder, 'out/mine/rules.txt'), { force: true }),
  'another manifest': (folder) => {
    const manifest = join(folder, 'out/manifest.json');
    if (existsSync(manifest)) rewriteUnseen(manifest, '"bytes": ', '"bytes": 9');
  },
  'no output': (folder) => rmSync(join(folder, 'out'), { recursive: true, force: true }),
  'a file of ours that is not ours': (folder) => writeFiles(folder, { 'out/NOTES.md': 'by hand' }),
  'a statement': (folder) =>
    writeFiles(folder, {
      'out/provenance.json': '{"predicate": {"buildDefinition": {"buildType": "urn:refang:build:v1"}}}',
    }),
  'a build that was killed': (folder) =>
    mkdirSync(join(folder, '.out.refang-new/files'), { recursive: true }),
};

const DAYS = ['2026-01-10', '2026-01-20', '2026-01-21', '2025-12-31'];

test('whatever happens in between, it writes and tells what a whole build would', async () => {
  const edit = fc.constantFrom(...Object.keys(EDITS));
  const step = fc.record({
    edits: fc.array(edit, { minLength: 0, maxLength: 2 }),
    asOf: fc.oneof(
      { weight: 4, arbitrary: fc.constant(DAY) },
      { weight: 1, arbitrary: fc.constantFrom(...DAYS) },
    ),
  });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const folder = folderWith(FILES);
      for (const { edits, asOf } of steps) {
        for (const name of edits) EDITS[name]?.(folder);
        const expected = await inTwin(folder, { asOf });
        const { told, worked } = await cached(folder, { asOf });
        expect(told).toEqual(expected.told);
        expect(stateOf(folder)).toEqual(expected.files);
        if (!worked) answered += 1;
      }
    }),
    { numRuns: 25 },
  );
  expect(answered).toBeGreaterThan(10);
}, 240_000);
