/** PowerDNS Recursor: reads response policy zones in a real one, and asks it for names. */

import { type Engine, loadReport, type Problem } from '../../engine.ts';
import { commandLine, unexplained } from '../../process.ts';
import { RESOLVER_PORT, type Resolver, SERVER_PORT, showQueries, tryToStart } from './resolver-behaviour.ts';
import { findResolver, needResolver, type ResolverProgram } from './resolver-program.ts';

const POWERDNS: ResolverProgram = {
  name: 'PowerDNS Recursor',
  program: 'pdns_recursor',
  ask: ['--version'],
  version: /PowerDNS Recursor (\d\S*)/,
};

export const powerdns: Engine = {
  name: 'powerdns',

  find: () => findResolver(POWERDNS),

  async load(files) {
    const { program, version } = await needResolver(POWERDNS);
    const { finished, log } = await tryToStart(await resolver(), files);
    const problems = readMessages(log, files);
    if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('pdns_recursor', finished));
    const command = commandLine([program, ...files.map((file) => `rpzFile("${file}")`)]);
    return loadReport('powerdns', version, command, problems);
  },

  async behave(request) {
    return showQueries(await resolver(), request);
  },
};

/** Such as `error="Issue parsing '1.rpz-ip' '.' at on line 8 of file 'rules-1.rpz': No 'zz' label found"`; quotes are escaped. */
const IN_FILE = /error="((?:[^"\\]|\\.)*? on line (\d+) of file 'rules-(\d+)\.rpz'(?:[^"\\]|\\.)*)"/g;
/** Anything else that is said of a zone, or loudly. */
const GRAVE = /^.*prio="(?:Error|Critical)".*$/gm;

function readMessages(log: string, files: readonly string[]): Problem[] {
  const inFiles = Array.from(
    log.matchAll(IN_FILE),
    ([, message = '', line, at]): Problem => ({
      file: files[Number(at) - 1] ?? '',
      line: Number(line),
      message: message.replaceAll('\\"', '"'),
      severity: 'error',
    }),
  );
  if (inFiles.length > 0) return inFiles;
  return Array.from(log.matchAll(GRAVE), ([message]) => ({ file: '', message, severity: 'error' }));
}

async function resolver(): Promise<Resolver> {
  const { program, version } = await needResolver(POWERDNS);
  return {
    engine: 'powerdns',
    version,
    config: (rules) => ({
      'recursor.conf': CONFIG,
      'zones.lua': rules.map((name) => `rpzFile("${name}", { policyName = "${name}" })\n`).join(''),
      'log.lua': LOG,
    }),
    command: [program, '--config-dir=.'],
    logged,
  };
}

/** A resolver that knows the rules, and nothing but one server to ask. */
const CONFIG = `daemon=no
write-pid=no
socket-dir=.
setuid=
threads=1
local-address=127.0.0.1
local-port=${RESOLVER_PORT}
forward-zones-recurse=.=127.0.0.1:${SERVER_PORT}
dont-query=
hint-file=no
serve-rfc1918=no
dnssec=off
security-poll-suffix=
lua-config-file=zones.lua
lua-dns-script=log.lua
`;

/** It has no log of policies but what a script writes. */
const LOG = `function policyEventFilter(event)
  pdnslog("policy " .. event.qname:toString() .. " " .. event.qtype, pdns.loglevels.Warning)
  return false
end
`;

const TYPES: Readonly<Record<string, string>> = { 1: 'A', 28: 'AAAA' };
const EVENT = /msg="policy (\S+)\. (\d+)"/g;

function logged(log: string): ReadonlySet<string> {
  return new Set(
    Array.from(log.matchAll(EVENT), ([, name, type = '']) => `${name?.toLowerCase()} ${TYPES[type]}`),
  );
}
