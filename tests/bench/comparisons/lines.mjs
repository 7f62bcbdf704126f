/** A million records into the twelve targets that write lines. */

import { alwaysTheSame, megabytes } from '../bench.mjs';
import { known, number, tableOf } from '../comparison.mjs';
import { writeNdjson } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';

/** The targets of line formats. */
export const LINES = [
  ...['suricata', 'zeek', 'nftables', 'ipset', 'rpz', 'unbound'],
  ...['dnsmasq', 'hosts', 'adguard', 'csv', 'jsonl', 'lists'],
];
/** What reads the records that generate.mjs makes. */
export const FEED = 'defaults: {tlp: clear}\nfeeds:\n  - {path: feed.ndjson, format: ndjson}';

/** @type {import('../comparison.mjs').Comparison} */
export const lines = {
  name: 'lines',
  title: 'A million records into twelve line targets',
  about:
    'One `refang build` of a feed of mixed records (60 % domains, 20 % IPv4 and networks, 2 % IPv6, 10 % URLs, 8 % hashes; NDJSON) into Suricata, Zeek, nftables, ipset, RPZ, Unbound, dnsmasq, hosts, AdGuard, CSV, JSON lines and plain lists: a first build, without a lock.',
  claims: [
    {
      work: '1M mixed records (NDJSON) → twelve line targets in one build',
      limits: [
        { id: 'cpu', unit: 's CPU', must: 8, aim: 4.5 },
        { id: 'memory', unit: 'MB', must: 400, aim: 256 },
      ],
    },
  ],
  async run(bench) {
    const count = bench.size(1_000_000);
    const project = bench.project('lines', LINES, FEED);
    writeNdjson(project.input('feed.ndjson'), count);
    const same = alwaysTheSame(project.out);
    const sides = [{ ...project.side(`refang build, ${count} records`), after: same.check }];
    const measured = sideBySide(sides, bench.rounds(count));
    const [own] = measured;
    const size = megabytes(project.out);
    project.clean();
    return {
      values: known({ cpu: own?.cpu, memory: own?.memory }),
      tables: [
        tableOf('', measured, undefined),
        {
          head: ['output MB', 'MB a CPU second'],
          rows: [[number(size), number(size / (own?.cpu ?? Number.NaN))]],
        },
      ],
      checked: ['Each round wrote the same bytes.'],
    };
  },
};
