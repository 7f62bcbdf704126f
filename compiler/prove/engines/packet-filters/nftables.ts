/**
 * nftables: checks rule sets with `nft -c` in a network namespace of their own. Behaviour is shown with packets: see
 * packet-filter-behaviour.ts.
 */

import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { commandLine, findProgram, isolation, run, unexplained } from '../../process.ts';
import { showPackets } from './packet-filter-behaviour.ts';

export const nftables: Engine = {
  name: 'nftables',

  async find(): Promise<Availability> {
    const program = findProgram('nft');
    if (!program) return { available: false, why: 'nft is not installed', install: INSTALL_ALL };
    // Without one, nft would compare with this machine's own rule set, and look up names in its DNS.
    if (!(await isolation())) {
      const install = 'run as root, or permit user namespaces';
      return {
        available: false,
        why: 'nft needs a network namespace of its own, which is not permitted here',
        install,
      };
    }
    const { stdout } = await run(program, ['--version']).catch(() => ({ stdout: '' }));
    const version = /v(\d\S*)/.exec(stdout)?.[1];
    if (!version) return { available: false, why: 'nft does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await nftables.find();
    const program = findProgram('nft');
    const [unshare, flags] = (await isolation()) ?? [];
    if (!found.available || !program || !unshare || !flags) throw new Error('nftables is not available');
    const problems: Problem[] = [];
    for (const file of files) {
      const finished = await run(unshare, [flags, program, '-c', '-f', file]);
      const said = readMessages(finished.stderr, file);
      if (finished.status !== 0 && said.length === 0) said.push({ ...unexplained('nft', finished), file });
      problems.push(...said);
    }
    const command = files
      .map((file) => commandLine([unshare, flags, program, '-c', '-f', file]))
      .join(' && ');
    return loadReport('nftables', found.version, command, problems);
  },

  async behave(request) {
    const found = await nftables.find();
    const nft = findProgram('nft');
    const words = await isolation();
    if (!found.available || !nft || !words) throw new Error('nftables is not available');
    return showPackets(
      words,
      { engine: 'nftables', version: found.version, load: [nft, '-f'], nft, allCount: false },
      request,
    );
  },
};

/** Such as `/etc/a.nft:3:27-34: Error: conflicting intervals specified`; the source follows, underlined. */
const MESSAGE = /^(.+?):(\d+):(\d+)(?:-\d+)?: (Error|Warning): (.*)$/;

/** nft asks for as much room as its message needs, which the kernel grants root alone. */
const TOO_LONG = 'Could not process rule: Message too long';
const NO_ROOM =
  'nft could not hand it to the kernel: in the namespace of an ordinary user a message is no longer than ' +
  '`net.core.wmem_default`, by default some 5,000 addresses. Prove it as root, or raise that with sysctl';

/** What nft says of a file. */
export function readMessages(stderr: string, of: string): Problem[] {
  const problems: Problem[] = [];
  for (const text of stderr.split('\n')) {
    if (text.endsWith(TOO_LONG)) problems.push({ file: of, message: NO_ROOM, severity: 'error' });
    const [, file, line, column, severity, message] = MESSAGE.exec(text) ?? [];
    if (!file || !message) continue;
    problems.push({
      file,
      line: Number(line),
      column: Number(column),
      message,
      severity: severity === 'Warning' ? 'warning' : 'error',
    });
  }
  return problems;
}
