/** Unbound: checks configuration and zones with `unbound-checkconf`, and asks a real one for names. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyRules, isZone } from '../../copy-rules.ts';
import { type Engine, loadReport, type Problem } from '../../engine.ts';
import { commandLine, runOffline, unexplained, withTempFolder } from '../../process.ts';
import { RESOLVER_PORT, SERVER_PORT, showQueries } from './resolver-behaviour.ts';
import { findResolver, needResolver, type ResolverProgram } from './resolver-program.ts';

const UNBOUND: ResolverProgram = {
  name: 'unbound',
  program: 'unbound',
  ask: ['-V'],
  version: /^Version (\d\S*)/m,
  others: ['unbound-checkconf'],
};

export const unbound: Engine = {
  name: 'unbound',

  find: () => findResolver(UNBOUND),

  async load(files) {
    const { program, version } = await needResolver(UNBOUND, 'unbound-checkconf');
    return withTempFolder(async (folder) => {
      const names = await copyRules(files, folder);
      await writeFile(join(folder, 'check.conf'), configOf(names));
      const finished = await runOffline(program, ['check.conf'], { cwd: folder });
      const original = new Map(names.map((name, at) => [name, files[at] as string]));
      const problems = readMessages(finished.stderr, original);
      if (finished.status !== 0 && problems.length === 0)
        problems.push(unexplained('unbound-checkconf', finished));
      return loadReport('unbound', version, commandLine([program, ...files]), problems);
    });
  },

  async behave(request) {
    const { program, version } = await needResolver(UNBOUND);
    return showQueries(
      {
        engine: 'unbound',
        version,
        config: (rules) => ({ 'resolver.conf': configOf(rules) }),
        command: [program, '-d', '-c', 'resolver.conf'],
        logged,
        // Local zones, unlike response policy zones, see names alone.
        ...(!request.files.some(isZone) && { withoutAddresses: 'a resolver sees names' }),
      },
      request,
    );
  },
};

/** Zones that Unbound answers itself unless told otherwise, as it does 127.in-addr.arpa. Near misses may lie there. */
const DEFAULT_ZONES = ['localhost', 'test', 'invalid', 'onion', 'home.arpa'];

/** A resolver that knows the rules, and nothing but one server to ask. Its paths are relative: the folder's may hold anything. */
function configOf(rules: readonly string[]): string {
  const zones = rules.filter(isZone);
  const included = rules.filter((name) => !isZone(name));
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
  module-config: "${zones.length > 0 ? 'respip ' : ''}iterator"
  do-not-query-localhost: no
  qname-minimisation: no
${DEFAULT_ZONES.map((zone) => `  local-zone: "${zone}." nodefault\n`).join('')}
${included.map((name) => `include: "${name}"\n`).join('')}
${zones.map((name) => `rpz:\n  name: "${name}."\n  zonefile: "${name}"\n  rpz-log: yes\n`).join('')}
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${SERVER_PORT}
`;
}

/**
 * Such as `[1700000000] unbound[7:0] info: host.example. inform 127.0.0.1@40464 www.host.example. A IN`, and of response
 * policy zones `info: rpz: applied *.host.example. rpz-passthru 127.0.0.1@40464 www.host.example. A IN`.
 */
const LOGGED = /info: (?:\S+ inform\S*|rpz: applied .*) \S+@\d+ (\S+)\. (\S+) IN$/gm;

function logged(log: string): ReadonlySet<string> {
  return new Set(Array.from(log.matchAll(LOGGED), ([, name, type]) => `${name?.toLowerCase()} ${type}`));
}

/** Such as `rules-1.conf:3: error: unknown keyword 'x'`. */
const SYNTAX = /^(.+?):(\d+): (error|warning): (.*)$/;
/** Such as `[1700000000] unbound-checkconf[7:0] warning: duplicate local-zone host.example.`. */
const SAID = /^\[\d+\] unbound-checkconf\[[\d:]+\] (warning|error|fatal error): (.*)$/;
/** Such as `rules-1.rpz:5 cannot insert RR of type CNAME`. */
const IN_ZONE = /^(\S+):(\d+) (.*)$/;

function readMessages(stderr: string, original: ReadonlyMap<string, string>): Problem[] {
  // What names no file is about the only one, if there is one.
  const only = original.size === 1 ? ([...original.values()][0] as string) : '';
  return stderr.split('\n').flatMap((text): Problem[] => {
    const [, name = '', line, severity, message] = SYNTAX.exec(text) ?? [];
    if (message !== undefined)
      return [{ file: original.get(name) ?? '', line: Number(line), message, severity: severity as 'error' }];
    const [, level, words] = SAID.exec(text) ?? [];
    if (words === undefined) return [];
    const grave = level === 'warning' ? 'warning' : 'error';
    const [, zone = '', at, fault] = IN_ZONE.exec(words) ?? [];
    const file = original.get(zone);
    if (file !== undefined && fault !== undefined)
      return [{ file, line: Number(at), message: fault, severity: grave }];
    return [{ file: only, message: words, severity: grave }];
  });
}
