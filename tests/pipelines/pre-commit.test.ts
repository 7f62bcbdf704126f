/** The hooks of .pre-commit-hooks.yaml, by pre-commit itself: it clones this project, makes it and runs it. */

import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { bundledRefang, ROOT } from '../cli/refang.ts';
import { copyCheckout, removeCheckout } from '../e2e/checkout.ts';
import { commit, git } from '../repository.ts';
import { folderWith } from '../temporary.ts';
import { programTest } from './programs.ts';

const HOOKS = '.pre-commit-hooks.yaml';
const preCommit = programTest('pre-commit');
const refang = await bundledRefang();

/** What of this project is in its repository, committed. */
function repositoryOfHooks(): string {
  const folder = copyCheckout();
  onTestFinished(() => removeCheckout(folder));
  rmSync(join(folder, 'node_modules'));
  for (const path of [HOOKS, 'package-lock.json']) copyFileSync(join(ROOT, path), join(folder, path));
  git(folder, ['init', '--quiet', '--initial-branch=main']);
  commit(folder, {});
  return folder;
}

preCommit('the manifest is one', () => {
  expect(preCommit.run(['validate-manifest', HOOKS], { cwd: ROOT })).toEqual({ code: 0, text: '' });
});

preCommit('a project is checked before each commit', () => {
  const hooks = repositoryOfHooks();
  const project = folderWith();
  git(project, ['init', '--quiet', '--initial-branch=main']);
  refang(project, ['init', '--ci', 'none']);
  expect(refang(project, ['build']).code).toBe(0);
  const config = `repos:
  - repo: ${hooks}
    rev: ${git(hooks, ['rev-parse', 'HEAD'])}
    hooks: [{ id: refang-fmt }, { id: refang-check }, { id: refang-build-check }]
`;
  commit(project, { '.pre-commit-config.yaml': config });
  const home = folderWith();
  const run = () =>
    preCommit.run(['run', '--all-files', '--color=never'], {
      cwd: project,
      env: { ...process.env, PRE_COMMIT_HOME: home, NO_COLOR: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    });
  const fine = run();
  expect(fine.text).toMatch(/^refang fmt\.+Passed\nrefang check\.+Passed\nrefang build --check\.+Passed$/m);
  expect(fine.code).toBe(0);

  cpSync(join(project, 'indicators.yaml'), join(project, 'more.yaml'));
  commit(project, {
    'refang.yaml': 'inputs: [indicators.yaml, more.yaml]\n',
    'more.yaml': 'refang:   1\nindicators:\n  - ip: 192.0.2.300\n',
  });
  const bad = run();
  expect(bad.code).toBe(1);
  expect(bad.text).toMatch(/^refang check\.+Failed$/m);
  expect(bad.text).toContain('error[RF308]: `192.0.2.300` is not an IP address: `300` is over 255');
  expect(bad.text).toMatch(/^refang build --check\.+Failed$/m);
});
