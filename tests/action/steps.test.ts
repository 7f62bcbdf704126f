/** The steps of action.yml as a whole: what stops a job, where findings stand, and that nothing of an input is a command. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledRefang } from '../cli/refang.ts';
import { readCommands, readSarif } from '../diagnostics/format-readers.ts';
import { INDICATORS, PROJECT } from '../project.ts';
import { commit, git, repositoryWith } from '../repository.ts';
import { type Event, type JobRun, preparedAction } from './run-action.ts';

const refang = await bundledRefang();
const runAction = preparedAction(refang.start.script);
const PUSH: Event = { name: 'push' };

const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const BAD = { ...PROJECT, 'indicators.yaml': `${INDICATORS}  - ip: 192.0.2.300\n` };

function codes({ steps }: JobRun): (number | null)[] {
  return steps.map(({ code }) => code);
}

/** The head of a branch, merged into `main` as GitHub does or checked out itself. */
function pullRequest(workspace: string, change: Readonly<Record<string, string>>, merged: boolean): Event {
  const base = git(workspace, ['rev-parse', 'main']);
  git(workspace, ['checkout', '--quiet', '-b', 'topic']);
  const head = commit(workspace, change);
  if (merged) {
    git(workspace, ['checkout', '--quiet', '--detach', 'main']);
    git(workspace, ['merge', '--quiet', '--no-ff', '--no-edit', 'topic']);
  }
  return {
    name: 'pull_request',
    pull_request: { number: 7, head: { sha: head }, base: { ref: 'main', sha: base } },
  };
}

test('a push that is right: checked and fresh, nothing compared', async () => {
  const workspace = repositoryWith(PROJECT);
  refang(workspace, ['build']);
  const job = await runAction({ workspace, event: PUSH });
  expect(job.steps.map(({ name }) => name)).toEqual([
    'Install Refang',
    'Indicators, settings and guards',
    'Output is fresh',
  ]);
  expect(job).toMatchObject({ status: 'success', outputs: { findings: '0', differs: '' }, summary: '' });
});

test('a project below the root: findings stand at paths from the root', async () => {
  const workspace = repositoryWith(below('teams/a,b', BAD));
  const inputs = { 'working-directory': 'teams/a,b', sarif: 'refang.sarif' };
  const job = await runAction({ workspace, event: PUSH, inputs });
  expect(codes(job)).toEqual([0, 2]);
  const [command] = readCommands(job.steps[1]?.stdout ?? '');
  expect(command?.properties.file).toBe('teams/a,b/indicators.yaml');
  const [result] = readSarif(readFileSync(join(workspace, 'refang.sarif'), 'utf8')).results;
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('teams/a%2Cb/indicators.yaml');
});

test.each<[warnings: string, code: number, status: string]>([
  ['fail', 1, 'failure'],
  ['pass', 0, 'success'],
])('warnings: %s', async (warnings, code, status) => {
  const workspace = repositoryWith({
    ...PROJECT,
    'indicators.yaml': INDICATORS.replace(
      '  allow: {guard: special-use, reason: documentation values, owner: Example CERT}\n',
      '',
    ),
  });
  refang(workspace, ['build']);
  const job = await runAction({ workspace, event: PUSH, inputs: { warnings } });
  // Freshness is asked in both cases.
  expect(codes(job)).toEqual([0, code, 0]);
  expect(job).toMatchObject({ status, outputs: { findings: '1' } });
});

test('files are checked in place of the inputs', async () => {
  const workspace = repositoryWith({ ...PROJECT, 'a b.yaml': BAD['indicators.yaml'], '--fix': INDICATORS });
  const job = await runAction({ workspace, event: PUSH, inputs: { files: 'a b.yaml\n\n--fix\n' } });
  expect(readCommands(job.steps[1]?.stdout ?? '').map(({ properties }) => properties.file)).toContain(
    'a b.yaml',
  );
  expect(readFileSync(join(workspace, '--fix'), 'utf8')).toBe(INDICATORS);
});

test.each(['; touch planted', '$(touch planted)', '`touch planted`', "' || touch planted #", '--fix'])(
  'an input that is meant for a shell is a word: %s',
  async (word) => {
    const workspace = repositoryWith(PROJECT);
    const before = git(workspace, ['status', '--porcelain']);
    const inputs = { files: word, targets: word, 'as-of': word, against: word, engines: word, prove: 'true' };
    const job = await runAction({ workspace, event: PUSH, inputs });
    expect(job.status).toBe('failure');
    expect(git(workspace, ['status', '--porcelain'])).toBe(before);
  },
);

test('what an indicator says is no command of the runner', async () => {
  const planted = '##[add-mask]e';
  const workspace = repositoryWith({
    ...PROJECT,
    'indicators.yaml': INDICATORS.replace('host[.]example', `host${planted}`),
  });
  const event = pullRequest(workspace, { 'note.txt': 'x' }, true);
  const { steps } = await runAction({ workspace, event, inputs: { comment: 'false' } });
  const [, check, compared] = steps.map(({ stdout }) => stdout);
  // The runner reads `::error` at the beginning of a line before it looks for `##[` in it.
  expect(check).toMatch(/^(?:::(?:error|warning|notice) .*\n)+$/);
  expect(compared).toContain(planted);
  expect(compared?.replace(/^::stop-commands::(.*)\n[\s\S]*?^::\1::\n/gm, '')).toBe('');
});

test.each([true, false])('compared with the base, merged into it or not: %s', async (merged) => {
  const workspace = repositoryWith(PROJECT);
  const event = pullRequest(workspace, { 'indicators.yaml': INDICATORS.replace('old[.]', 'new[.]') }, merged);
  // What came to the base since is not of the pull request.
  const job = await runAction({ workspace, event, inputs: { comment: 'false' } });
  expect(job.outputs.differs).toBe('true');
  expect(job.summary).toContain('`new[.]example` domain');
  expect(job.summary).toContain('`old[.]example` domain');
});

test('a folder cannot take the place of the base', async () => {
  const workspace = repositoryWith(PROJECT);
  const event = pullRequest(workspace, below('origin/main', PROJECT), true);
  const { steps, status } = await runAction({ workspace, event });
  expect(status).toBe('failure');
  expect(steps.at(-1)?.stdout).toBe(
    '::error title=Refang::The project has a folder with the name of the base. It would be compared in place of the base\n',
  );
});

test('a base that cannot be built stops no pull request that mends it', async () => {
  const workspace = repositoryWith(BAD);
  const event = pullRequest(workspace, { 'indicators.yaml': INDICATORS }, true);
  refang(workspace, ['build']);
  const job = await runAction({ workspace, event, inputs: { comment: 'false' } });
  expect(job).toMatchObject({ status: 'success', outputs: { findings: '0', differs: '' } });
  expect(job.summary).toContain('### Refang: nothing can be compared');
});

test('a fork is never read with the rights of the repository', async () => {
  const workspace = repositoryWith(PROJECT);
  const job = await runAction({ workspace, event: { name: 'pull_request_target' } });
  expect(codes(job)).toEqual([3]);
  expect(job.steps[0]?.stdout).toBe(
    '::error title=Refang::Use the event pull_request. Under pull_request_target a fork would be read with the rights of this repository\n',
  );
});

test('the proof names the engine that is missing', async () => {
  const workspace = repositoryWith(PROJECT);
  refang(workspace, ['build']);
  const job = await runAction({ workspace, event: PUSH, inputs: { prove: 'true', engines: 'zeek' } });
  expect(codes(job)).toEqual([0, 0, 0, 1]);
  expect(job.steps.at(-1)?.stdout).toMatch(/^::error title=Refang proof::/m);
});
