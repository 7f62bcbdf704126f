/** What git makes of two branches, and what the next build makes of that. */

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assignSids } from '../../compiler/identity/sids.ts';
import { build } from '../../compiler/index.ts';
import { PROJECT } from '../project.ts';
import { git, Repository, type Snapshot } from './repository.ts';

const UNION = { '.gitattributes': 'refang.lock merge=union\nout/** -text\n' };

const INDICATORS = `refang: 1
reports:
  sample: {title: A sample, author: Example CERT, published: 2025-01-15}
defaults:
  report: sample
  status: active
  confidence: 80
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
  - domain: |
      # first
      b[.]example
      d[.]example
      f[.]example
      # last
  - ip: |
      192.0.2[.]1
      192.0.2[.]3
      192.0.2[.]5
      # last
`;

/** Names with sids, grouped rules with UUIDs in a file each, zones with serials, an export. */
const FILES = {
  ...UNION,
  'refang.yaml': 'targets: [suricata, sigma, rpz, stix]\n',
  'indicators.yaml': INDICATORS,
};

/** Two edits at different places of the file, which change the same grouped rules, zones and lists. */
const LEFT = [
  ['      # first\n', '      # first\n      a[.]example\n      evil[.]example\n'],
  ['  - ip: |\n', '  - ip: |\n      203.0.113[.]9\n'],
] as const;
const RIGHT = [
  [
    '      f[.]example\n      # last\n',
    '      f[.]example\n      # last\n      zz[.]example\n  - mutex: Global\\one\n',
  ],
  ['192.0.2[.]5\n', '192.0.2[.]5\n      198.51.100[.]7\n'],
] as const;

type Edit = readonly (readonly [from: string, to: string])[];

const edited = (text: string, edit: Edit) => {
  const after = edit.reduce((before, [from, to]) => before.replace(from, to), text);
  expect(after).not.toBe(text);
  return after;
};

const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03'] as const;

/** A repository with the branches `left` and `right`, each built, from `main`. */
async function twoBranches(
  files: Readonly<Record<string, string>>,
  left: Edit,
  right: Edit,
): Promise<Repository> {
  const repository = new Repository(files);
  const text = files['indicators.yaml'] as string;
  await repository.commit({}, DAYS[0]);
  repository.branch('left', 'main');
  await repository.commit({ 'indicators.yaml': edited(text, left) }, DAYS[1]);
  repository.branch('right', 'main');
  await repository.commit({ 'indicators.yaml': edited(text, right) }, DAYS[2]);
  return repository;
}

/** What stands after a branch is merged into another and built; `conflicts` takes the paths that git left in conflict. */
async function merged(
  repository: Repository,
  into: string,
  from: string,
  conflicts: string[] = [],
): Promise<Snapshot> {
  repository.branch(`${from}-into-${into}`, into);
  conflicts.push(...repository.merge(from));
  await repository.commit({}, DAYS[2]);
  return repository.snapshot();
}

test('two branches that add indicators: merged in either order they are as one branch with both', async () => {
  const repository = await twoBranches(FILES, LEFT, RIGHT);
  const conflicts: string[] = [];
  const one = await merged(repository, 'left', 'right', conflicts);
  const other = await merged(repository, 'right', 'left', conflicts);

  repository.branch('both', 'left');
  const text = edited(edited(INDICATORS, LEFT), RIGHT);
  await repository.commit({ 'indicators.yaml': text }, DAYS[2]);

  expect(one).toEqual(repository.snapshot());
  expect(other).toEqual(repository.snapshot());
  // Git left marks of conflicts in files of the output, its manifest among them, and nowhere else.
  expect(conflicts).toContain('out/manifest.json');
  expect(conflicts.filter((path) => !path.startsWith('out/'))).toEqual([]);
  expect(JSON.stringify(one)).not.toContain('<<<<<<<');
  // A grouped rule that both changed is at a revision above both.
  const lock = one['refang.lock'] as string;
  expect(lock).toMatch(/^sigma\/\S+ \S+ 3 /m);
  expect(lock).toMatch(/^rpz\/@file\/\S+ - 3 /m);
  // A build after that has nothing to say.
  const again = await build({ cwd: repository.folder, asOf: '2026-05-05', check: true });
  expect([again.stale, again.session.diagnostics]).toEqual([[], []]);
}, 60_000);

describe('two branches that gave one sid to different rules', () => {
  const RANGE = [1000, 1299] as const;
  const home = (name: string) =>
    assignSids({
      publisherId: 'refang',
      keys: [`mine/names/domain/${name}`],
      range: RANGE,
      locked: new Map(),
    })
      ?.sids.values()
      .next().value;
  const names = Array.from({ length: 200 }, (_, at) => `host${at}.example`);
  const pair = names
    .flatMap((one) =>
      names.filter((two) => two > one && home(two) === home(one)).map((two) => [one, two] as const),
    )
    .find(([one, two]) => one !== two) as readonly [string, string];
  const files = {
    ...PROJECT,
    ...UNION,
    'refang.yaml': `publisher: {name: Refang, id: refang}\ntargets:\n  - {name: mine, options: {sid: [${RANGE.join(', ')}]}}\n  - wall\n`,
  };
  const INPUT = PROJECT['indicators.yaml'] as string;
  const first: Edit = [['  - domain: |\n', `  - domain: |\n      ${pair[0]}\n`]];
  const second: Edit = [['  - mutex', `  - {domain: ${pair[1]}, severity: low}\n  - mutex`]];
  const sidOf = (snapshot: Snapshot, name: string) =>
    new RegExp(`^mine/names/domain/${name} (\\S+)`, 'm').exec(snapshot['refang.lock'] as string)?.[1];

  test.each([
    ['the first on the left', first, second],
    ['the first on the right', second, first],
  ])(
    '%s: the second gives it up, as one build of both has it',
    async (_, left, right) => {
      const repository = await twoBranches({ ...files, 'indicators.yaml': INPUT }, left, right);
      const one = await merged(repository, 'left', 'right');
      const other = await merged(repository, 'right', 'left');
      expect(one).toEqual(other);
      const shared = String(home(pair[0]));
      expect(sidOf(one, pair[0])).toBe(shared);
      const [id, before] = sidOf(one, pair[1])?.split(',') ?? [];
      expect(id).not.toBe(shared);
      expect(before).toBe(shared);

      repository.branch('both', 'main');
      await repository.commit({ 'indicators.yaml': edited(edited(INPUT, left), right) }, DAYS[2]);
      expect(sidOf(repository.snapshot(), pair[0])).toBe(shared);
      expect(sidOf(repository.snapshot(), pair[1])).toBe(id);
    },
    60_000,
  );

  test('the build that heals it says so at the line of the lock, the next one is silent', async () => {
    const repository = await twoBranches({ ...files, 'indicators.yaml': INPUT }, first, second);
    repository.merge('left');
    const { session } = await build({ cwd: repository.folder, asOf: DAYS[2] });
    expect(session.diagnostics).toMatchObject([{ code: 'RF605', severity: 'warning' }]);
    const [{ span, related }] = session.diagnostics as [(typeof session.diagnostics)[0]];
    const textAt = (at: typeof span) => at?.file.text.slice(at.start, at.end);
    expect(textAt(span)).toBe(`mine/names/domain/${pair[1]}`);
    expect(textAt(related?.[0]?.span)).toBe(`mine/names/domain/${pair[0]}`);
    const again = await build({ cwd: repository.folder, asOf: DAYS[2] });
    expect(again.session.diagnostics).toEqual([]);
  }, 60_000);
});

describe('marks of a conflict', () => {
  test('in the lock, where the attribute is missing, are refused; with the lines of both sides it goes on', async () => {
    const repository = await twoBranches({ ...FILES, '.gitattributes': 'out/** -text\n' }, LEFT, RIGHT);
    expect(repository.merge('left')).toContain('refang.lock');
    const { session } = await build({ cwd: repository.folder, asOf: DAYS[2] });
    const lock = repository.path('refang.lock');
    const lines = readFileSync(lock, 'utf8').split('\n');
    const marks = lines.flatMap((line, at) => (/^(<{7}|={7}|>{7})/.test(line) ? [at + 1] : []));
    expect(marks.length).toBeGreaterThanOrEqual(3);
    expect(session.failed).toBe('input');
    expect(session.diagnostics.map(({ code, span }) => [code, span?.file.position(span.start).line])).toEqual(
      marks.map((line) => ['RF601', line]),
    );

    writeFileSync(lock, lines.filter((_, at) => !marks.includes(at + 1)).join('\n'));
    await repository.build(DAYS[2]);
    const mended = repository.snapshot();
    git(repository.folder, 'add', '--all');
    git(repository.folder, 'commit', '--quiet', '--message=mended');
    const united = await twoBranches(FILES, LEFT, RIGHT);
    expect(mended).toEqual(await merged(united, 'right', 'left'));
  }, 60_000);

  test('in the manifest: a build of some targets is refused, one of all writes it anew', async () => {
    const repository = await twoBranches(FILES, LEFT, RIGHT);
    repository.merge('left');
    const before = repository.snapshot();
    const { session } = await build({ cwd: repository.folder, asOf: DAYS[2], targets: ['rpz'] });
    expect(session.diagnostics).toMatchObject([
      { code: 'RF602', message: 'a merge has damaged `out/manifest.json`' },
    ]);
    expect(repository.snapshot()).toEqual(before);
    const { stale } = await build({ cwd: repository.folder, asOf: DAYS[2], check: true });
    expect(stale).toContain('manifest.json (differs)');
    await repository.build(DAYS[2]);
    const { files } = JSON.parse(repository.snapshot()['out/manifest.json'] as string);
    const paths = files.map(({ path }: { path: string }) => `out/${path}`);
    expect(Object.keys(repository.snapshot()).sort()).toEqual(
      [...paths, 'out/manifest.json', 'refang.lock'].sort(),
    );
  }, 60_000);
});
