/**
 * A project from its first commit through its pull requests, in a real repository and with the action's own steps. The files of
 * demonstration/ are what reviewers see: the comment, and the annotations at the lines.
 */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Project, type Seen } from './pull-requests.ts';

const FINE = {
  'Install Refang': 0,
  'Indicators, settings and guards': 0,
  'Output is fresh': 0,
  'What changes': 0,
  'Tell the pull request': 0,
};

async function reads({ comment, annotations }: Seen, name: string): Promise<void> {
  const folder = join(import.meta.dirname, 'demonstration');
  await expect(comment).toMatchFileSnapshot(join(folder, `${name}.md`));
  if (annotations !== '')
    await expect(annotations).toMatchFileSnapshot(join(folder, `${name}.annotations.txt`));
}

const SAMPLES = `    expires: 2026-02-01
    allow: { guard: special-use, reason: 'documentation values, which no network uses', owner: Example CERT }
`;

/** A name below one that is listed, and a network with an address that is listed. */
const MORE = `
  # Seen by our own sensors.
  - domain: |
      c2.malware[.]example
      dropper[.]example
${SAMPLES}  - cidr: 192.0.2[.]0/28
${SAMPLES}`;

const folder = mkdtempSync(join(tmpdir(), 'refang-demonstration-'));
/** As it began, and with more. */
const first = new Project(join(folder, 'first'));
const second = new Project(join(folder, 'second'));

function add(project: Project, text: string, day: string): void {
  project.commit(day, { 'indicators.yaml': project.read('indicators.yaml') + text }, 'Add');
}

beforeAll(() => {
  mkdirSync(first.folder);
  first.start('2026-01-10');
  cpSync(first.folder, second.folder, { recursive: true });
  add(second, MORE, '2026-01-12');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a pull request adds indicators, one of which others cover', async () => {
  const project = first.copy();
  project.branch('add');
  add(project, MORE, '2026-01-12');
  const seen = await project.open('2026-01-12');
  expect(seen.codes).toEqual(FINE);
  expect(seen.job.outputs).toEqual({ findings: '0', differs: 'true' });
  await reads(seen, 'add');
});

test('a pull request edits what is known: one rule only says it differently, another one matches less', async () => {
  const project = second.copy();
  project.branch('edit');
  project.edit('severity: critical', 'severity: high');
  project.edit('      dropper[.]example\n', '      dropper[.]example\n    match: exact\n');
  project.commit('2026-01-13', {}, 'Edit');
  const seen = await project.open('2026-01-13');
  expect(seen.codes).toEqual(FINE);
  await reads(seen, 'edit');
});

test('a nightly build opens a pull request for what has expired', async () => {
  const project = second.copy();
  expect(project.refang('build', '--check', '--as-of', '2026-02-02').code).toBe(1);
  project.branch('nightly');
  project.commit('2026-02-02', {}, 'Expire');
  const seen = await project.open('2026-02-02');
  expect(seen.codes).toEqual(FINE);
  await reads(seen, 'expire');
});

test('a pull request revokes what was wrong', async () => {
  const project = second.copy();
  project.branch('revoke');
  project.edit('      dropper[.]example\n', '      dropper[.]example\n    status: revoked\n');
  project.commit('2026-01-20', {}, 'Revoke');
  const seen = await project.open('2026-01-20');
  expect(seen.codes).toEqual(FINE);
  await reads(seen, 'revoke');
});

test('a pull request with bad input: its lines are told, nothing is built', async () => {
  const project = second.copy();
  project.branch('bad');
  project.edit('192.0.2[.]10', '192.0.2[.]300');
  project.edit('login[.]phishing[.]example', 'login..phishing[.]example');
  const before = project.read('out/manifest.json');
  expect(project.commit('2026-01-20', {}, 'Bad').code).toBe(2);
  expect(project.read('out/manifest.json')).toBe(before);
  const seen = await project.open('2026-01-20');
  const { 'Output is fresh': _, ...others } = FINE;
  expect(seen.codes).toEqual({ ...others, 'Indicators, settings and guards': 2 });
  expect(seen.job).toMatchObject({ status: 'failure', outputs: { findings: '2', differs: '' } });
  await reads(seen, 'bad');
});

test('a pull request whose author did not build', async () => {
  const project = second.copy();
  project.branch('unbuilt');
  const output = project.read('out/manifest.json');
  project.edit('dropper[.]example', 'dropper[.]example\n      stager[.]example');
  expect(project.refang('check', '--as-of', '2026-01-20').code).toBe(0);
  project.commitAsItIs('2026-01-20', 'Add, and do not build');
  expect(project.read('out/manifest.json')).toBe(output);
  const seen = await project.open('2026-01-20');
  expect(seen.codes).toEqual({ ...FINE, 'Output is fresh': 1 });
  await reads(seen, 'unbuilt');
});

test('two pull requests in a row: git merges the lock, a build mends the output', async () => {
  const project = second.copy();
  const day = '2026-01-20';
  project.branch('left');
  project.edit('      malware[.]example\n', '      left[.]example\n      malware[.]example\n');
  project.commit(day, {}, 'Left');
  project.branch('right');
  add(project, `  - domain: right.example\n${SAMPLES}`, day);

  expect(project.merge('left', day)).toEqual([]);
  const conflicts = project.merge('right', day);
  // What is made is in conflict, and nothing else.
  expect(conflicts).toContain('out/manifest.json');
  expect(conflicts.filter((path) => !path.startsWith('out/'))).toEqual([]);
  expect(project.refang('build', '--check', '--as-of', day).code).toBe(1);
  const { stderr } = project.commit(day, {}, 'Merge');
  expect(stderr).not.toMatch(/^(?:error|warning)/m);
  expect(project.refang('build', '--check', '--as-of', day)).toMatchObject({ code: 0, stderr: '' });
});
