import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BuildOptions, build } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

const DAY = '2026-01-01';

const run = (cwd: string, over: Partial<BuildOptions> = {}) => build({ cwd, asOf: DAY, ...over });

/** Codes of the diagnostics, with their place where they have one. */
function codes({ session }: Awaited<ReturnType<typeof build>>): string[] {
  return session.diagnostics.map(({ code, span, message }) => {
    if (!span) return `${code} ${message}`;
    const { line, column } = span.file.position(span.start);
    return `${code} ${span.file.path}:${line}:${column}`;
  });
}

const textOf = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

/** `value → [sid, rev]` of the rules. */
function rules(folder: string): Map<string, string> {
  const lines = textOf(folder, 'out/mine/rules.txt').trim().split('\n');
  return new Map(lines.map((line) => [line.split(' ')[0] as string, line.split(' ').slice(2).join(' ')]));
}

describe('a project', () => {
  test('is built: files, manifest, lock', async () => {
    const folder = folderWith(PROJECT);
    const report = await run(folder);
    expect(codes(report)).toEqual([]);
    expect(report).toMatchObject({ out: 'out', indicators: 6, unlocked: false, stale: [] });
    expect(Object.keys(filesBelow(join(folder, 'out')))).toEqual([
      'manifest.json',
      'mine/groups.txt',
      'mine/rules.txt',
      'wall/list.txt',
    ]);
    expect(textOf(folder, 'out/wall/list.txt')).toBe(
      'a.host.example\nhost.example\nlow.example\nold.example\n',
    );
    expect(textOf(folder, 'out/mine/rules.txt')).toMatch(
      /^host\.example high sid:\d{4} rev:1 2025-01-15\/\nlow\.example low sid:\d{4} rev:1 2025-01-15\/\nold\.example high sid:\d{4} rev:1 2025-01-15\/\n$/,
    );
    const manifest = JSON.parse(textOf(folder, 'out/manifest.json'));
    expect(manifest.fates).toEqual({
      mine: { emitted: 3, covered: 1, approximated: 0, withheld: 0, unsupported: 2 },
      wall: { emitted: 4, covered: 0, approximated: 0, withheld: 1, unsupported: 1 },
    });
    expect(manifest.inputs).toEqual([
      { path: 'indicators.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(
      textOf(folder, 'refang.lock')
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual([
      '#',
      expect.stringMatching(/^mine\/groups\/@sample\/[0-9a-f]{12}$/),
      expect.stringMatching(/^mine\/groups\/@sample\/[0-9a-f]{12}$/),
      'mine/names/domain/host.example',
      'mine/names/domain/low.example',
      'mine/names/domain/old.example',
      '',
    ]);
  });

  test('built again, on another day, is the same to the byte', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    const before = filesBelow(folder);
    await run(folder, { asOf: '2026-02-02' });
    expect(filesBelow(folder)).toEqual(before);
  });

  test('a rule whose text changed has its revision raised, its sid kept; the others stay', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    const before = rules(folder);
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('severity: low', 'severity: medium') });
    await run(folder, { asOf: '2026-02-02' });
    const after = rules(folder);
    expect(after.get('low.example')).toBe(
      before.get('low.example')?.replace('rev:1 2025-01-15/', 'rev:2 2025-01-15/2026-02-02'),
    );
    for (const name of ['host.example', 'old.example']) expect(after.get(name)).toBe(before.get(name));
    const line = textOf(folder, 'refang.lock')
      .split('\n')
      .find((one) => one.includes('low.example'));
    expect(line).toMatch(/ 2 [0-9a-f]{16} 2026-01-01 2026-02-02$/);
  });

  test('what is retired keeps its line, and has its sid and revision again when it comes back', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    const before = filesBelow(folder);
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('      old[.]example\n', '') });
    await run(folder);
    expect(rules(folder).has('old.example')).toBe(false);
    expect(textOf(folder, 'refang.lock')).toContain('mine/names/domain/old.example ');
    writeFiles(folder, { 'indicators.yaml': INDICATORS });
    await run(folder);
    expect(rules(folder).get('old.example')).toMatch(/^sid:\d+ rev:1 /);
    expect(textOf(folder, 'out/mine/rules.txt')).toBe(before['out/mine/rules.txt']);
  });

  test('the order of records says nothing', async () => {
    const shuffled = INDICATORS.replace('      host[.]example\n', '').replace(
      '      old[.]example\n',
      '      old[.]example\n      host[.]example\n',
    );
    const [head = '', records = ''] = shuffled.split('indicators:\n');
    const reversed = records.split(/^(?= {2}- )/m).toReversed();
    const one = folderWith(PROJECT);
    const two = folderWith({ ...PROJECT, 'indicators.yaml': `${head}indicators:\n${reversed.join('')}` });
    await run(one);
    await run(two);
    const { 'out/manifest.json': manifest, 'indicators.yaml': _, ...rest } = filesBelow(one);
    const { 'out/manifest.json': other, 'indicators.yaml': __, ...others } = filesBelow(two);
    expect(others).toEqual(rest);
    const { inputs: ___, ...told } = JSON.parse(manifest as string);
    expect(JSON.parse(other as string)).toMatchObject(told);
  });

  test('from a folder below it is the same project', async () => {
    const folder = folderWith(PROJECT);
    mkdirSync(join(folder, 'feeds'));
    await run(join(folder, 'feeds'));
    expect(existsSync(join(folder, 'out/manifest.json'))).toBe(true);
    expect(existsSync(join(folder, 'feeds/out'))).toBe(false);
  });
});

describe('one target of two', () => {
  test('leaves the files, the fates and the lock of the other', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    const before = filesBelow(folder);
    writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('      old[.]example\n', '') });
    await run(folder, { targets: ['wall'] });
    const after = filesBelow(folder);
    expect(after['out/mine/rules.txt']).toBe(before['out/mine/rules.txt']);
    expect(after['refang.lock']).toBe(before['refang.lock']);
    expect(after['out/wall/list.txt']).not.toContain('old.example');
    const manifest = JSON.parse(after['out/manifest.json'] as string);
    expect(manifest.fates.mine).toEqual(JSON.parse(before['out/manifest.json'] as string).fates.mine);
    expect(manifest.files.map(({ path }: { path: string }) => path)).toEqual([
      'mine/groups.txt',
      'mine/rules.txt',
      'wall/list.txt',
    ]);
  });

  test('a build of all takes away what a target no longer built had', async () => {
    const folder = folderWith(PROJECT);
    await run(folder);
    writeFiles(folder, { 'refang.yaml': 'targets: [wall]\n' });
    await run(folder);
    expect(Object.keys(filesBelow(join(folder, 'out')))).toEqual(['manifest.json', 'wall/list.txt']);
  });
});

describe('check', () => {
  test('tells what is stale, and writes nothing', async () => {
    const folder = folderWith(PROJECT);
    expect((await run(folder, { check: true })).stale).toEqual([
      'manifest.json (missing)',
      'mine/groups.txt (missing)',
      'mine/rules.txt (missing)',
      'wall/list.txt (missing)',
      'refang.lock (missing)',
    ]);
    expect(filesBelow(folder)).toEqual(PROJECT);
    await run(folder);
    expect((await run(folder, { check: true, asOf: '2027-01-01' })).stale).toEqual([]);
    writeFiles(folder, { 'out/wall/list.txt': 'mine now\n' });
    rmSync(join(folder, 'refang.lock'));
    expect((await run(folder, { check: true })).stale).toEqual([
      'wall/list.txt (differs)',
      'refang.lock (missing)',
    ]);
  });
});

describe('another file', () => {
  test('in a folder without a project: its own out, no lock, and that is told', async () => {
    const folder = folderWith(PROJECT);
    const other = folderWith({ 'more.yaml': INDICATORS });
    writeFiles(
      other,
      Object.fromEntries(Object.entries(PROJECT).filter(([path]) => path.startsWith('templates/'))),
    );
    const report = await run(folder, { files: [join(other, 'more.yaml')], targets: ['mine'] });
    expect(codes(report)).toEqual([]);
    expect(report.unlocked).toBe(true);
    expect(filesBelow(folder)).toEqual(PROJECT);
    expect(Object.keys(filesBelow(join(other, 'out')))).toEqual([
      'manifest.json',
      'mine/groups.txt',
      'mine/rules.txt',
    ]);
    expect(existsSync(join(other, 'refang.lock'))).toBe(false);
    // Without a lock the sids are the same as with a new one.
    await run(folder);
    expect(textOf(other, 'out/mine/rules.txt')).toBe(textOf(folder, 'out/mine/rules.txt'));
  });

  test('does not replace what the project built', async () => {
    const folder = folderWith({ ...PROJECT, 'more.yaml': INDICATORS });
    await run(folder);
    const before = filesBelow(folder);
    for (const over of [{}, { out: 'out' }, { out: join(folder, 'out/../out') }])
      expect(codes(await run(folder, { files: ['more.yaml'], ...over }))).toEqual([
        `RF602 \`${over.out ?? 'out'}\` holds the build of indicators.yaml, not of more.yaml`,
      ]);
    expect(filesBelow(folder)).toEqual(before);
    const report = await run(folder, { files: ['more.yaml'], out: 'other' });
    expect([codes(report), report.unlocked]).toEqual([[], true]);
    expect(textOf(folder, 'refang.lock')).toBe(before['refang.lock']);
  });

  test('the project’s own file by name is the project', async () => {
    const folder = folderWith(PROJECT);
    const report = await run(folder, { files: ['indicators.yaml'] });
    expect([report.unlocked, existsSync(join(folder, 'refang.lock'))]).toEqual([false, true]);
  });
});

describe('what is wrong is told, and nothing is written', () => {
  const cases: [
    about: string,
    files: Record<string, string>,
    over: Partial<BuildOptions>,
    failed: string,
    codes: string[],
  ][] = [
    [
      'an indicator',
      { 'indicators.yaml': INDICATORS.replace('192.0.2[.]1', '192.0.2.300') },
      {},
      'input',
      ['RF308 indicators.yaml:18:17'],
    ],
    [
      'no input',
      { 'refang.yaml': 'inputs: nothing.yaml\ntargets: [mine]\n' },
      {},
      'input',
      ['RF122 `nothing.yaml` does not exist'],
    ],
    [
      'a target that is not there',
      { 'refang.yaml': 'targets: [mien]\n' },
      {},
      'configuration',
      ['RF501 refang.yaml:1:11'],
    ],
    [
      'a target that is named twice',
      { 'refang.yaml': 'targets: [mine, {name: mine}]\n' },
      {},
      'configuration',
      ['RF505 refang.yaml:1:24'],
    ],
    [
      'an approximation that no target has',
      { 'refang.yaml': 'targets: [mine, pan-os]\napproximate: [url-prefx]\n' },
      {},
      'configuration',
      ['RF506 refang.yaml:2:15'],
    ],
    [
      'a target asked for that is not there',
      {},
      { targets: ['mien'] },
      'configuration',
      ['RF501 there is no target `mien`'],
    ],
    [
      'an indicator, and a target asked for that is not there',
      { 'indicators.yaml': INDICATORS.replace('indicators:', 'indicators:\n  - domain: com') },
      { targets: ['mien'] },
      'input',
      [expect.stringMatching(/^RF305 indicators\.yaml:\d+:13$/) as never, 'RF501 there is no target `mien`'],
    ],
    [
      'an option',
      { 'refang.yaml': 'targets:\n  - {name: mine, options: {sid: [5, 1]}}\n' },
      {},
      'configuration',
      ['RF502 refang.yaml:2:33'],
    ],
    [
      'more rules than sids',
      { 'refang.yaml': 'targets:\n  - {name: mine, options: {sid: [5, 6]}}\n' },
      {},
      'configuration',
      ['RF604 the sid range of `mine` has fewer numbers than there are rules'],
    ],
    [
      'a template',
      { 'templates/mine/rules.hbs': '{{#each names}}{{vlaue}}{{/each}}' },
      {},
      'configuration',
      [expect.stringMatching(/^RF511 .*rules\.hbs:1:18$/) as never],
    ],
    [
      'a line of the lock',
      { 'refang.lock': '# a lock\n<<<<<<< HEAD\n' },
      {},
      'input',
      ['RF601 refang.lock:2:1'],
    ],
    [
      'a value that the language cannot say',
      { 'templates/mine/rules.hbs': '{{#each names}}{{reference (concat ";" value)}}{{/each}}' },
      {},
      'configuration',
      ['RF513 indicators.yaml:13:7'],
    ],
    [
      'a folder that is not ours',
      { 'out/notes.txt': 'mine' },
      {},
      'configuration',
      ['RF602 `out` has files and no manifest of Refang'],
    ],
    [
      'an output below a file',
      {},
      { out: 'indicators.yaml/out' },
      'configuration',
      ['RF603 cannot write `indicators.yaml/out`: a part of the path is a file'],
    ],
  ];

  test.each(cases)('%s', async (_, files, over, failed, expected) => {
    const folder = folderWith({ ...PROJECT, ...files });
    const before = filesBelow(folder);
    const report = await run(folder, over);
    expect([report.session.failed, ...codes(report)]).toEqual([failed, ...expected]);
    expect(filesBelow(folder)).toEqual(before);
  });
});

describe('the paths of one file a rule', () => {
  const target = (path: string) => ({
    'templates/wall/target.yaml': `title: Test\nabout: One file each.\neffect: detect\nsyntax: line\noutputs:\n  - file: '${path}'\n    template: list.hbs\n    each: names\n    passes:\n      names: {takes: [domain], subdomains: true}\n`,
    'templates/wall/list.hbs': '{{value}}\n',
    'refang.yaml': 'targets: [wall]\n',
  });

  test('come from the fields of the rule', async () => {
    const folder = folderWith({ ...PROJECT, ...target('{{severity}}/{{slug value}}.txt') });
    expect(codes(await run(folder))).toEqual([]);
    const { 'manifest.json': _, ...files } = filesBelow(join(folder, 'out'));
    expect(files).toEqual({
      'wall/high/host_example.txt': 'host.example\n',
      'wall/high/old_example.txt': 'old.example\n',
      'wall/low/low_example.txt': 'low.example\n',
    });
  });

  test.each([
    ['that two rules share', '{{severity}}.txt', 'two files of the build are called `wall/high.txt`'],
    [
      'that two rules share but for their case',
      '{{#if (eq value "host.example")}}A{{else}}a{{/if}}.txt',
      'two files of the build are called `wall/a.txt`',
    ],
    ['that leave the folder', '../{{value}}', '`wall/../host.example` is not a path that an output can have'],
    ['that are hidden', '.{{slug value}}', '`wall/.host_example` is not a path that an output can have'],
  ])('%s are refused', async (_, path, message) => {
    const folder = folderWith({ ...PROJECT, ...target(path) });
    const report = await run(folder);
    expect(codes(report)).toEqual([`RF504 ${message}`]);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

test('a file that appears twice in the inputs is read once', async () => {
  const folder = folderWith({
    ...PROJECT,
    'refang.yaml': 'inputs: [indicators.yaml, "*icators.yaml"]\ntargets: [mine]\n',
  });
  const report = await run(folder);
  expect([codes(report), report.indicators]).toEqual([[], 6]);
});

test('without options the day is today, in UTC', async () => {
  const folder = folderWith(PROJECT);
  writeFiles(folder, { 'indicators.yaml': INDICATORS.replace('severity: low', 'expires: 2001-01-01') });
  const { session } = await build({ cwd: folder });
  expect(Math.abs(Date.parse(session.asOf) - Date.now())).toBeLessThan(2 * 86_400_000);
  expect(session.compiled?.targets[0]?.fates.withheld).toBe(1);
});
