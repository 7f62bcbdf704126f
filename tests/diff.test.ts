/** Comparing builds, with real git. */

import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Difference, IndicatorChange, RuleChange } from '../compiler/compare/difference.ts';
import { build, type DiffOptions, diff } from '../compiler/index.ts';
import { INDICATORS, PROJECT } from './project.ts';
import { change, commit, git, repositoryWith } from './repository.ts';
import { filesBelow, folderWith, writeFiles } from './temporary.ts';

type Files = Readonly<Record<string, string | undefined>>;

const asOf = '2026-01-01';

async function compared(cwd: string, options: Partial<DiffOptions> = {}): Promise<Difference> {
  const { session, difference } = await diff({ cwd, asOf, ...options });
  if (!difference) throw new Error(session.diagnostics.map(({ message }) => message).join('\n'));
  return difference;
}

/** What a comparison that is refused says, the first of it, and how it fails. */
async function refused(cwd: string, options: Partial<DiffOptions> = {}) {
  const { session, difference } = await diff({ cwd, asOf, ...options });
  expect(difference).toBeUndefined();
  const [first] = session.diagnostics.filter(({ severity }) => severity === 'error');
  return { failed: session.failed, code: first?.code, message: first?.message, help: first?.help };
}

/** A change in one line. */
function line({ change: what, value, reason, edits, by, tiers, targets }: IndicatorChange): string {
  const words = edits.map(({ key, before, after }) => `${key} ${before ?? '-'}>${after ?? '-'}`);
  const more = [...words, ...(by ? [`by ${by}`] : []), ...(tiers ? [`${tiers.before}>${tiers.after}`] : [])];
  return [`${what} ${value} ${reason}`, ...more, `in ${targets.join('+')}`].join(', ');
}

function ruleLine({ change: what, key, before, after, logic, reason }: RuleChange): string {
  const id = before && after && before.id !== after.id ? ' renumbered' : '';
  return `${what} ${key} ${before?.revision ?? '-'}>${after?.revision ?? '-'} ${logic ? 'logic' : 'metadata'} ${reason}${id}`;
}

/** The project, with other indicators or settings. */
const edited = (from: string, to: string): Files => ({ 'indicators.yaml': INDICATORS.replace(from, to) });
const settings = (text: string): Files => ({ 'refang.yaml': `targets: [mine, wall]\n${text}` });
const record = (lines: string): Files => ({ 'indicators.yaml': `${INDICATORS}${lines}` });
const template = (name: string, from: string, to: string): Files => ({
  [name]: (PROJECT[name] as string).replace(from, to),
});

describe('why an indicator comes, goes or changes', () => {
  const CASES: [string, Files, Files, string[]][] = [
    ['added', {}, record('  - domain: new.example\n'), ['added new.example added, in mine+wall']],
    ['removed', {}, edited('      old[.]example\n', ''), ['removed old.example removed, in mine+wall']],
    [
      'edited, where the output says it',
      {},
      edited('severity: low', 'severity: medium'),
      ['changed low.example edited, severity low>medium, in mine'],
    ],
    [
      'edited, where no output says it',
      {},
      edited('severity: low', 'severity: low\n    note: seen twice'),
      ['changed low.example edited, note ->seen twice, in '],
    ],
    [
      'confidence',
      {},
      edited('severity: low', 'severity: low\n    confidence: 60'),
      [
        'removed low.example confidence, confidence 80>60, in wall',
        'changed low.example edited, confidence 80>60, in mine',
      ],
    ],
    [
      'let in by an edit',
      {},
      edited('status: historical', 'status: active'),
      ['added 192.0.2.1 edited, status historical>active, in wall'],
    ],
    [
      'revoked',
      {},
      edited('severity: low', 'severity: low\n    status: revoked'),
      ['removed low.example revoked, status active>revoked, in mine+wall'],
    ],
    [
      'covered',
      { 'indicators.yaml': INDICATORS.replace('      host[.]example\n', '') },
      { 'indicators.yaml': INDICATORS },
      ['added host.example added, in mine+wall', 'removed a.host.example covered, by host.example, in mine'],
    ],
    [
      'covered from the beginning',
      { 'refang.yaml': 'targets: [mine]\n' },
      record('  - domain: b.host.example\n'),
      ['added b.host.example covered, by host.example, in '],
    ],
    [
      'uncovered',
      {},
      edited('      host[.]example\n', ''),
      [
        'added a.host.example uncovered, by host.example, in mine',
        'removed host.example removed, in mine+wall',
      ],
    ],
    [
      'the settings',
      {},
      settings('policy: {block: {confidence: 90}}\n'),
      [
        'removed a.host.example confidence, in wall',
        'removed host.example confidence, in wall',
        'removed low.example confidence, in wall',
        'removed old.example confidence, in wall',
      ],
    ],
    [
      'let in by the settings',
      {},
      settings('policy: {block: {status: [active, historical]}}\n'),
      ['added 192.0.2.1 policy, in wall'],
    ],
    [
      'a list of guards',
      {},
      { ...settings('guards: {allow: ours.txt}\n'), 'ours.txt': 'low.example\n' },
      ['removed low.example guard:ours, in mine+wall'],
    ],
    [
      'a template',
      {},
      template('templates/wall/list.hbs', '{{value}}', '{{value}} {{severity}}'),
      [
        'changed a.host.example template, in wall',
        'changed host.example template, in wall',
        'changed low.example template, in wall',
        'changed old.example template, in wall',
      ],
    ],
    [
      'new, and kept out',
      {},
      record('  - {domain: new.example, confidence: 10}\n'),
      ['added new.example added, in mine', 'withheld new.example confidence, in wall'],
    ],
    [
      'revoked, and matched by another still',
      {},
      record('  - {domain: a.host.example, status: revoked}\n'),
      [
        'removed a.host.example revoked, status active>revoked, in wall',
        'withheld a.host.example revoked, status active>revoked, by host.example, in mine',
      ],
    ],
    [
      'revoked, with the one that matched it',
      {},
      record('  - {domain: [host.example, a.host.example], status: revoked}\n'),
      [
        'removed a.host.example revoked, status active>revoked, in mine+wall',
        'removed host.example revoked, status active>revoked, in mine+wall',
      ],
    ],
    [
      'new and revoked, and matched by another',
      {},
      record('  - {domain: new.host.example, status: revoked}\n'),
      [
        'withheld new.host.example revoked, by host.example, in mine',
        'withheld new.host.example revoked, in wall',
      ],
    ],
    [
      'no longer revoked, and matched by another all the time',
      record('  - {domain: a.host.example, status: revoked}\n'),
      { 'indicators.yaml': INDICATORS },
      ['added a.host.example edited, status revoked>active, in wall'],
    ],
    ['nothing', {}, {}, []],
  ];
  test.each(CASES)('%s', async (_, before, after, expected) => {
    const folder = repositoryWith({ ...PROJECT, ...before });
    change(folder, after);
    const { indicators } = await compared(folder);
    expect(indicators.map(line)).toEqual(expected);
  });
});

test('an indicator that expired since the commit was built is told, since the output is another', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    ...record('  - {domain: brief.example, expires: 2026-01-10}\n'),
  });
  expect((await compared(folder, { asOf: '2026-01-10' })).indicators).toEqual([]);
  const late = await compared(folder, { asOf: '2026-01-11' });
  expect(late.indicators.map(line)).toEqual(['removed brief.example expired, in mine+wall']);
  expect([late.before.day, late.after.day]).toEqual(['2026-01-01', '2026-01-11']);
});

test('what expired and is matched by another still is told', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    ...record('  - {domain: b.host.example, expires: 2026-01-10}\n'),
  });
  const { indicators, differs } = await compared(folder, { asOf: '2026-01-11' });
  expect([differs, ...indicators.map(line)]).toEqual([
    true,
    'removed b.host.example expired, in wall',
    'withheld b.host.example expired, by host.example, in mine',
  ]);
});

test('of what is taken from the tier to block, one that is watched is told', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    'refang.yaml': 'targets: [rpz]\n',
    ...record('  - {domain: up.example, confidence: 50}\n  - domain: a.up.example\n'),
  });
  change(folder, {
    'indicators.yaml': `${INDICATORS}  - {domain: up.example, confidence: 50}\n  - {domain: a.up.example, status: revoked}\n`,
  });
  const { indicators } = await compared(folder);
  expect(indicators.map(line)).toEqual([
    'removed a.up.example revoked, status active>revoked, by up.example, in rpz',
  ]);
});

test('of a target, what another entry matches is neither added nor removed', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    'indicators.yaml': INDICATORS.replace('      host[.]example\n', ''),
  });
  change(folder, { 'indicators.yaml': INDICATORS });
  const countsOf = async (cwd: string) =>
    (await compared(cwd)).targets.map(({ name, indicators }) => ({ name, ...indicators }));
  const none = { added: 0, removed: 0, changed: 0, withheld: 0, covered: 0, uncovered: 0 };
  expect(await countsOf(folder)).toEqual([
    { ...none, name: 'mine', added: 1, covered: 1 },
    { ...none, name: 'wall', added: 1 },
  ]);
  commit(folder, { 'indicators.yaml': INDICATORS });
  change(folder, edited('      host[.]example\n', ''));
  expect(await countsOf(folder)).toEqual([
    { ...none, name: 'mine', removed: 1, uncovered: 1 },
    { ...none, name: 'wall', removed: 1 },
  ]);
});

test('a commit is never built as of a later day than the working tree', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    ...record('  - {domain: brief.example, expires: 2025-12-30}\n'),
  });
  const early = await compared(folder, { asOf: '2025-12-01' });
  expect([early.before.day, early.differs]).toEqual(['2025-12-01', false]);
});

test('of tiers: an indicator that moves from one to the other', async () => {
  const wall = {
    'templates/wall/target.yaml': `${(PROJECT['templates/wall/target.yaml'] as string)
      .replace('syntax: line', 'syntax: line\ntiers: [block, watch]')
      .replace('list.txt', '"{{tier}}.txt"')
      .replace('template: list.hbs', 'template: list.hbs\n    by: tier')}`,
  };
  const folder = repositoryWith({ ...PROJECT, ...wall });
  change(folder, edited('severity: low', 'severity: low\n    confidence: 60'));
  const { indicators } = await compared(folder, { targets: ['wall'] });
  expect(indicators.map(line)).toEqual([
    'changed low.example confidence, confidence 80>60, block>watch, in wall',
  ]);
});

describe('rules', () => {
  async function rulesOf(after: Files, before: Files = {}): Promise<string[]> {
    const folder = repositoryWith({ ...PROJECT, ...before });
    await build({ cwd: folder, asOf });
    commit(folder, {});
    change(folder, after);
    const { targets } = await compared(folder, { asOf: '2026-01-02' });
    return targets.flatMap(({ rules }) => rules.map(ruleLine));
  }
  const key = (pattern: RegExp) => expect.stringMatching(pattern);

  test('a new one changes its group, and nothing else', async () => {
    expect(await rulesOf(record('  - domain: new.example\n'))).toEqual([
      key(/^changed mine\/groups\/@sample\/[0-9a-f]{12} 1>2 logic indicators$/),
      'added mine/names/domain/new.example ->1 logic indicators',
    ]);
  });

  test('one that is retired', async () => {
    expect(await rulesOf(edited('      old[.]example\n', ''))).toEqual([
      key(/^changed mine\/groups\/@sample\/[0-9a-f]{12} 1>2 logic indicators$/),
      'retired mine/names/domain/old.example 1>- logic indicators',
    ]);
  });

  test('an edit of what is said of it is metadata; a group gets another id by it', async () => {
    expect(await rulesOf(edited('severity: low', 'severity: medium'))).toEqual([
      'changed mine/names/domain/low.example 1>2 metadata edited',
      key(/^replaced mine\/groups\/@sample\/[0-9a-f]{12} 1>1 metadata edited renumbered$/),
    ]);
  });

  test('how a name matches is logic', async () => {
    expect(
      await rulesOf(edited('severity: low', 'severity: low\n    match: exact\n    note: once'), {
        'templates/mine/rules.hbs': (PROJECT['templates/mine/rules.hbs'] as string).replace(
          '{{severity}}',
          '{{severity}} {{subdomains}}',
        ),
      }),
    ).toContain('changed mine/names/domain/low.example 1>2 logic indicators');
  });

  test('a template may change the logic', async () => {
    const rules = await rulesOf(template('templates/mine/rules.hbs', '{{severity}}', '{{confidence}}'));
    expect(rules).toEqual([
      'changed mine/names/domain/host.example 1>2 logic template',
      'changed mine/names/domain/low.example 1>2 logic template',
      'changed mine/names/domain/old.example 1>2 logic template',
    ]);
  });

  test('without its lock a rule that had probed past another one gets another sid', async () => {
    const folder = repositoryWith(PROJECT);
    await build({ cwd: folder, asOf });
    const lock = filesBelow(folder)['refang.lock'] as string;
    commit(folder, { 'refang.lock': lock.replace(/(low\.example) \d+/, '$1 9998') });
    change(folder, { 'refang.lock': undefined });
    const { targets } = await compared(folder);
    expect(targets.flatMap(({ rules }) => rules.map(ruleLine))).toEqual([
      'changed mine/names/domain/low.example 1>1 metadata id renumbered',
    ]);
  });

  test('what another version of Refang wrote otherwise', async () => {
    const folder = repositoryWith(PROJECT);
    await build({ cwd: folder, asOf });
    const files = filesBelow(folder);
    const lock = (files['refang.lock'] as string).replace(
      /(low\.example \d+ 1) [0-9a-f]{16}/,
      `$1 ${'0'.repeat(16)}`,
    );
    const manifest = (files['out/manifest.json'] as string).replace(/"refang": "[^"]*"/, '"refang": "0.0.1"');
    commit(folder, { 'refang.lock': lock, 'out/manifest.json': manifest });
    const { before, targets } = await compared(folder);
    expect(before.refang).toBe('0.0.1');
    expect(targets.flatMap(({ rules }) => rules.map(ruleLine))).toEqual([
      'changed mine/names/domain/low.example 1>2 logic refang',
    ]);
  });
});

describe('what heads the report', () => {
  test('inputs, settings, findings and targets', async () => {
    const folder = repositoryWith(PROJECT);
    change(folder, {
      ...record('  - domain: google.com\n'),
      'refang.yaml': 'targets: [mine, csv]\npublisher: {name: Example CERT}\n',
    });
    const difference = await compared(folder);
    expect(difference.inputs).toEqual([{ path: 'indicators.yaml', change: 'changed' }]);
    expect(difference.settings).toEqual([{ key: 'publisher.name', before: 'Refang', after: 'Example CERT' }]);
    expect(difference.findings).toEqual([
      {
        code: 'RF406',
        message: '`google.com` is well-known: Google: search, mail, documents, sign-in',
        place: 'indicators.yaml:21:13',
      },
    ]);
    expect(difference.targets.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'csv added',
      'mine same',
      'wall removed',
    ]);
    expect(difference.targets[1]?.fates).toEqual({
      before: { emitted: 3, covered: 1, approximated: 0, withheld: 0, unsupported: 2 },
      after: { emitted: 3, covered: 1, approximated: 0, withheld: 1, unsupported: 2 },
    });
  });

  test('a change of what stands around the entries', async () => {
    const folder = repositoryWith(PROJECT);
    change(folder, template('templates/wall/list.hbs', '{{#each', '# by {{publisher.name}}\n{{#each'));
    const { differs, indicators, targets } = await compared(folder);
    expect([differs, indicators]).toEqual([true, []]);
    expect(targets[1]).toMatchObject({ name: 'wall', state: 'changed', made_with: ['template'] });
    expect(targets[1]?.files).toEqual([
      {
        path: 'list.txt',
        change: 'changed',
        before: { sha256: expect.any(String), bytes: 52, entries: 4 },
        after: { sha256: expect.any(String), bytes: 64, entries: 4 },
      },
    ]);
  });
});

describe('of a commit', () => {
  test('the project in a folder of the repository, which need not have been there', async () => {
    const below = Object.fromEntries(
      Object.entries(PROJECT).map(([path, text]) => [`ti/lists/${path}`, text]),
    );
    const folder = repositoryWith({ 'README.md': 'nothing yet\n' });
    commit(folder, below);
    change(folder, { 'ti/lists/indicators.yaml': `${INDICATORS}  - domain: new.example\n` });
    const cwd = join(folder, 'ti/lists/templates');
    expect((await compared(cwd)).indicators.map(line)).toEqual(['added new.example added, in mine+wall']);
    const first = await compared(cwd, { against: 'HEAD~1' });
    expect(first.before.indicators).toBe(0);
    expect(first.targets.map(({ state }) => state)).toEqual(['added', 'added']);
    expect(first.indicators.map(line)).toContain('added new.example added, in mine+wall');
  });

  test('nothing is written or checked out, and the index may be in any state', async () => {
    const folder = repositoryWith(PROJECT);
    change(folder, { ...record('  - domain: new.example\n'), 'untracked.txt': 'mine\n' });
    git(folder, ['add', 'indicators.yaml']);
    const state = () => [git(folder, ['status', '--porcelain']), filesBelow(folder)];
    const before = state();
    await compared(folder);
    expect(state()).toEqual(before);
  });

  test('its feeds, lists and links, plain and gzipped', async () => {
    const feeds = `${INDICATORS}feeds:\n  - {path: feeds/a.txt, kind: domain, format: list}\n  - {path: feeds/b.txt.gz, kind: domain, format: list}\n`;
    const folder = repositoryWith({
      ...PROJECT,
      'indicators.yaml': feeds,
      'data/real.txt': 'a.feed.example\n',
    });
    writeFiles(folder, { 'feeds/b.txt.gz': '' });
    writeFileSync(join(folder, 'feeds/b.txt.gz'), gzipSync('b.feed.example\n'));
    symlinkSync('../data/real.txt', join(folder, 'feeds/a.txt'));
    commit(folder, {});
    change(folder, { 'data/real.txt': 'a.feed.example\nc.feed.example\n' });
    const difference = await compared(folder);
    expect(difference.indicators.map(line)).toEqual(['added c.feed.example added, in mine+wall']);
    expect(difference.inputs).toEqual([{ path: 'feeds/a.txt', change: 'changed' }]);
  });

  test('by any of its names', async () => {
    const folder = repositoryWith(PROJECT);
    git(folder, ['tag', '--annotate', '--message=first', 'v1']);
    const hash = git(folder, ['rev-parse', 'HEAD']);
    commit(folder, record('  - domain: new.example\n'), '2026-01-02');
    for (const against of ['v1', 'HEAD~1', hash, hash.slice(0, 10), 'main^'])
      expect((await compared(folder, { against })).before).toEqual({
        name: against,
        commit: hash,
        day: '2026-01-01',
        indicators: 6,
      });
  });

  test('a hook’s variables do not lead to another repository', async () => {
    const folder = repositoryWith(PROJECT);
    const other = repositoryWith({ 'README.md': 'another\n' });
    process.env.GIT_DIR = join(other, '.git');
    try {
      expect((await compared(folder)).before.commit).toBe(
        git(folder, ['--git-dir', join(folder, '.git'), 'rev-parse', 'HEAD']),
      );
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe('is refused, and says what to do', () => {
  test('outside of a repository', async () => {
    expect(await refused(folderWith(PROJECT))).toMatchObject({
      failed: 'configuration',
      code: 'RF801',
      message: 'the project is not in a git repository',
    });
  });

  test.each(['no-such-branch', '--all', '-n1', 'HEAD:indicators.yaml', '', '$(touch x)'])(
    '%j',
    async (against) => {
      expect(await refused(repositoryWith(PROJECT), { against })).toMatchObject({
        failed: 'configuration',
        code: 'RF802',
        message: `\`${against}\` is no commit of this repository`,
      });
    },
  );

  test('in a shallow clone', async () => {
    const origin = repositoryWith(PROJECT);
    commit(origin, record('  - domain: new.example\n'));
    const clone = folderWith();
    git(clone, ['clone', '--quiet', '--depth=1', `file://${origin}`, '.']);
    expect(await refused(clone, { against: 'HEAD~1' })).toEqual({
      failed: 'configuration',
      code: 'RF802',
      message: '`HEAD~1` is no commit of this repository',
      help: 'fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` where a pipeline checks out',
    });
  });

  test('what did not build', async () => {
    const folder = repositoryWith({
      ...PROJECT,
      'indicators.yaml': INDICATORS.replace('low.example', 'low..example'),
    });
    change(folder, { 'indicators.yaml': INDICATORS });
    const { session } = await diff({ cwd: folder, asOf });
    expect(session.failed).toBe('input');
    expect(
      session.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ).toEqual(['`HEAD` does not build: 1 error', expect.stringContaining('low..example')]);
  });

  test.each([
    [
      'a link that leads out of the repository',
      '/etc/hostname',
      'RF805',
      '`feeds/a.txt` leads out of the repository, by the link `feeds/a.txt`',
    ],
    [
      'a link that climbs out',
      '../../../etc/hostname',
      'RF805',
      '`feeds/a.txt` leads out of the repository, by the link `feeds/a.txt`',
    ],
    [
      'a link to itself',
      'a.txt',
      'RF805',
      '`feeds/a.txt` leads out of the repository, by the link `feeds/a.txt`',
    ],
  ])('%s', async (_, aim, code, message) => {
    const feed = `${INDICATORS}feeds:\n  - {path: feeds/a.txt, kind: domain, format: list}\n`;
    const folder = repositoryWith({ ...PROJECT, 'feeds/keep': '' });
    symlinkSync(aim, join(folder, 'feeds/a.txt'));
    commit(folder, { 'indicators.yaml': feed });
    change(folder, { 'indicators.yaml': INDICATORS });
    const { session } = await diff({ cwd: folder, asOf });
    expect(session.diagnostics.filter(({ code: found }) => found === code).map((one) => one.message)).toEqual(
      [message],
    );
  });

  test('a file that Git LFS keeps', async () => {
    const feed = `${INDICATORS}feeds:\n  - {path: a.txt, kind: domain, format: list}\n`;
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
    const folder = repositoryWith({ ...PROJECT, 'indicators.yaml': feed, 'a.txt': pointer });
    change(folder, { 'indicators.yaml': INDICATORS });
    const { session } = await diff({ cwd: folder, asOf });
    expect(session.diagnostics.filter(({ code }) => code === 'RF805').map(({ message }) => message)).toEqual([
      '`a.txt` is kept by Git LFS',
    ]);
  });

  test('a file in a submodule', async () => {
    const feed = `${INDICATORS}feeds:\n  - {path: lists/a.txt, kind: domain, format: list}\n`;
    const folder = repositoryWith({ ...PROJECT, 'indicators.yaml': feed });
    git(folder, ['update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},lists`]);
    git(folder, ['commit', '--quiet', '--message=state']);
    change(folder, { 'indicators.yaml': INDICATORS });
    const { session } = await diff({ cwd: folder, asOf });
    expect(session.diagnostics.filter(({ code }) => code === 'RF805').map(({ message }) => message)).toEqual([
      '`lists/a.txt` lies in the submodule `lists`',
    ]);
  });

  test('a file that a partial clone lacks: it is not fetched', async () => {
    const origin = repositoryWith(PROJECT);
    git(origin, ['config', 'uploadpack.allowFilter', 'true']);
    commit(origin, record('  - domain: new.example\n'));
    const clone = folderWith();
    git(clone, ['clone', '--quiet', '--filter=blob:none', `file://${origin}`, '.']);
    const { session } = await diff({ cwd: clone, asOf, against: 'HEAD~1' });
    expect(session.diagnostics.filter(({ code }) => code === 'RF805').map(({ message }) => message)).toEqual([
      'this clone lacks `indicators.yaml`',
    ]);
  });

  test('a folder without anything of Refang', async () => {
    const folder = folderWith({ ...PROJECT, 'notes/a.txt': 'mine\n' });
    expect(await refused(folder, { against: 'notes' })).toMatchObject({
      failed: 'configuration',
      code: 'RF803',
      message: '`notes` holds neither a project nor an output',
    });
  });
});

describe('of a folder', () => {
  test('another checkout', async () => {
    const folder = folderWith(PROJECT);
    const other = folderWith({
      ...PROJECT,
      'indicators.yaml': INDICATORS.replace('      old[.]example\n', ''),
    });
    const difference = await compared(folder, { against: other });
    expect(difference.indicators.map(line)).toEqual(['added old.example added, in mine+wall']);
    expect(difference.before).toEqual({ name: other, day: asOf, indicators: 5 });
  });

  test('an output: lines that come and go, without reasons', async () => {
    const folder = folderWith(PROJECT);
    await build({ cwd: folder, asOf });
    change(folder, edited('      old[.]example\n', '      new[.]example\n'));
    const difference = await compared(folder, { against: 'out', targets: ['wall'] });
    expect(difference).toMatchObject({ textual: true, differs: true, indicators: [] });
    expect(difference.targets).toMatchObject([
      {
        name: 'wall',
        state: 'changed',
        lines: [{ path: 'list.txt', added: ['new.example'], removed: ['old.example'] }],
      },
    ]);
    change(folder, { 'indicators.yaml': INDICATORS });
    expect((await compared(folder, { against: 'out' })).differs).toBe(false);
  });

  test('an output with a link in it: what that leads to is not read', async () => {
    const folder = folderWith({ ...PROJECT, 'secret.txt': 'token\n' });
    await build({ cwd: folder, asOf });
    change(folder, { 'out/wall/list.txt': undefined });
    symlinkSync('../../secret.txt', join(folder, 'out/wall/list.txt'));
    const { targets } = await compared(folder, { against: 'out', targets: ['wall'] });
    expect(JSON.stringify(targets)).not.toContain('token');
  });
});
