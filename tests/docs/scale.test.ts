/** The examples of docs/scale.md divide a build as they say: their command lines are run, once for each part. */

import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { bundleRefang, ROOT } from '../cli/refang.ts';
import { PROJECT } from '../project.ts';
import { filesBelow, folderWith } from '../temporary.ts';

const page = readFileSync(join(ROOT, 'docs/scale.md'), 'utf8');
const partitions = /^## Partitions\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(page)?.[1] ?? '';
const blocks = [...partitions.matchAll(/```(sh|yaml)\n([\s\S]*?)```/g)].map(([, , text]) => text as string);
const [loop = '', actions = '', kubernetes = '', slurm = ''] = blocks;
const bundle = await bundleRefang('bundle');
const DAY = '2026-01-01';

interface Workflow {
  jobs: Record<
    string,
    { needs?: string; strategy?: { matrix: { number: number[] } }; steps: { run?: string }[] }
  >;
}
interface IndexedJob {
  kind: string;
  spec: {
    completions: number;
    completionMode: string;
    template: { spec: { containers: { command: string[]; args: string[] }[] } };
  };
}

/** A project, and programs `refang` and `npx` that run the command line from the sources. */
function projectFolder() {
  const folder = folderWith(PROJECT);
  const programs = folderWith();
  for (const [name, shift] of Object.entries({ refang: '', npx: 'shift; ' })) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${shift}exec "${process.execPath}" "${bundle}" "$@"\n`);
    chmodSync(join(programs, name), 0o755);
  }
  const path = `${programs}${delimiter}${process.env.PATH}`;
  const run = (script: string, env: Record<string, string> = {}) => {
    const ended = spawnSync('sh', ['-ec', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: path, ...env },
    });
    expect(ended.status, `${script}: ${ended.stderr}`).toBe(0);
  };
  return { folder, run };
}

/** Expects that the folder is what an undivided build makes of the project. */
async function expectWhole(folder: string) {
  const whole = folderWith(PROJECT);
  await build({ cwd: whole, asOf: DAY });
  rmSync(join(folder, 'parts'), { recursive: true });
  expect(filesBelow(folder)).toEqual(filesBelow(whole));
}

test('the loop of a shell', async () => {
  const { folder, run } = projectFolder();
  run(loop);
  await expectWhole(folder);
});

test('the matrix of GitHub Actions', async () => {
  const { folder, run } = projectFolder();
  const { jobs } = load(actions) as Workflow;
  const { part, merge } = jobs;
  expect([part?.needs, merge?.needs]).toEqual(['day', 'part']);
  const commandOf = (job: typeof part) =>
    job?.steps.map((step) => step.run ?? '').find((line) => line.includes('refang')) ?? '';
  for (const number of part?.strategy?.matrix.number ?? []) {
    const command = commandOf(part)
      .replaceAll(/\$\{\{ matrix\.number \}\}/g, String(number))
      .replaceAll(/\$\{\{ needs\.day\.outputs\.today \}\}/g, DAY);
    expect(command).not.toContain('{{');
    run(command);
  }
  run(commandOf(merge));
  await expectWhole(folder);
});

test('the indexed Job of Kubernetes', async () => {
  const { folder, run } = projectFolder();
  const { kind, spec } = load(kubernetes) as IndexedJob;
  expect([kind, spec.completionMode]).toEqual(['Job', 'Indexed']);
  const [container] = spec.template.spec.containers;
  expect(container?.command).toEqual(['sh', '-c']);
  for (let index = 0; index < spec.completions; index++)
    run(container?.args.join(' ') ?? '', { JOB_COMPLETION_INDEX: String(index) });
  run('refang merge parts/*');
  await expectWhole(folder);
});

test('the array of Slurm', async () => {
  const { folder, run } = projectFolder();
  const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(slurm) ?? [];
  for (let id = Number(first); id <= Number(last); id++) run(slurm, { SLURM_ARRAY_TASK_ID: String(id) });
  run('refang merge parts/*');
  await expectWhole(folder);
});
