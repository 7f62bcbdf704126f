/** The one comment on a pull request, against an API on loopback. */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../cli/refang.ts';
import { folderWith } from '../temporary.ts';
import { type FakeGithub, fakeGithub } from './fake-github.ts';

const BOT = 'github-actions[bot]';
const REPORT = '<!-- refang-diff -->\n### Refang: 1 indicator added\n';

interface Told {
  code: number | null;
  stdout: string;
  stderr: string;
  summary: string;
}

async function comment(
  github: Pick<FakeGithub, 'api'>,
  report = REPORT,
  env: NodeJS.ProcessEnv = {},
): Promise<Told> {
  const folder = folderWith({ 'report.md': report, 'summary.md': '' });
  const child = spawn(process.execPath, [join(ROOT, 'scripts/action/comment.mjs')], {
    env: {
      REFANG_REPORT: join(folder, 'report.md'),
      REFANG_DIFFERS: 'true',
      REFANG_COMMENT: 'true',
      REFANG_PROJECT: '',
      PULL_REQUEST: '7',
      GITHUB_TOKEN: 'job-token',
      GITHUB_API_URL: github.api,
      GITHUB_REPOSITORY: 'example/intel',
      GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      ...env,
    },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr, summary: readFileSync(join(folder, 'summary.md'), 'utf8') };
}

const bodies = ({ comments }: FakeGithub) => comments.map(({ body }) => body);

test('the first run writes it', async () => {
  const github = await fakeGithub(['reviewer', 'Please look at this']);
  expect(await comment(github)).toEqual({
    code: 0,
    stdout: 'wrote https://host.example/pull/7#comment-2\n',
    stderr: '',
    summary: '',
  });
  expect(bodies(github)).toEqual(['Please look at this', REPORT]);
});

test('a later run changes it', async () => {
  const github = await fakeGithub(
    ['reviewer', 'Please look at this'],
    [BOT, '<!-- refang-diff -->\nearlier'],
  );
  expect((await comment(github)).stdout).toBe('changed https://host.example/pull/7#comment-2\n');
  expect(bodies(github)).toEqual(['Please look at this', REPORT]);
});

test('a run that has the same to say writes nothing', async () => {
  const github = await fakeGithub([BOT, REPORT]);
  expect((await comment(github)).stdout).toBe('as it was: https://host.example/pull/7#comment-1\n');
  expect(github.asked).toEqual(['GET /repos/example/intel/issues/7/comments?per_page=100&page=1']);
});

test('it is found behind two hundred others', async () => {
  const others = Array.from({ length: 200 }, (_, at) => ['reviewer', `remark ${at}`] as [string, string]);
  const github = await fakeGithub(...others, [BOT, '<!-- refang-diff -->\nearlier']);
  expect((await comment(github)).stdout).toBe('changed https://host.example/pull/7#comment-201\n');
  expect(github.comments).toHaveLength(201);
});

test('what another wrote stays, whatever it begins with', async () => {
  const github = await fakeGithub(['stranger', REPORT], [BOT, 'of another action <!-- refang-diff -->']);
  expect((await comment(github)).stdout).toBe('wrote https://host.example/pull/7#comment-3\n');
  expect(bodies(github)[0]).toBe(REPORT);
});

test('a pull request that changes nothing is left alone, unless it has the comment', async () => {
  const same = '<!-- refang-diff -->\n### Refang: no changes\n';
  const github = await fakeGithub(['reviewer', 'Please look at this']);
  const env = { REFANG_DIFFERS: 'false' };
  expect((await comment(github, same, env)).stdout).toBe('nothing changes, and there is no comment\n');
  await comment(github);
  await comment(github, same, env);
  expect(bodies(github)).toEqual(['Please look at this', same]);
});

test('each project of a repository has its own', async () => {
  const github = await fakeGithub([BOT, REPORT]);
  await comment(github, REPORT, { REFANG_PROJECT: 'teams/a -->b/' });
  expect(bodies(github)).toEqual([
    REPORT,
    '<!-- refang-diff teams%2Fa%20--%3Eb%2F -->\n### Refang: 1 indicator added\n',
  ]);
  await comment(github, `${REPORT}\nmore\n`, { REFANG_PROJECT: 'teams/a -->b/' });
  expect(github.comments).toHaveLength(2);
});

describe('goes to the summary', () => {
  const notice = (why: string) =>
    `::notice title=Refang::The comment could not be written (${why}), so it is in the summary\n`;

  test.each<[when: string, status: number]>([
    ['the token of a fork may only read', 403],
    ['GitHub does not take the body', 422],
    ['GitHub fails', 502],
  ])('where %s', async (_, status) => {
    const github = await fakeGithub();
    github.refuse = status;
    expect(await comment(github)).toEqual({
      code: 0,
      stdout: notice(`GitHub answered ${status} to POST /issues/7/comments`),
      stderr: '',
      summary: `${REPORT}\n`,
    });
  });

  test('where it is too long for a comment', async () => {
    const github = await fakeGithub();
    const long = `${REPORT}${'- `malware[.]example` domain\n'.repeat(3000)}`;
    const { code, summary } = await comment(github, long);
    expect({ code, summary }).toEqual({ code: 0, summary: `${long}\n` });
    expect(github.comments).toEqual([]);
  });

  test('where nobody answers', async () => {
    const told = await comment({ api: 'http://127.0.0.1:9' });
    expect(told).toMatchObject({ code: 0, stdout: notice('fetch failed'), summary: `${REPORT}\n` });
  });

  test('where there is no pull request, or no comment is wanted', async () => {
    const github = await fakeGithub();
    for (const env of [{ PULL_REQUEST: '' }, { REFANG_COMMENT: 'false' }])
      expect(await comment(github, REPORT, env)).toMatchObject({ code: 0, summary: `${REPORT}\n` });
    expect(github.asked).toEqual([]);
  });
});
