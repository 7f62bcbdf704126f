/** Against fifty lines of js-yaml, zod and Handlebars. */

import { join } from 'node:path';
import { megabytes, mustEqual, ROOT } from '../bench.mjs';
import { known, number, tableOf } from '../comparison.mjs';
import { writeNdjson, writeYaml } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { FEED, LINES } from './lines.mjs';

/** What both write alike, to the byte. */
const ALIKE = [
  ...['block', 'watch'].flatMap((tier) =>
    ['domains', 'urls', 'md5', 'sha1', 'sha256'].map((list) => `lists/${tier}-${list}.txt`),
  ),
  ...['hosts/refang.hosts', 'dnsmasq/refang.conf', 'adguard/refang.txt'],
];

/** @type {import('../comparison.mjs').Comparison} */
export const naive = {
  name: 'naive',
  title: 'Against the naive reference',
  about:
    '`tests/bench/naive.mjs` reads the YAML file with js-yaml, checks it with zod, removes duplicates and covered names with a Map and a Set, and renders twelve Handlebars templates with `{{#each}}` over all records. It does less: no guards, no fates, no identifiers that last, no merging of addresses, no manifest. Refang builds its twelve targets of the same file; and, in a row of its own, of the same records as a feed.',
  claims: [
    {
      work: 'against the naive reference, 1M records in YAML',
      limits: [
        { id: 'faster', unit: '× faster', must: 4, aim: 6, more: true },
        { id: 'smaller', unit: '× less memory', must: 10, aim: 18, more: true },
      ],
    },
  ],
  async run(bench) {
    const small = compare(bench, bench.size(100_000));
    const large = bench.naiveMillion ? compare(bench, bench.size(1_000_000)) : undefined;
    return {
      values: large?.values ?? {},
      tables: [...small.tables, ...(large?.tables ?? [])],
      checked: [
        `Both wrote the same bytes in ${ALIKE.length} files: lists of domains, URLs and hashes, hosts, dnsmasq, AdGuard.`,
      ],
      skipped: large
        ? []
        : ['A million records, which takes several gigabytes of memory: run with `--naive-million`.'],
    };
  },
};

/** @param {import('../bench.mjs').Bench} bench @param {number} count */
function compare(bench, count) {
  const ours = bench.project(`naive-ours-${count}`, LINES, '');
  writeYaml(ours.at('indicators.yaml'), count);
  const fed = bench.project(`naive-fed-${count}`, LINES, FEED);
  writeNdjson(fed.input('feed.ndjson'), count);
  const out = bench.folder(`naive-theirs-${count}`);
  const script = join(ROOT, 'tests/bench/naive.mjs');
  const sides = [
    { ...ours.side('refang, YAML'), mayFail: true },
    fed.side('refang, NDJSON'),
    {
      name: 'naive, YAML',
      command: [process.execPath, '--max-old-space-size=16000', script, ours.at('indicators.yaml'), out],
      mayFail: true,
    },
  ];
  const measured = sideBySide(sides, Math.min(3, bench.rounds(count)));
  const [own, , their] = measured;
  const agreed = [own, their].every((side) => side?.failed === undefined);
  if (agreed) for (const name of ALIKE) mustEqual(join(ours.out, name), join(out, name));
  const sizes = [ours.out, fed.out, out].map(megabytes);
  ours.clean();
  fed.clean();
  const values = agreed && own && their ? ratios(own, their) : {};
  const table = tableOf(`${count} records`, measured, own);
  return {
    values,
    tables: [
      {
        ...table,
        head: [...table.head, 'output MB'],
        rows: table.rows.map((row, at) => [...row, number(sizes[at] ?? 0)]),
      },
    ],
  };
}

/** @param {import('../measure.mjs').Measured} own @param {import('../measure.mjs').Measured} their */
function ratios(own, their) {
  const smaller = own.memory && their.memory ? their.memory / own.memory : undefined;
  return known({ faster: their.cpu / own.cpu, smaller });
}
