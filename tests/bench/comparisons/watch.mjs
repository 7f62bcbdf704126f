/** How long `build --watch` takes after a save: wall time, since that is what a person waits. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFANG } from '../bench.mjs';
import { known } from '../comparison.mjs';

/** Somebody who writes saves many times: the first saves find code that V8 has not compiled yet. */
const SAVES = 21;

/** A project of 10,000 indicators: names and addresses. @param {string} folder */
function writeProject(folder) {
  const names = Array.from({ length: 6000 }, (_, at) => `      host${at}.zone${at % 97}.net\n`);
  const addresses = Array.from({ length: 4000 }, (_, at) => `      45.${10 + (at >> 8)}.${at & 255}.7\n`);
  const head =
    'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\nindicators:\n';
  writeFileSync(join(folder, 'refang.yaml'), 'publisher: {id: bench}\n');
  writeFileSync(
    join(folder, 'indicators.yaml'),
    `${head}  - domain: |\n${names.join('')}    ip: |\n${addresses.join('')}`,
  );
}

/** What it tells of the first build and of each after a save, in milliseconds. @param {string} folder */
async function rebuilds(folder) {
  const child = spawn(process.execPath, [REFANG, 'build', '--watch'], { cwd: folder });
  /** @type {number[]} */
  const times = [];
  let text = '';
  try {
    for await (const chunk of child.stderr) {
      text += chunk;
      const lines = [...text.matchAll(/^built .* in (\d+) ms/gm)];
      if (!text.includes('Ctrl-C') || lines.length <= times.length) continue;
      times.splice(0, times.length, ...lines.map(([, time]) => Number(time)));
      if (times.length > SAVES) break;
      appendFileSync(join(folder, 'indicators.yaml'), `  - domain: new${times.length}.zone.net\n`);
    }
  } finally {
    // It may be writing still, into a folder that goes away.
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }
  return times;
}

/** @type {import('../comparison.mjs').Comparison} */
export const watch = {
  name: 'watch',
  title: 'A build after a save',
  about:
    '`refang build --watch` on 10,000 indicators in one YAML file, the five families: what it says each build took after one more indicator was written into the file, of 21 saves.',
  claims: [
    {
      work: '`build --watch`, 10,000 indicators, after a save',
      limits: [{ id: 'median', unit: 'ms', must: 100 }],
    },
  ],
  async run(bench) {
    const folder = bench.folder('watch');
    writeProject(folder);
    const [first, ...saves] = await rebuilds(folder);
    const sorted = saves.toSorted((a, b) => a - b);
    const median = sorted[sorted.length >> 1];
    return {
      values: known({ median }),
      tables: [
        {
          head: ['', 'ms'],
          rows: [
            ['first build', String(first ?? '')],
            ['after the first save', String(saves[0] ?? '')],
            [`after each of ${SAVES} saves, least`, String(sorted[0] ?? '')],
            ['median', String(median ?? '')],
            ['most', String(sorted.at(-1) ?? '')],
          ],
        },
      ],
    };
  },
};
