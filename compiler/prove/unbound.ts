/** Unbound: checks configuration with `unbound-checkconf`, and asks a real one for names. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from './engine.ts';
import {
  commandLine,
  findProgram,
  isolation,
  run,
  runOffline,
  unexplained,
  withTempFolder,
} from './process.ts';
import { copyRules, RESOLVER_PORT, SERVER_PORT, showQueries } from './resolver-behaviour.ts';

export const unbound: Engine = {
  name: 'unbound',

  async find(): Promise<Availability> {
    const program = findProgram('unbound');
    const checker = findProgram('unbound-checkconf');
    if (!program || !checker)
      return { available: false, why: 'unbound is not installed', install: INSTALL_ALL };
    if (!(await isolation())) {
      return {
        available: false,
        why: 'unbound needs a network namespace of its own, which is not permitted here',
        install: 'run as root, or permit user namespaces',
      };
    }
    const { stdout } = await run(program, ['-V']).catch(() => ({ stdout: '' }));
    const version = /^Version (\d\S*)/.exec(stdout)?.[1];
    if (!version) return { available: false, why: 'unbound does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await unbound.find();
    const checker = findProgram('unbound-checkconf');
    if (!found.available || !checker) throw new Error('unbound is not available');
    return withTempFolder(async (folder) => {
      const names = await copyRules(files, folder);
      await writeFile(join(folder, 'check.conf'), configOf(names));
      const finished = await runOffline(checker, ['check.conf'], { cwd: folder });
      const original = new Map(names.map((name, at) => [name, files[at] as string]));
      const problems = readMessages(finished.stderr, original);
      if (finished.status !== 0 && problems.length === 0)
        problems.push(unexplained('unbound-checkconf', finished));
      return loadReport('unbound', found.version, commandLine([checker, ...files]), problems);
    });
  },

  async behave(request) {
    const found = await unbound.find();
    const program = findProgram('unbound');
    if (!found.available || !program) throw new Error('unbound is not available');
    return showQueries(
      {
        engine: 'unbound',
        version: found.version,
        config: configOf,
        command: (config) => [program, '-d', '-c', config],
        logged,
      },
      request,
    );
  },
};

/** Zones that Unbound answers itself unless told otherwise, as it does 127.in-addr.arpa. Near misses may lie there. */
const DEFAULT_ZONES = ['localhost', 'test', 'invalid', 'onion', 'home.arpa'];

/** A resolver that knows the rules, and nothing but one server to ask. Its paths are relative: the folder's may hold anything. */
function configOf(rules: readonly string[]): string {
  return `server:
  directory: ""
  chroot: ""
  username: ""
  pidfile: ""
  logfile: ""
  use-syslog: no
  interface: 127.0.0.1
  port: ${RESOLVER_PORT}
  num-threads: 1
  outgoing-range: 256
  module-config: "iterator"
  do-not-query-localhost: no
  qname-minimisation: no
${DEFAULT_ZONES.map((zone) => `  local-zone: "${zone}." nodefault\n`).join('')}
${rules.map((name) => `include: "${name}"\n`).join('')}
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${SERVER_PORT}
`;
}

/** Such as `[1700000000] unbound[7:0] info: host.example. inform 127.0.0.1@40464 www.host.example. A IN`. */
const INFORMED = /info: \S+ inform\S* \S+@\d+ (\S+)\. (\S+) IN$/gm;

function logged(log: string): ReadonlySet<string> {
  return new Set(Array.from(log.matchAll(INFORMED), ([, name, type]) => `${name?.toLowerCase()} ${type}`));
}

/** Such as `rules-1.conf:3: error: unknown keyword 'x'`. */
const SYNTAX = /^(.+?):(\d+): (error|warning): (.*)$/;
/** Such as `[1700000000] unbound-checkconf[7:0] warning: duplicate local-zone host.example.`. */
const SAID = /^\[\d+\] unbound-checkconf\[[\d:]+\] (warning|error|fatal error): (.*)$/;

function readMessages(stderr: string, original: ReadonlyMap<string, string>): Problem[] {
  // What names no file is about the only one, if there is one.
  const only = original.size === 1 ? ([...original.values()][0] as string) : '';
  return stderr.split('\n').flatMap((text): Problem[] => {
    const [, name = '', line, severity, message] = SYNTAX.exec(text) ?? [];
    if (message !== undefined)
      return [{ file: original.get(name) ?? '', line: Number(line), message, severity: severity as 'error' }];
    const [, level, words] = SAID.exec(text) ?? [];
    if (words === undefined) return [];
    return [{ file: only, message: words, severity: level === 'warning' ? 'warning' : 'error' }];
  });
}
