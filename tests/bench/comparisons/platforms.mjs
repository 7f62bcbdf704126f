/** A million records into the targets that write documents for platforms. */

import { alwaysTheSame, megabytes } from '../bench.mjs';
import { known, megabytesTold, number } from '../comparison.mjs';
import { writeNdjson } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { FEED } from './lines.mjs';

const PLATFORMS = ['stix', 'misp', 'elastic', 'splunk', 'defender'];

/** @type {import('../comparison.mjs').Comparison} */
export const platforms = {
  name: 'platforms',
  title: 'A million records for platforms',
  about:
    'The same feed into STIX, a MISP feed, Elastic, Splunk and Defender: all five in one build, which is what is promised, and each alone, where reading the feed weighs more.',
  claims: [
    {
      work: '1M → STIX, MISP feed, Elastic, Splunk, Defender',
      limits: [
        { id: 'speed', unit: 'MB of output a CPU second', must: 60, aim: 120, more: true },
        { id: 'memory', unit: 'MB', must: 400 },
      ],
    },
  ],
  async run(bench) {
    const count = bench.size(1_000_000);
    const project = bench.project('platforms', PLATFORMS, FEED);
    writeNdjson(project.input('feed.ndjson'), count);
    const same = alwaysTheSame(project.out);
    /** @type {number[]} */
    const sizes = [];
    const all = {
      ...project.side('all five'),
      after() {
        same.check();
        sizes[0] = megabytes(project.out);
      },
    };
    const alone = PLATFORMS.map((target, at) => ({
      ...project.side(target, ['--target', target]),
      after() {
        sizes[at + 1] = megabytes(project.out);
      },
    }));
    const measured = [...sideBySide([all], bench.rounds(count)), ...sideBySide(alone, 1)];
    project.clean();
    const speed = (/** @type {number} */ at) => (sizes[at] ?? 0) / (measured[at]?.cpu ?? Number.NaN);
    const rows = measured.map(({ name, cpu, memory, rounds }, at) => [
      name,
      number(cpu),
      megabytesTold(memory),
      number(sizes[at] ?? 0),
      number(speed(at)),
      String(rounds),
    ]);
    return {
      values: known({ speed: speed(0), memory: measured[0]?.memory }),
      tables: [{ head: ['targets', 'CPU s', 'peak MB', 'output MB', 'MB a CPU second', 'rounds'], rows }],
      checked: ['Each round of all five wrote the same bytes.'],
    };
  },
};
