/** examples/gitlab-ci.yml: its lines run as GitLab's runner does, in a project with a merge request. */

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { load } from 'js-yaml';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bundledRefang, ROOT } from '../cli/refang.ts';
import { readJunit } from '../diagnostics/format-readers.ts';
import { INDICATORS } from '../project.ts';
import { commit, git, repositoryWith } from '../repository.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { programTest } from './programs.ts';

const FILE = join(ROOT, 'examples/gitlab-ci.yml');
const refang = await bundledRefang();

interface Job {
  script: readonly string[];
  artifacts?: { reports?: Readonly<Record<string, string>>; paths?: readonly string[] };
  allow_failure?: { exit_codes: readonly number[] };
}

const JOBS = load(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Job>>;

/** A project that builds YARA rules alone, whose engine needs nothing but npm. */
const PROJECT = { 'indicators.yaml': INDICATORS, 'refang.yaml': 'targets: [yara]\n' };

/** In place of npx: leaves its own words out and starts the command line of this project. */
const NPX = `#!/bin/sh
case "$*" in *--package*) command=refang ;; *) command=refang@VERSION ;; esac
while [ "$1" != "$command" ]; do shift; done
shift
exec "$NODE" "$REFANG_SCRIPT" "$@"
`;

/** Runs the lines of a job one after the other, as a runner does: the first that fails ends it. */
function run(job: string, folder: string, env: NodeJS.ProcessEnv = {}) {
  const bin = folderWith({ npx: NPX });
  chmodSync(join(bin, 'npx'), 0o755);
  return spawnSync('bash', ['--norc', '-e', '-o', 'pipefail', '-c', (JOBS[job] as Job).script.join('\n')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...refang.start.env,
      NO_COLOR: '1',
      PATH: `${bin}:${process.env.PATH}`,
      NODE: process.execPath,
      REFANG_SCRIPT: refang.start.script,
      ...env,
    },
  });
}

function built(): string {
  const folder = repositoryWith(PROJECT);
  expect(refang(folder, ['build']).code).toBe(0);
  commit(folder, {});
  return folder;
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

test('check: findings become a Code Quality report, and a warning stops nothing', () => {
  const report = JOBS.check?.artifacts?.reports?.codequality as string;
  const folder = repositoryWith(PROJECT);
  expect(run('check', folder).status).toBe(0);
  expect(JSON.parse(read(folder, report))).toEqual([]);
  writeFiles(folder, { 'indicators.yaml': `${INDICATORS}  - ip: 192.0.2.300\n` });
  expect(run('check', folder).status).toBe(2);
  expect(JSON.parse(read(folder, report))).toMatchObject([{ check_name: 'not-an-address' }]);
  expect(JOBS.check?.allow_failure).toEqual({ exit_codes: [1] });
});

test('fresh: fails where the output is stale, and writes nothing', () => {
  const folder = built();
  expect(run('fresh', folder).status).toBe(0);
  writeFiles(folder, { 'indicators.yaml': `${INDICATORS}  - domain: new.example\n` });
  const before = filesBelow(join(folder, 'out'));
  expect(run('fresh', folder).status).toBe(1);
  expect(filesBelow(join(folder, 'out'))).toEqual(before);
});

test('prove: every rule is a test of the report', () => {
  const folder = built();
  const { status, stderr } = run('prove', folder);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const cases = readJunit(read(folder, JOBS.prove?.artifacts?.reports?.junit as string));
  expect(cases.length).toBeGreaterThan(0);
  expect(cases.filter(({ failure }) => failure)).toEqual([]);
});

test('changes: compared with the commit where the branch began', () => {
  const folder = built();
  const base = git(folder, ['rev-parse', 'HEAD']);
  commit(folder, { 'indicators.yaml': INDICATORS.replace('old[.]example', 'new[.]example') });
  expect(run('changes', folder, { CI_MERGE_REQUEST_DIFF_BASE_SHA: base }).status).toBe(0);
  const [path = ''] = JOBS.changes?.artifacts?.paths ?? [];
  expect(read(folder, path)).toContain('- `new[.]example` domain\n');
});

const schema = programTest('check-jsonschema');
schema('it is a pipeline as the schema of GitLab says', () => {
  const args = ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci', FILE];
  expect(schema.run(args)).toEqual({ code: 0, text: 'ok -- validation done\n' });
});

describe('note', () => {
  const NOTES = '/projects/12/merge_requests/34/notes';
  const REPORT = '<!-- refang-diff -->\n### Refang: 1 indicator added\n';

  interface Note {
    id: number;
    body: string;
    author: { id: number };
  }

  /** The part of GitLab's API that notes need, on loopback. */
  async function fakeGitlab(notes: Note[], refuse?: number): Promise<string> {
    const server = createServer(async (request, response) => {
      const answer = (status: number, content: unknown) => {
        response.writeHead(status).end(JSON.stringify(content));
      };
      const { pathname, searchParams } = new URL(request.url as string, 'http://127.0.0.1');
      const { method } = request;
      const sent = await text(request);
      if (request.headers['private-token'] !== 'project-token') return answer(401, {});
      if (pathname === '/user') return answer(200, { id: 1 });
      const from = (Number(searchParams.get('page')) - 1) * 100;
      if (method === 'GET' && pathname === NOTES) return answer(200, notes.slice(from, from + 100));
      if (refuse !== undefined) return answer(refuse, {});
      const { body } = JSON.parse(sent) as { body: string };
      const note = notes.find(({ id }) => pathname === `${NOTES}/${id}`);
      if (method === 'PUT' && note) note.body = body;
      else if (method === 'POST' && pathname === NOTES)
        notes.push({ id: notes.length + 1, body, author: { id: 1 } });
      else return answer(404, {});
      return answer(200, {});
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function note(notes: Note[], refuse?: number) {
    const api = await fakeGitlab(notes, refuse);
    const folder = folderWith({
      'gitlab-note.mjs': readFileSync(join(ROOT, 'examples/gitlab-note.mjs'), 'utf8'),
      'refang-changes.md': REPORT,
    });
    const [line = ''] = JOBS.note?.script ?? [];
    const env = {
      PATH: process.env.PATH,
      CI_API_V4_URL: api,
      CI_PROJECT_ID: '12',
      CI_MERGE_REQUEST_IID: '34',
      REFANG_TOKEN: 'project-token',
    };
    const child = spawn('bash', ['--norc', '-e', '-c', line], { cwd: folder, env });
    const ended = new Promise<number | null>((done) => child.on('close', done));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, stdout, stderr };
  }

  test('is written once and then changed', async () => {
    const others = Array.from({ length: 120 }, (_, at) => ({
      id: at + 1,
      body: 'a remark',
      author: { id: 2 },
    }));
    const notes: Note[] = [...others, { id: 121, body: REPORT, author: { id: 2 } }];
    expect(await note(notes)).toEqual({ code: 0, stdout: 'wrote the note\n', stderr: '' });
    expect(notes[121]).toEqual({ id: 122, body: REPORT, author: { id: 1 } });
    (notes[121] as Note).body = '<!-- refang-diff -->\nearlier';
    expect((await note(notes)).stdout).toBe('changed the note\n');
    expect(notes).toHaveLength(122);
    expect(notes[121]?.body).toBe(REPORT);
  });

  test('fails where the token may not write', async () => {
    const { code, stderr } = await note([], 403);
    expect(code).toBe(1);
    expect(stderr).toContain(`Error: GitLab answered 403 to POST ${NOTES}\n`);
  });
});
