/** Runs action.yml as a runner of GitHub does: its own steps, conditions, variables and scripts. */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ROOT, type Run } from '../cli/refang.ts';
import { folderWith } from '../temporary.ts';
import { ACTION, type Step } from './action-file.ts';
import { holds, interpolate, type Status } from './expressions.ts';

/** What started the job. */
export interface Event {
  name: 'pull_request' | 'pull_request_target' | 'push' | 'schedule';
  pull_request?: { number: number; head: { sha: string }; base: { ref: string; sha: string } };
}

export interface Job {
  /** The checkout, from which everything runs. */
  workspace: string;
  event: Event;
  inputs?: Readonly<Record<string, string>>;
  /** Where GitHub's API is, on loopback. */
  api?: string;
}

export interface StepRun extends Run {
  name: string;
}

export interface JobRun {
  status: Status;
  /** Those that ran. */
  steps: readonly StepRun[];
  outputs: Readonly<Record<string, string>>;
  /** The Markdown of $GITHUB_STEP_SUMMARY. */
  summary: string;
}

export type RunAction = (job: Job) => Promise<JobRun>;

/** The action in a folder of its own, with a command line that is already made; to be called at the top of a file. */
export function preparedAction(script: string): RunAction {
  const action = mkdtempSync(join(ROOT, 'node_modules', '.refang-action-'));
  afterAll(() => rmSync(action, { recursive: true, force: true }));
  cpSync(join(ROOT, 'scripts/action'), join(action, 'scripts/action'), { recursive: true });
  mkdirSync(join(action, 'dist'));
  writeFileSync(join(action, 'dist/refang.cjs'), `import(${JSON.stringify(script)});\n`);
  return (job) => runJob(action, job);
}

async function runJob(action: string, job: Job): Promise<JobRun> {
  const temporary = folderWith({ output: '', summary: '' });
  const inputs = Object.fromEntries(
    Object.entries(ACTION.inputs).map(([name, { default: value }]) => [name, job.inputs?.[name] ?? value]),
  );
  const steps: Record<string, { outcome: string; outputs: Record<string, string> }> = {};
  const { name, ...event } = job.event;
  const contexts = { inputs, steps, github: { event_name: name, event, token: 'job-token' } };
  let status: Status = 'success';
  const ran: StepRun[] = [];
  for (const step of ACTION.runs.steps) {
    if (!holds(step.if, contexts, status)) continue;
    writeFileSync(join(temporary, 'output'), '');
    const run = await runStep(step, {
      cwd: join(job.workspace, interpolate(step['working-directory'] ?? '.', contexts)),
      env: {
        ...environment(action, temporary, job),
        ...Object.fromEntries(
          Object.entries(step.env ?? {}).map(([key, text]) => [key, interpolate(text, contexts)]),
        ),
      },
    });
    ran.push({ name: step.name, ...run });
    if (run.code !== 0) status = 'failure';
    if (step.id !== undefined)
      steps[step.id] = {
        outcome: run.code === 0 ? 'success' : 'failure',
        outputs: readOutputs(readFileSync(join(temporary, 'output'), 'utf8')),
      };
  }
  const outputs = Object.entries(ACTION.outputs).map(([key, { value }]) => [
    key,
    interpolate(value, contexts),
  ]);
  const summary = readFileSync(join(temporary, 'summary'), 'utf8');
  return { status, steps: ran, outputs: Object.fromEntries(outputs), summary };
}

/** Nothing of the machine's own: neither its settings of git nor the CI that runs these tests. */
function environment(action: string, temporary: string, job: Job): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: temporary,
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: action,
    GITHUB_EVENT_NAME: job.event.name,
    GITHUB_BASE_REF: job.event.pull_request?.base.ref ?? '',
    GITHUB_WORKSPACE: job.workspace,
    GITHUB_REPOSITORY: 'example/intel',
    GITHUB_API_URL: job.api ?? 'http://127.0.0.1:9',
    GITHUB_OUTPUT: join(temporary, 'output'),
    GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
    RUNNER_TEMP: temporary,
  };
}

/** As a runner calls `shell: bash`. */
function runStep({ run }: Step, options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<Run> {
  const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', run], options);
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      written[stream] += text;
    });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...written }));
  });
}

function readOutputs(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
}
