/**
 * iptables and ipset: runs the script that loads their files in a network namespace of its own, since `ipset restore` cannot
 * only check. iptables comes in two kinds, which write to different tables of the kernel: both have to load the files.
 * Behaviour is shown with packets: see packet-filter-behaviour.ts.
 */

import { readdirSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import {
  commandLine,
  type Finished,
  findProgram,
  isolation,
  run,
  unexplained,
  withTempFolder,
} from '../../process.ts';
import { showPackets } from './packet-filter-behaviour.ts';

const PROGRAMS = ['iptables', 'iptables-restore', 'ip6tables', 'ip6tables-restore'];

export const iptables: Engine = {
  name: 'iptables',

  async find(): Promise<Availability> {
    const missing = ['ipset', ...PROGRAMS, 'nft'].find((name) => !findProgram(name));
    if (missing) return { available: false, why: `${missing} is not installed`, install: INSTALL_ALL };
    const words = await isolation();
    if (!words) {
      const install = 'run as root, or permit user namespaces';
      return {
        available: false,
        why: 'iptables needs a network namespace of its own, which is not permitted here',
        install,
      };
    }
    const [version, setVersion] = [await versionOf('iptables-restore'), await versionOf('ipset')];
    if (!version || !setVersion)
      return { available: false, why: 'iptables does not tell its version', install: INSTALL_ALL };
    // The packets that meet the rules of the other kind cannot be traced.
    if (!version.endsWith('(nf_tables)'))
      return {
        available: false,
        why: 'iptables is the legacy one here',
        install: 'run update-alternatives --set iptables /usr/sbin/iptables-nft, and the same for ip6tables',
      };
    const [unshare = '', ...flags] = words;
    if ((await run(unshare, [...flags, findProgram('ipset') as string, 'list', '-n'])).status !== 0)
      return {
        available: false,
        why: 'this kernel has no sets of addresses',
        install: 'load the module ip_set',
      };
    return { available: true, version: `${version.split(' ')[0]}, ipset ${setVersion}` };
  },

  async load(files) {
    const found = await iptables.find();
    const words = await isolation();
    if (!found.available || !words) throw new Error('iptables is not available');
    const problems: Problem[] = [];
    const [unshare = '', ...flags] = words;
    for (const kind of await kindsHere(words)) {
      for (const file of files) {
        const finished = await withKind(kind, (env) => run(unshare, [...flags, 'sh', file], { env }));
        problems.push(...readMessages(file, finished));
      }
    }
    const command = files.map((file) => commandLine([...words, 'sh', file])).join(' && ');
    return loadReport('iptables', found.version, command, problems);
  },

  async behave(request) {
    const found = await iptables.find();
    const nft = findProgram('nft');
    const words = await isolation();
    if (!found.available || !nft || !words) throw new Error('iptables is not available');
    const { version } = found;
    return showPackets(words, { engine: 'iptables', version, load: ['sh'], nft, allCount: true }, request);
  },
};

/** Such as `iptables-restore v1.8.9 (nf_tables)` and `ipset v7.17, protocol version: 7`. */
async function versionOf(name: string): Promise<string | undefined> {
  const { stdout } = await run(findProgram(name) as string, ['--version']).catch(() => ({ stdout: '' }));
  return /\bv(\d[^,\n]*)/.exec(stdout)?.[1];
}

/** The kinds of iptables that are installed beside the one that is used, and that this kernel has the tables of. */
async function kindsHere([unshare = '', ...flags]: readonly string[]): Promise<('' | 'legacy')[]> {
  const legacy = PROGRAMS.map((name) => findProgram(name.replace('tables', 'tables-legacy')));
  if (legacy.includes(undefined)) return [''];
  const listing = [...flags, legacy[0] as string, '-L'];
  const { status } = await withKind('legacy', (env) => run(unshare, listing, { env }));
  return status === 0 ? ['', 'legacy'] : [''];
}

/** Gives `work` the environment in which the names of iptables are those of a kind. */
async function withKind(
  kind: '' | 'legacy',
  work: (env: Record<string, string>) => Promise<Finished>,
): Promise<Finished> {
  if (kind === '') return work({});
  return withTempFolder(async (folder) => {
    for (const name of PROGRAMS)
      await symlink(findProgram(name.replace('tables', `tables-${kind}`)) as string, join(folder, name));
    // The lock that it takes otherwise is root's.
    const lock = join(folder, 'xtables.lock');
    return work({ PATH: `${folder}${delimiter}${process.env.PATH}`, XTABLES_LOCKFILE: lock });
  });
}

/** A message begins with the program's name and version: `ipset v7.17: Error in line 3: Syntax error`. */
const MESSAGE = /^(ipset|ip6?tables(?:-restore)?)(?: v[\d.]+(?: \(\w+\))?)?: *(.*)$/;
const LINE = /^(?:Error in line (\d+): |line (\d+): |line (\d+) (?=failed)|Error occurred at line: (\d+)$)/;
const READS: Readonly<Record<string, string>> = {
  ipset: '.ipset',
  'iptables-restore': '.iptables',
  'ip6tables-restore': '.ip6tables',
};

/** What the programs said of the files that the script gave them. */
function readMessages(script: string, finished: Finished): Problem[] {
  const problems: Problem[] = [];
  for (const text of finished.stderr.split('\n')) {
    const [, program, rest = text] = MESSAGE.exec(text) ?? [];
    if (program !== undefined) {
      problems.push({ file: fileOf(script, READS[program]), message: '', severity: 'error' });
    }
    const last = problems.at(-1);
    if (!last || rest.trim() === '' || rest.startsWith('Try `')) continue;
    const place = LINE.exec(rest);
    if (place) last.line = Number(place.slice(1).find((number) => number !== undefined));
    last.message = `${last.message} ${rest.slice(place?.[0].length ?? 0)}`.trim();
  }
  if (finished.status !== 0 && problems.length === 0)
    problems.push({ ...unexplained('sh', finished), file: script });
  return problems;
}

/** The file beside the script that a program reads; the script itself where there is none. */
function fileOf(script: string, ending: string | undefined): string {
  const folder = dirname(script);
  const name = ending && readdirSync(folder).find((file) => file.endsWith(ending));
  return name ? join(folder, name) : script;
}
