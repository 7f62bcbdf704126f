/** action.yml by GitHub's own parser, and what keeps a workflow's texts out of its commands. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../cli/refang.ts';
import { programTest } from '../pipelines/programs.ts';
import { ACTION, ACTION_TEXT } from './action-file.ts';
import { actionFaults } from './github-parser.ts';

const FOLDER = join(ROOT, 'scripts/action');
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.sh'));
const steps = ACTION.runs.steps.map((step) => [step.name, step] as const);

test('GitHub takes it', () => expect(actionFaults(ACTION_TEXT)).toEqual([]));

test.each<[change: string, before: string, after: string]>([
  ['a key that is none', 'branding:', 'brandings:'],
  ['a context that actions do not have', 'inputs.strict', 'secrets.strict'],
  ['an expression that is none', "inputs.prove == 'true'", "inputs.prove = 'true'"],
])('GitHub would tell %s', (_, before, after) => {
  const changed = ACTION_TEXT.replace(before, after);
  expect(changed).not.toBe(ACTION_TEXT);
  expect(actionFaults(changed)).not.toEqual([]);
});

describe.each(steps)('step %s', (_, { run, env = {}, shell }) => {
  test('is one script, and no text of a workflow is part of its command', () => {
    expect(shell).toBe('bash');
    expect(run).toMatch(/^(?:bash|node) "\$GITHUB_ACTION_PATH\/scripts\/action\/[a-z-]+\.(?:sh|mjs)"$/);
    const path = run.replace(/^.*\$GITHUB_ACTION_PATH\/(.*)"$/, '$1');
    const text = readFileSync(join(ROOT, path), 'utf8');
    for (const name of Object.keys(env)) expect(text).toContain(name);
  });

  test('only the comment has the token', () => {
    const withToken = Object.values(env).some((value) => /token|secrets/.test(value));
    expect(withToken).toBe(run.includes('comment.mjs'));
  });
});

test('every input reaches a step, every script reads variables of its step only', () => {
  const used = ACTION.runs.steps.flatMap(({ env = {}, if: condition = '', ...step }) => [
    ...Object.values(env),
    condition,
    step['working-directory'] ?? '',
  ]);
  for (const name of Object.keys(ACTION.inputs))
    expect([name, used.some((text) => text.includes(`inputs.${name}`))]).toEqual([name, true]);
  for (const { run, env = {} } of ACTION.runs.steps) {
    const text = readFileSync(join(ROOT, run.replace(/^.*\$GITHUB_ACTION_PATH\/(.*)"$/, '$1')), 'utf8');
    const read = new Set(text.match(/\b(?:REFANG|PULL_REQUEST)[A-Z_]*/g));
    expect([...read].sort()).toEqual(
      Object.keys(env)
        .filter((name) => name !== 'GITHUB_TOKEN')
        .sort(),
    );
  }
});

const shellcheck = programTest('shellcheck');
shellcheck('shellcheck has nothing to say of the scripts', () => {
  const { code, text } = shellcheck.run(['-x', '-P', 'SCRIPTDIR', ...SCRIPTS], { cwd: FOLDER });
  expect({ code, text }).toEqual({ code: 0, text: '' });
});

const bash = programTest('bash');
for (const script of SCRIPTS)
  bash(`${script} is bash`, () => {
    expect(bash.run(['-n', join(FOLDER, script)])).toEqual({ code: 0, text: '' });
  });
