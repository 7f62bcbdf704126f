/** What it costs the engines to load what is built. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript } from '../../../scripts/typescript.mjs';
import { ACCEPT_ALL, megabytes } from '../bench.mjs';
import { known, megabytesTold, number } from '../comparison.mjs';
import { writeNdjson, writeUnrelatedDomains } from '../generate.mjs';
import { CommandFailed, measure, sideBySide } from '../measure.mjs';
import { programAt } from '../peers.mjs';
import { FEED } from './lines.mjs';

/** When an engine that loads is stopped. */
const SECONDS = 600;
/** From so many domains on the Suricata target may look names up in lists. */
const LISTS_FROM = 6000;
/** YARA compiles each string into one automaton: it gets fewer records. */
const FOR_YARA = 10_000;

/** @typedef {{ name: string, what: string, side: import('../measure.mjs').Side }} Load */

/** @type {import('../comparison.mjs').Comparison} */
export const engines = {
  name: 'engines',
  title: 'Loading what is built',
  about:
    'Each engine checks or loads the files of a build: Suricata 7 and 8 with `-T`, nftables with `nft -c`, BIND with `named-checkzone`, Unbound with `unbound-checkconf`, dnsmasq with `--test`, YARA with `yarac`. Suricata loads the names of a list, and, as the others do, what the build of mixed records wrote: there each URL is a rule.',
  claims: [
    {
      work: 'Suricata 7: 500k domains load, and their subdomains match',
      limits: [
        { id: 'load', unit: 's CPU', must: 2 },
        { id: 'memory', unit: 'MB', must: 150 },
      ],
    },
  ],
  async run(bench) {
    const suricata = await suricataLoads(bench);
    const { loads, skipped } = otherLoads(bench);
    const rounds = bench.quick ? 1 : 3;
    const rows = [...suricata.loads, ...loads].map(({ name, what, side }) => {
      const [own] = sideBySide([{ ...side, mayFail: true, seconds: SECONDS }], rounds);
      return { name, what, own };
    });
    const first = suricata.lists ? rows.find(({ name }) => name.startsWith('Suricata 7'))?.own : undefined;
    const loaded = first?.failed === undefined ? first : undefined;
    return {
      values: known({ load: loaded?.cpu, memory: loaded?.memory }),
      tables: [
        {
          head: ['engine', 'loads', 'CPU s', 'peak MB', 'rounds'],
          rows: rows.map(({ name, what, own }) =>
            own?.failed === undefined
              ? [name, what, number(own?.cpu ?? 0), megabytesTold(own?.memory), String(own?.rounds)]
              : [name, what, own.failed, '', ''],
          ),
        },
      ],
      checked: suricata.proven,
      skipped: [...suricata.skipped, ...skipped],
    };
  },
};

/** Suricata 7 and 8 on a list of domains. @param {import('../bench.mjs').Bench} bench */
async function suricataLoads(bench) {
  const count = Math.max(LISTS_FROM, bench.size(500_000));
  const feed = `{path: names.txt, format: list, kind: domain, status: active, confidence: 90, severity: high, tlp: clear, allow: ${ACCEPT_ALL}}`;
  const project = bench.project('engines-suricata', ['suricata'], `feeds:\n  - ${feed}`);
  writeUnrelatedDomains(project.input('names.txt'), count);
  const folder = join(project.out, 'suricata');
  const [loads, proven] = [/** @type {Load[]} */ ([]), /** @type {string[]} */ ([])];
  /** @type {(reason: string) => { loads: Load[], proven: string[], skipped: string[], lists: boolean }} */
  const without = (reason) => ({ loads, proven, skipped: [reason], lists: false });
  const probe = bench.project('engines-probe', ['suricata'], `feeds:\n  - ${feed}`);
  writeUnrelatedDomains(probe.input('names.txt'), LISTS_FROM);
  probe.make();
  const lists = readdirSync(join(probe.out, 'suricata')).some((name) => name.endsWith('.lst'));
  if (!lists) return without('Suricata: this build writes a rule for each domain and no lists (datasets).');
  project.make();
  const records = bench.size(1_000_000);
  const mixed = bench.project('engines-mixed-suricata', ['suricata'], FEED);
  writeNdjson(mixed.input('feed.ndjson'), records);
  mixed.make();
  const program = await importTypeScript('compiler/prove/engines/suricata/suricata-program.ts');
  const { suricataConfig } = await importTypeScript('compiler/prove/engines/suricata/suricata-config.ts');
  const skipped = [];
  for (const found of [await program.findSuricata(), await program.findSuricata8()]) {
    if (typeof found === 'string') {
      skipped.push(`${found}.`);
      continue;
    }
    const load = (/** @type {string} */ name, /** @type {string} */ folder, /** @type {string} */ what) => {
      const logs = bench.folder(`engines-suricata-${name}-${found.version}`);
      const config = join(logs, 'suricata.yaml');
      const ruleFiles = [join(folder, 'refang.rules')];
      writeFileSync(config, suricataConfig({ ruleFiles, log: 'engine.json', names: found.names }));
      const command = [...found.command, '-T', '-c', config, '-l', logs];
      loads.push({ name: `Suricata ${found.version}`, what, side: { name: found.version, command } });
    };
    load('domains', folder, `${count} domains, ${number(megabytes(folder))} MB`);
    load('mixed', join(mixed.out, 'suricata'), `suricata/refang.rules, of ${records} records`);
  }
  // Takes minutes; tests/targets/suricata-lists.test.ts shows it of few.
  if (loads.length > 0 && !bench.quick) proven.push(provenBy(project));
  return { loads, proven, skipped, lists };
}

/** Lets Suricata see names of the list, names below them, and near misses. @param {import('../bench.mjs').Project} project */
function provenBy(project) {
  const [node = '', refang = ''] = project.build();
  const cost = measure({
    command: [node, refang, 'prove', '--target', 'suricata'],
    cwd: project.folder,
  });
  return `\`refang prove\` showed Suricata a sample of these domains, names below them and near misses: each fired or stayed silent as it must (${number(cost.cpu)} s CPU).`;
}

/** All others, on mixed records. @param {import('../bench.mjs').Bench} bench */
function otherLoads(bench) {
  const count = bench.size(1_000_000);
  const targets = ['nftables', 'rpz', 'unbound', 'dnsmasq'];
  const project = bench.project('engines-mixed', targets, FEED);
  writeNdjson(project.input('feed.ndjson'), count);
  project.make();
  const few = bench.project('engines-yara', ['yara'], FEED);
  writeNdjson(few.input('feed.ndjson'), bench.size(FOR_YARA));
  few.make();
  const at = (/** @type {string} */ name) => join(project.out, name);
  const unbound = join(bench.folder('engines-unbound'), 'check.conf');
  writeFileSync(
    unbound,
    `server:\n  chroot: ""\n  username: ""\n  directory: "."\ninclude: "${at('unbound/refang.conf')}"\n`,
  );
  const yara = readdirSync(join(few.out, 'yara'))
    .filter((name) => /\.yara?$/.test(name))
    .map((name) => join(few.out, 'yara', name));
  const compiled = join(bench.folder('engines-yara-compiled'), 'rules.yac');
  const zone = ['-i', 'none', '-k', 'fail', 'refang-bench.rpz', at('rpz/block.rpz')];
  /** @type {readonly { program: string, words: readonly string[], what: string, within?: readonly string[] }[]} */
  const wanted = [
    {
      program: 'nft',
      words: ['-c', '-f', at('nftables/refang.nft')],
      what: 'nftables/refang.nft',
      // In a namespace of its own: nft would else compare with this machine's rules.
      within: ['unshare', '-n'],
    },
    { program: 'named-checkzone', words: zone, what: 'rpz/block.rpz' },
    { program: 'unbound-checkconf', words: [unbound], what: 'unbound/refang.conf' },
    { program: 'dnsmasq', words: ['--test', '-C', at('dnsmasq/refang.conf')], what: 'dnsmasq/refang.conf' },
    { program: 'yarac', words: [...yara, compiled], what: `yara, of ${bench.size(FOR_YARA)} records` },
  ];
  const [loads, skipped] = [/** @type {Load[]} */ ([]), /** @type {string[]} */ ([])];
  for (const { program, words, what, within = [] } of wanted) {
    const path = programAt(program);
    if (path && (within.length === 0 || mayRun([...within, 'true'])))
      loads.push({
        name: program,
        what: what.startsWith('yara') ? what : `${what}, of ${count} records`,
        side: { name: program, command: [...within, path, ...words] },
      });
    else skipped.push(`${program} is not installed, or may not run here.`);
  }
  return { loads, skipped };
}

/** @param {readonly string[]} command */
function mayRun(command) {
  try {
    measure({ command });
    return true;
  } catch (error) {
    if (error instanceof CommandFailed) return false;
    throw error;
  }
}
