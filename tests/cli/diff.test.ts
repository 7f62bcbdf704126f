import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { change, commit, git, repositoryWith } from '../repository.ts';
import { folderWith } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();
const DAY = ['--as-of', '2026-01-02'];

/** A repository, built and committed, in which a name was exchanged for another, and one was edited. */
async function changed(): Promise<string> {
  const folder = repositoryWith(PROJECT);
  await build({ cwd: folder, asOf: '2026-01-01' });
  commit(folder, {});
  const indicators = INDICATORS.replace('old[.]', 'new[.]').replace('severity: low', 'severity: medium');
  change(folder, { 'indicators.yaml': indicators });
  return folder;
}

test('text: on stdout alone, without colours where it is no terminal', async () => {
  const folder = await changed();
  const hash = git(folder, ['rev-parse', '--short=10', 'HEAD']);
  const { code, stdout, stderr } = refang(folder, ['diff', ...DAY]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const sids = /\b\d{4}\b(?= {2}| rev| →)/g;
  expect(
    stdout
      .replace(/sample\/[0-9a-f]{12}/g, 'sample/GROUP')
      .replace(/ → \d{4}\b/g, ' → NEW')
      .replace(sids, 'SID'),
  ).toBe(
    `1 indicator added, 1 removed, 1 changed
  before  HEAD          ${hash}, 2026-01-01
  after   working tree  2026-01-02
  inputs  indicators.yaml changed

+ 1 added: new in the inputs
  in mine, wall
    new.example  domain  indicators.yaml:15:7

− 1 removed: gone from the inputs
  in mine, wall
    old.example  domain  indicators.yaml:15:7

~ 1 changed: edited in the inputs
  in mine; severity low → medium
    low.example  domain  indicators.yaml:16:13

target  indicators  rules               emitted  covered  withheld
mine    +1 −1 ~1    +1 −1 ~3 (1 logic)        3        1         0
wall    +1 −1                                 4        0         1

rules of mine
  changed   SID rev 1 → 2  groups/@sample/GROUP (2 indicators)  logic: indicators
  changed   SID rev 1 → 2  names/domain/low.example                    metadata: severity
  replaced  SID → NEW     groups/@sample/GROUP                 metadata: severity
  retired   SID rev 1      names/domain/old.example
  added     SID rev 1      names/domain/new.example
`,
  );
});

test('text: what is revoked and matched by another still, and what became covered', async () => {
  const folder = repositoryWith({
    ...PROJECT,
    'indicators.yaml': `${INDICATORS}  - domain: a.sub.example\n`,
  });
  const revoked = '  - {domain: a.host.example, status: revoked}\n';
  change(folder, {
    'indicators.yaml': `${INDICATORS}  - domain: a.sub.example\n  - domain: sub.example\n${revoked}`,
  });
  const { stdout } = refang(folder, ['diff', '--target', 'mine', ...DAY]);
  expect(stdout.slice(0, stdout.indexOf('rules of')).replace(/HEAD .*/, 'HEAD')).toBe(
    `1 indicator added, 1 kept out but still matched, 1 covered by others
  before  HEAD
  after   working tree  2026-01-02
  indicators  7 → 8
  inputs      indicators.yaml changed

1 new finding
  RF350  indicators.yaml:23:14  \`a.host.example\` is listed twice

+ 1 added: new in the inputs
  in mine
    sub.example  domain  indicators.yaml:22:13

− 1 removed: covered by another, which matches it too
  in mine
    a.sub.example  domain  by sub.example

! 1 withheld: revoked, and matched by another all the same
  in mine; status active → revoked
    a.host.example  domain  still matched by host.example

target  indicators  rules               emitted  covered  withheld
mine    +1 !1       +1 −1 ~1 (1 logic)        4        1     0 → 1

`,
  );
});

test('colours where they are wanted', async () => {
  expect(refang(await changed(), ['diff', ...DAY], { FORCE_COLOR: '1' }).stdout).toContain(
    '\x1b[32m+ 1 added\x1b[39m: new in the inputs\n',
  );
});

test('json parses, and markdown begins with its marker', async () => {
  const folder = await changed();
  const json = JSON.parse(refang(folder, ['diff', '--format', 'json', ...DAY]).stdout);
  expect(Object.keys(json)).toEqual([
    'before',
    'after',
    'textual',
    'differs',
    'inputs',
    'settings',
    'findings',
    'targets',
    'indicators',
  ]);
  expect(json.indicators[0]).toEqual({
    change: 'added',
    kind: 'domain',
    value: 'new.example',
    reason: 'added',
    edits: [],
    place: 'indicators.yaml:15:7',
    targets: ['mine', 'wall'],
  });
  const { stdout } = refang(folder, ['diff', '--format', 'markdown', ...DAY]);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    '<!-- refang-diff -->',
    '### Refang: 1 indicator added, 1 removed, 1 changed',
  ]);
});

test('--exit-code turns differences into findings', async () => {
  const folder = await changed();
  expect(refang(folder, ['diff', '--exit-code', ...DAY]).code).toBe(1);
  await build({ cwd: folder, asOf: '2026-01-02' });
  commit(folder, {});
  const { code, stdout } = refang(folder, ['diff', '--exit-code', ...DAY]);
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'no changes']);
});

test('--delta writes a folder, and tells it', async () => {
  const { code, stderr } = refang(await changed(), ['diff', '--delta', 'changes', ...DAY]);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      'wrote 0 files of changes into changes\n3 files must be loaded whole; changes/delta.json tells which, and why\n',
  });
});

test.each([
  [['diff', 'main'], 3, 'refang: `diff` does not take `main`\n  help: did you mean `--against main`?\n'],
  [
    ['diff', '--format', 'html'],
    3,
    'refang: `--format` cannot be `html`\n  help: write `text`, `markdown` or `json`\n',
  ],
  [
    ['diff', '--against', 'release'],
    3,
    'error[RF802]: `release` is no commit of this repository\n  = why: without the state before, no difference is known\n  = help: name a branch, a tag, a hash or a folder; `git log` lists the commits\n\n1 error\n',
  ],
])('%j', async (args, code, stderr) => {
  expect(refang(await changed(), args)).toEqual({ code, stdout: '', stderr });
});

test('bad input has the exit code of bad input, on either side', async () => {
  const bad = { 'indicators.yaml': INDICATORS.replace('old[.]', 'old..') };
  const now = repositoryWith(PROJECT);
  change(now, bad);
  expect(refang(now, ['diff']).code).toBe(2);
  const before = repositoryWith({ ...PROJECT, ...bad });
  change(before, { 'indicators.yaml': INDICATORS });
  const { code, stdout, stderr } = refang(before, ['diff']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('error[RF804]: `HEAD` does not build: 1 error\n');
});

test('outside of a repository', async () => {
  const { code, stderr } = refang(folderWith(PROJECT), ['diff']);
  expect([code, stderr.split('\n')[0]]).toEqual([3, 'error[RF801]: the project is not in a git repository']);
});
