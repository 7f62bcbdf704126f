/** Telling a million domains apart, beside `sort -u`. */

import { join } from 'node:path';
import { ACCEPT_ALL, mustEqual, sortLines } from '../bench.mjs';
import { bundle, warmUp } from '../bundle.mjs';
import { known, tableOf } from '../comparison.mjs';
import { writeDomains } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';

const OUTPUT = 'lists/block-domains-exact.txt';

/** @type {import('../comparison.mjs').Comparison} */
export const dedupe = {
  name: 'dedupe',
  title: 'Removing duplicates, against sort',
  about:
    '`LC_ALL=C sort -u` reads a list of domains and writes each once, sorted. *Refang, reading alone* reads the list as a feed, parses and checks each domain, keeps it once with its place and context, and writes the values in the order of first mention. *Refang, whole build* does that and all the rest: guards, policy, fates, a sorted plain list, the manifest. The domains are `match: exact`, so that none covers another.',
  claims: [
    {
      work: 'dedupe of 1M domains against `LC_ALL=C sort -u`, reading alone',
      limits: [{ id: 'ratio', unit: '× the CPU', must: 1.3, aim: 1 }],
    },
  ],
  async run(bench) {
    const count = bench.size(1_000_000);
    const feed = `{path: names.txt, format: list, kind: domain, match: exact, status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}`;
    const project = bench.project('dedupe', ['lists'], `feeds:\n  - ${feed}`);
    const names = project.input('names.txt');
    writeDomains(names, count);
    const reader = await bundle(bench, 'tests/bench/dedupe-alone.ts');
    const out = bench.folder('dedupe-out');
    const at = (/** @type {string} */ name) => join(out, name);
    warmUp(reader, project.folder, [at('read')]);
    const sides = [
      { name: 'sort -u', command: ['sort', '-u', '-o', at('theirs'), names], env: { LC_ALL: 'C' } },
      {
        name: 'refang, reading alone',
        command: [process.execPath, reader, at('read')],
        cwd: project.folder,
      },
      project.side('refang, whole build'),
    ];
    const measured = sideBySide(sides, bench.rounds(count));
    sortLines(at('read'), at('read-sorted'));
    mustEqual(at('read-sorted'), at('theirs'));
    sortLines(join(project.out, OUTPUT), at('built-sorted'));
    mustEqual(at('built-sorted'), at('theirs'));
    const [sort, own] = measured;
    return {
      values: known({ ratio: own && sort && own.cpu / sort.cpu }),
      tables: [tableOf(`${count} lines`, measured, sort)],
      checked: ['All three hold the same domains: sorted, their bytes are equal.'],
    };
  },
};
