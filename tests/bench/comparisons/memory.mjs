/** How memory grows from one million records to ten. */

import { statfsSync } from 'node:fs';
import { known, megabytesTold, number } from '../comparison.mjs';
import { writeNdjson } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { FEED, LINES } from './lines.mjs';

/** Bytes on disk that a record takes: in the feed, in the outputs, and in those while they are still beside the old ones. */
const DISK = 1500;

/** Ten million records have more URLs than Suricata's default range has sids. */
const TARGETS = LINES.map((name) =>
  name === 'suricata' ? '{name: suricata, options: {sid: [1000000, 999999999]}}' : name,
);

/** @type {import('../comparison.mjs').Comparison} */
export const memory = {
  name: 'memory',
  title: 'Memory, from one million records to ten',
  about:
    'The build of twelve line targets once more, with ten times the records and, for both, a range of sids that is wide enough.',
  claims: [
    {
      work: 'peak memory, 1M to 10M',
      limits: [
        { id: 'growth', unit: 'bytes a record more', must: 110 },
        { id: 'ten', unit: 'MB at 10M', aim: 400 },
      ],
    },
  ],
  async run(bench) {
    const counts = [bench.size(1_000_000), bench.size(10_000_000)];
    const needed = Math.max(...counts) * DISK;
    const { bavail, bsize } = statfsSync(bench.work);
    if (bavail * bsize < needed)
      return { skipped: [`The disk of ${bench.work} has no ${number(needed / 1e9)} GB left.`] };
    const measured = counts.map((count) => {
      const project = bench.project(`memory-${count}`, TARGETS, FEED);
      writeNdjson(project.input('feed.ndjson'), count);
      const [own] = sideBySide([{ ...project.side(`${count} records`), mayFail: true }], 1);
      project.inputs.delete('feed.ndjson');
      project.clean();
      return { count, own };
    });
    const [one, ten] = measured;
    const known1 = one?.own?.memory;
    const known10 = ten?.own?.memory;
    const grown = known1 !== undefined && known10 !== undefined ? known10 - known1 : undefined;
    const records = (ten?.count ?? 0) - (one?.count ?? 0);
    return {
      values: known({ growth: grown === undefined ? undefined : (grown * 1e6) / records, ten: known10 }),
      tables: [
        {
          head: ['records', 'CPU s', 'CPU µs a record', 'peak MB'],
          rows: measured.map(({ count, own }) =>
            own?.failed === undefined
              ? [
                  String(count),
                  number(own?.cpu ?? 0),
                  number(((own?.cpu ?? 0) * 1e6) / count),
                  megabytesTold(own?.memory),
                ]
              : [String(count), own.failed, '', ''],
          ),
        },
      ],
    };
  },
};
