/** A hundred thousand records written as YAML, beside the same as a feed. */

import { writeFileSync } from 'node:fs';
import { digestBelow } from '../bench.mjs';
import { known, tableOf } from '../comparison.mjs';
import { writeNdjson, writeYaml } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { FEED, LINES } from './lines.mjs';

/** @type {import('../comparison.mjs').Comparison} */
export const yaml = {
  name: 'yaml',
  title: 'A hundred thousand records in YAML',
  about:
    'The same twelve targets, of records that stand in `indicators.yaml` with six keys each; and of the same records as an NDJSON feed.',
  claims: [
    {
      work: '100k records in YAML → the same twelve targets',
      limits: [{ id: 'cpu', unit: 's CPU', must: 2.5, aim: 1.2 }],
    },
  ],
  async run(bench) {
    const count = bench.size(100_000);
    const written = bench.project('yaml', LINES, '');
    writeYaml(written.at('indicators.yaml'), count);
    const fed = bench.project('yaml-as-feed', LINES, FEED);
    writeNdjson(fed.input('feed.ndjson'), count);
    const measured = sideBySide([written.side('YAML'), fed.side('NDJSON')], bench.rounds(count));
    // The manifest tells the hashes of the inputs.
    const [ours, same] = [written, fed].map(({ out }) => digestBelow(out, ['manifest.json']));
    if (ours !== same) throw new Error('the records as YAML and as a feed make different outputs');
    writeFileSync(written.at('indicators.yaml'), '');
    return {
      values: known({ cpu: measured[0]?.cpu, memory: measured[0]?.memory }),
      tables: [tableOf('', measured, measured[1])],
      checked: ['Both wrote the same bytes, but for the hashes of their inputs in the manifest.'],
    };
  },
};
