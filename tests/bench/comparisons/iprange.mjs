/** Addresses and networks as the fewest networks, beside iprange. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPT_ALL, mustEqual } from '../bench.mjs';
import { bundle, warmUp } from '../bundle.mjs';
import { known, tableOf } from '../comparison.mjs';
import { writeAddresses } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { npmPackage, programAt, versionOf } from '../peers.mjs';

const OUTPUT = 'lists/block-addresses.txt';
/** Reads a file of addresses and prints the fewest networks, as iprange prints them. */
const CIDR_TOOLS = `
import { readFileSync } from 'node:fs';
const { mergeCidr } = await import(process.argv[1]);
const merged = mergeCidr(readFileSync(process.argv[2], 'utf8').trimEnd().split('\\n'));
process.stdout.write(merged.map((network) => network.replace(/\\/32$/, '') + '\\n').join(''));`;

/** @type {import('../comparison.mjs').Comparison} */
export const iprange = {
  name: 'iprange',
  title: 'Merging addresses, against iprange',
  about:
    '`iprange --optimize` (C) and `mergeCidr` of cidr-tools (JavaScript) read lists of IPv4 addresses and networks and print the fewest networks that hold the same. *Refang, reading and merging alone* reads the list as a feed, parses and checks each line, keeps each address once with its place and context, merges them as every build does, and prints the same; this is what the promise is about. *Refang, whole build* does that and all the rest: guards, policy, fates, plain lists in two tiers, the manifest. *Sparse* strews them over a quarter of all addresses; *dense* puts them so close that most touch.',
  claims: ['sparse', 'dense'].map((how) => ({
    work: `aggregation of 1M IPv4, ${how}, against iprange, byte-identical, reading and merging alone`,
    limits: [{ id: how, unit: '× the CPU', must: 1.5, aim: 1 }],
  })),
  async run(bench) {
    const program = programAt('iprange');
    const skipped = program ? [] : ['iprange is not installed: `apt-get install iprange`.'];
    const tools = npmPackage(bench, 'cidr-tools', '11.3.2');
    if (typeof tools !== 'string') skipped.push(`${tools.missing}.`);
    const peers = [
      ...(program ? [{ name: 'iprange', command: [program, '--optimize'] }] : []),
      ...(typeof tools === 'string' ? [cidrTools(tools)] : []),
    ];
    const merger = await bundle(bench, 'tests/bench/merge-alone.ts');
    const [sparse, dense] = [compare(bench, 'sparse', peers, merger), compare(bench, 'dense', peers, merger)];
    return {
      values: program ? known({ sparse: sparse.ratio, dense: dense.ratio }) : {},
      tables: [sparse.table, dense.table],
      checked: [
        'The lists of all are the same, byte for byte, once single addresses are written without `/32`; what Refang prints alone is so as it is.',
      ],
      skipped,
    };
  },
};

/** @param {string} folder */
function cidrTools(folder) {
  const words = ['--input-type=module', '-e', CIDR_TOOLS, join(folder, 'dist/index.js')];
  return { name: `cidr-tools ${versionOf(folder)}`, command: [process.execPath, ...words] };
}

/**
 * @param {import('../bench.mjs').Bench} bench @param {'sparse' | 'dense'} how
 * @param {readonly { name: string, command: readonly string[] }[]} peers each reads the file named last and prints
 * @param {string} merger reads a project and writes to the file named last
 */
function compare(bench, how, peers, merger) {
  const count = bench.size(1_000_000);
  const feed = `{path: addresses.txt, format: list, kind: cidr, status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}`;
  const project = bench.project(`iprange-${how}`, ['lists'], `feeds:\n  - ${feed}`);
  const list = project.input('addresses.txt');
  writeAddresses(list, count, how);
  const out = bench.folder(`iprange-${how}-out`);
  const theirs = peers.map(({ name, command }, at) => ({
    name,
    command: [...command, list],
    stdout: join(out, String(at)),
  }));
  const merged = join(out, 'merged');
  warmUp(merger, project.folder, [merged]);
  const alone = {
    name: 'refang, reading and merging alone',
    command: [process.execPath, merger, merged],
    cwd: project.folder,
  };
  const measured = sideBySide([...theirs, alone, project.side('refang, whole build')], bench.rounds(count));
  const ours = join(out, 'ours');
  // Our list writes a single address bare, but with `/32` where it is what is left of a longer interval.
  writeFileSync(ours, readFileSync(join(project.out, OUTPUT), 'utf8').replaceAll('/32\n', '\n'));
  for (const { stdout } of theirs) mustEqual(merged, stdout);
  mustEqual(merged, ours);
  const first = theirs.length > 0 ? measured[0] : undefined;
  const own = measured[theirs.length];
  return {
    ratio: own && first && own.cpu / first.cpu,
    table: tableOf(`${count} lines, ${how}`, measured, first),
  };
}
