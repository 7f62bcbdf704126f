/** Runs the servers with the configuration that templates/rpz/README.md shows, and little more. */

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BehaviourReport, BehaviourRequest } from '../../compiler/prove/behaviour.ts';
import {
  RESOLVER_PORT,
  type Resolver,
  SERVER_PORT,
  showQueries,
} from '../../compiler/prove/engines/resolvers/resolver-behaviour.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import { findProgram } from '../../compiler/prove/process.ts';

export const README_RESOLVERS = ['bind', 'unbound', 'powerdns', 'knot'] as const;
type Name = (typeof README_RESOLVERS)[number];

const README = readFileSync(join(import.meta.dirname, '../../templates/rpz/README.md'), 'utf8');

/** The fenced blocks below a heading. */
function blocksOf(heading: string): string[] {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return Array.from(section.matchAll(/^```\w*\n([\s\S]*?)^```$/gm), ([, block = '']) => block);
}

interface Setup extends Pick<Resolver, 'command' | 'ready' | 'logged'> {
  /** Configuration files of nothing but the README's blocks and where to listen and ask. */
  files(blocks: readonly string[]): Record<string, string>;
  heading: string;
}

const TYPES: Readonly<Record<string, string>> = { 1: 'A', 28: 'AAAA' };
const queries = (log: string, pattern: RegExp) =>
  new Set(
    Array.from(
      log.matchAll(pattern),
      ([, name, type = '']) => `${name?.toLowerCase()} ${TYPES[type] ?? type}`,
    ),
  );

const SETUPS: Readonly<Record<Name, Setup>> = {
  bind: {
    heading: 'BIND',
    files: ([inOptions, beside]) => ({
      'named.conf': `options {
  directory "."; managed-keys-directory "."; pid-file none; session-keyfile none;
  listen-on port ${RESOLVER_PORT} { 127.0.0.1; }; listen-on-v6 { none; };
  forwarders { 127.0.0.1 port ${SERVER_PORT}; }; forward only; dnssec-validation no;
${inOptions}};
controls { };
${beside}`,
    }),
    command: ['named', '-g', '-c', 'named.conf'],
    ready: () =>
      ['block', 'block-addresses', 'watch', 'watch-addresses'].map((zone) => `rpz: ${zone}.rpz: reload done`),
    logged: (log) => queries(log, /: rpz \S+ \S+ rewrite (\S+)\/(\w+)\/IN via /g),
  },
  unbound: {
    heading: 'Unbound',
    files: ([block]) => ({
      'unbound.conf': `server:
  directory: ""
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1
  port: ${RESOLVER_PORT}
  do-not-query-localhost: no
${block}
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${SERVER_PORT}
`,
    }),
    command: ['unbound', '-d', '-c', 'unbound.conf'],
    logged: (log) => queries(log, /rpz: applied \[watch\] .* \S+@\d+ (\S+)\. (\S+) IN$/gm),
  },
  powerdns: {
    heading: 'PowerDNS Recursor',
    files: ([zones = '', script = '']) => ({
      'recursor.conf': `daemon=no
write-pid=no
socket-dir=.
setuid=
local-address=127.0.0.1
local-port=${RESOLVER_PORT}
forward-zones-recurse=.=127.0.0.1:${SERVER_PORT}
dont-query=
security-poll-suffix=
lua-config-file=zones.lua
lua-dns-script=script.lua
`,
      'zones.lua': zones,
      'script.lua': script,
    }),
    command: ['pdns_recursor', '--config-dir=.'],
    logged: (log) => queries(log, /msg="policy watch\S* (\S+)\. (\d+) 127\.0\.0\.1"/g),
  },
  knot: {
    heading: 'Knot Resolver 5',
    files: ([block]) => ({
      'kresd.conf': `net.listen('127.0.0.1', ${RESOLVER_PORT}, { kind = 'dns' })
cache.size = 10 * MB
trust_anchors.remove('.')
${block}
policy.add(policy.all(policy.STUB('127.0.0.1@${SERVER_PORT}')))
`,
    }),
    command: ['kresd', '-n', '-q', '-c', 'kresd.conf', '.'],
    logged: (log) => queries(log, /^\[policy\] watch (\S+)\. (\w+)$/gm),
  },
};

/** Shows cases to a server that has the files of a build where the README puts them. */
export async function showWithReadme(name: Name, request: BehaviourRequest): Promise<BehaviourReport> {
  const { heading, files, command, ready, logged } = SETUPS[name];
  const found = await ENGINES[name].find();
  const [program = '', ...args] = command;
  const resolver: Resolver = {
    engine: name,
    version: found.available ? found.version : '',
    command: [findProgram(program) ?? program, ...args],
    ...(ready && { ready }),
    logged,
    config(rules) {
      const places = new Map(rules.map((rule, at) => [basename(request.files[at] as string), rule]));
      const moved = (text: string) =>
        text.replace(/\/etc\/[\w-]+\/([\w-]+\.rpz)/g, (_, file: string) => places.get(file) as string);
      const written = Object.entries(files(blocksOf(heading)));
      return Object.fromEntries(written.map(([file, text]) => [file, moved(text)]));
    },
  };
  return showQueries(resolver, request);
}
