/** What a command costs above bare Node, in milliseconds. */

import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REFANG, ROOT } from '../bench.mjs';
import { known, megabytesTold, number } from '../comparison.mjs';
import { sideBySide } from '../measure.mjs';

const FIVE = 'nftables,sigma,suricata,yara,zeek';
const PROJECT = ['indicators.yaml', 'refang.yaml', 'refang.lock'];

/** @type {import('../comparison.mjs').Comparison} */
export const startup = {
  name: 'startup',
  title: 'Commands on a small project',
  about:
    'Commands on the report of this repository (43 indicators), beside a Node that does nothing. *Again* is a build with nothing to do: the same input, and the folder that the build before wrote.',
  claims: [
    {
      work: 'no-op rebuild (`refang build` again, every target)',
      limits: [{ id: 'again', unit: 'ms above bare Node', must: 20, aim: 8 }],
    },
    {
      work: 'i-SOON build (five families)',
      limits: [{ id: 'five', unit: 'ms above bare Node', must: 80, aim: 50 }],
    },
    {
      work: '`refang --version`',
      limits: [{ id: 'version', unit: 'ms above bare Node', must: 20 }],
    },
  ],
  async run(bench) {
    const project = bench.folder('startup');
    for (const name of PROJECT) copyFileSync(join(ROOT, name), join(project, name));
    const out = (/** @type {string} */ name) => ['--out', join(project, name)];
    const refang = (/** @type {string} */ name, /** @type {readonly string[]} */ words) => ({
      name,
      command: [process.execPath, REFANG, ...words],
      cwd: project,
    });
    /** Takes away what builds before left: what is measured is a first build, where it is not said otherwise. */
    const before = () => {
      for (const name of readdirSync(project))
        if (!PROJECT.includes(name)) rmSync(join(project, name), { recursive: true, force: true });
    };
    const sides = [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      refang('refang --version', ['--version']),
      refang('refang check', ['check']),
      { ...refang('refang build, five families', ['build', ...out('five'), '--target', FIVE]), before },
      { ...refang('refang build, every target', ['build', ...out('all')]), before },
      refang('refang build, every target, again', ['build', ...out('all')]),
      refang('refang explain', ['explain', 'docx.1ds.me']),
    ];
    const measured = sideBySide(sides, bench.rounds(0));
    const bare = measured[0]?.cpu ?? 0;
    const above = (/** @type {number} */ at) => ((measured[at]?.cpu ?? 0) - bare) * 1000;
    return {
      values: known({ again: above(5), five: above(3), version: above(1) }),
      tables: [
        {
          head: ['', 'CPU ms', 'above bare Node', '× bare Node', 'peak MB', 'rounds'],
          rows: measured.map(({ name, cpu, memory, rounds }, at) => [
            name,
            (cpu * 1000).toFixed(0),
            above(at).toFixed(0),
            number(cpu / bare),
            megabytesTold(memory),
            String(rounds),
          ]),
        },
      ],
    };
  },
};
