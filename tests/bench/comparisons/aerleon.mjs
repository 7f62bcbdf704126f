/** Rules for a packet filter of a list of networks, beside aerleon. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importTypeScript } from '../../../scripts/typescript.mjs';
import { ACCEPT_ALL } from '../bench.mjs';
import { tableOf } from '../comparison.mjs';
import { writeAddresses } from '../generate.mjs';
import { sideBySide } from '../measure.mjs';
import { pythonProgram } from '../peers.mjs';

const POLICY = `filters:
  - header: {targets: {nftables: inet output}}
    terms: [{name: listed, destination-address: LISTED, action: deny}]
`;

/** @type {import('../comparison.mjs').Comparison} */
export const aerleon = {
  name: 'aerleon',
  title: 'Against aerleon',
  about:
    '`aclgen` of aerleon (Python) reads a list of IPv4 networks as YAML, collapses it, and writes an nftables rule set. Refang builds its nftables target of the same list: a whole build.',
  claims: [],
  async run(bench) {
    const aclgen = pythonProgram('aclgen');
    if (aclgen === undefined) return { skipped: ['aerleon is not installed: `scripts/install-engines.sh`.'] };
    const count = bench.size(20_000);
    const feed = `{path: addresses.txt, format: list, kind: cidr, status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}`;
    const project = bench.project('aerleon', ['nftables'], `feeds:\n  - ${feed}`);
    const list = project.input('addresses.txt');
    writeAddresses(list, count, 'dense');
    const folder = bench.folder('aerleon-theirs');
    const at = (/** @type {string} */ name) => join(folder, name);
    for (const [name, text] of Object.entries({
      'definitions/networks.yaml': `networks:\n  LISTED:\n    values:\n${networks(list)}`,
      'policies/listed.yaml': POLICY,
      'out/.keep': '',
    })) {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), text);
    }
    const words = [
      ...['--base_directory', at('policies'), '--policy_file', at('policies/listed.yaml')],
      ...['--definitions_directory', at('definitions'), '--output_directory', at('out')],
    ];
    const theirs = { name: 'aerleon', command: [aclgen, ...words], seconds: 600, mayFail: true };
    const measured = sideBySide(
      [project.side('refang, whole build'), theirs],
      Math.min(3, bench.rounds(count)),
    );
    const failed = measured[1]?.failed !== undefined;
    if (!failed) await sameAddresses(join(project.out, 'nftables/refang.nft'), at('out/listed.nft'));
    return {
      tables: [tableOf(`${count} networks`, measured, measured[0])],
      checked: failed
        ? []
        : ['Both rule sets hold the same addresses; aerleon leaves networks that touch apart.'],
    };
  },
};

/** @param {string} list */
function networks(list) {
  const lines = readFileSync(list, 'utf8').trimEnd().split('\n');
  return lines.map((line) => `      - address: ${line.includes('/') ? line : `${line}/32`}\n`).join('');
}

/** Throws where two files list different addresses. @param {string} ours @param {string} theirs */
async function sameAddresses(ours, theirs) {
  const { addressesIn, merged } = await importTypeScript('tests/engines/addresses-in.ts');
  const [own, other] = [ours, theirs].map((path) =>
    merged(addressesIn(readFileSync(path, 'utf8'))).join('\n'),
  );
  if (own !== other || own === '') throw new Error(`${ours} and ${theirs} list different addresses`);
}
