/** A hosts file as AdGuard rules, beside AdGuard's own compiler of lists. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPT_ALL } from '../bench.mjs';
import { known, tableOf } from '../comparison.mjs';
import { writeHosts } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { npmPackage, versionOf } from '../peers.mjs';

/** The first is what the promise is about. */
const SIZES = [100_000, 300_000];

/** @type {import('../comparison.mjs').Comparison} */
export const hostlist = {
  name: 'hostlist',
  title: 'Against HostlistCompiler',
  about:
    '`hostlist-compiler -i names.hosts -o rules.txt`, of `@adguard/hostlist-compiler`: what it does when nothing else is asked is to check the names, to write them as AdGuard rules, and to remove those that stand twice or below another one. Refang builds its AdGuard target of the same file.',
  claims: [
    {
      work: 'against HostlistCompiler, 100k names, the same rules',
      limits: [{ id: 'faster', unit: '× faster', must: 10, aim: 16, more: true }],
    },
  ],
  async run(bench) {
    // A version of this package that it asks for is gone from npm.
    const peer = npmPackage(bench, '@adguard/hostlist-compiler', '2.1.1', {
      '@adguard/diff-builder': '1.1.7',
    });
    if (typeof peer !== 'string') return { skipped: [`${peer.missing}.`] };
    const all = SIZES.map((size) => compared(bench, peer, bench.size(size)));
    const [first] = all;
    return {
      values: known({ faster: first && first.their / first.own }),
      tables: all.map(({ table }) => table),
      checked: all.map(
        ({ same, count }) => `Of ${count} lines both made the same ${same} rules, in orders of their own.`,
      ),
    };
  },
};

/**
 * Both on so many lines.
 * @param {import('../bench.mjs').Bench} bench @param {string} peer the folder of its package @param {number} count
 */
function compared(bench, peer, count) {
  const feed = `{path: names.hosts, format: hosts, status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}`;
  const project = bench.project(`hostlist-${count}`, ['adguard'], `feeds:\n  - ${feed}`);
  const list = project.input('names.hosts');
  writeHosts(list, count);
  const rules = join(bench.folder(`hostlist-${count}-out`), 'rules.txt');
  const theirs = {
    name: `HostlistCompiler ${versionOf(peer)}`,
    command: [process.execPath, join(peer, 'src/cli.js'), '-i', list, '-o', rules],
  };
  const measured = sideBySide([project.side('refang, whole build'), theirs], bench.rounds(count));
  const [own, their] = measured;
  return {
    count,
    own: own?.cpu ?? Number.NaN,
    their: their?.cpu ?? Number.NaN,
    table: tableOf(`${count} lines`, measured, own),
    same: sameRules(join(project.out, 'adguard/refang.txt'), rules),
  };
}

/** How many rules two files have in common; throws where one has others. @param {string} ours @param {string} theirs */
function sameRules(ours, theirs) {
  const [own, other] = [ours, theirs].map((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('||'))
      .sort(),
  );
  if (own?.join('\n') !== other?.join('\n')) throw new Error(`${ours} and ${theirs} have different rules`);
  return own?.length ?? 0;
}
