/** BIND: reads response policy zones with `named-checkzone` and in a real server, and asks one for names. */

import { basename } from 'node:path';
import { type Engine, loadReport, type Problem } from '../../engine.ts';
import { onlyLineWith, readLines } from '../../lines.ts';
import { commandLine, runOffline, unexplained } from '../../process.ts';
import { RESOLVER_PORT, type Resolver, SERVER_PORT, showQueries, tryToStart } from './resolver-behaviour.ts';
import { findResolver, needResolver, type ResolverProgram } from './resolver-program.ts';

const BIND: ResolverProgram = {
  name: 'BIND',
  program: 'named',
  ask: ['-v'],
  version: /^BIND (\d[\w.]*)/m,
  others: ['named-checkzone'],
};

export const bind: Engine = {
  name: 'bind',

  find: () => findResolver(BIND),

  async load(files) {
    const { program, version } = await needResolver(BIND, 'named-checkzone');
    const problems: Problem[] = [];
    for (const file of files) problems.push(...(await checkZone(program, file)));
    // A zone that is none at all would only be refused again.
    if (problems.length === 0) problems.push(...(await startWith(files)));
    const command = files.map((file) => commandLine([program, ...CHECK, ZONE, file])).join(' && ');
    return loadReport('bind', version, command, problems);
  },

  async behave(request) {
    return showQueries(await resolver(), request);
  },
};

/** What the zone is called while it is checked alone. */
const ZONE = 'refang-proof.rpz';
/** `-D`: the zone is written out as it is understood, with every name in full. */
const CHECK = ['-i', 'none', '-k', 'fail', '-D'];

async function checkZone(program: string, file: string): Promise<Problem[]> {
  const finished = await runOffline(program, [...CHECK, ZONE, file]);
  const problems = readMessages(finished.stderr, file);
  if (finished.status !== 0 && problems.length === 0)
    problems.push({ ...unexplained('named-checkzone', finished), file });
  return finished.status === 0 ? [...problems, ...undotted(finished.stdout, file)] : problems;
}

/** Such as `/etc/bind/a.rpz:4: ignoring out-of-zone data (host.example)` or `dns_rdata_fromtext: a.rpz:2: near 'x': …`. */
const MESSAGE = /^(?:\w+: )?(.*?):(\d+): (.*)$/;
/** What sums up, or is about no line: `zone refang-proof.rpz/IN: not loaded due to errors.`. */
const ABOUT_ZONE = /^zone [^:]*: (.*)$/;

function readMessages(stderr: string, file: string): Problem[] {
  return stderr.split('\n').flatMap((text): Problem[] => {
    const [, name, line, message] = MESSAGE.exec(text) ?? [];
    if (message !== undefined && name === file)
      return [{ file, line: Number(line), message, severity: 'error' }];
    const [, about] = ABOUT_ZONE.exec(text) ?? [];
    if (about === undefined || /^loaded serial \d+$/.test(about)) return [];
    return [{ file, message: about, severity: 'error' }];
  });
}

const UNDOTTED = new RegExp(
  `^(\\S+)\\.${ZONE.replaceAll('.', '\\.')}\\.\\s.*\\sCNAME\\s+(\\S+)\\.${ZONE.replaceAll('.', '\\.')}\\.$`,
  'gm',
);

/** Actions without their final dot: names in the zone itself, which are given out as an answer. */
function undotted(dump: string, file: string): Problem[] {
  return Array.from(dump.matchAll(UNDOTTED), ([, owner, target]) => ({
    file,
    message: `the CNAME of ${owner} leads into the zone itself: ${target} has no final dot`,
    severity: 'error',
  }));
}

/**
 * What a server says of a zone, or of a trigger that it does not use: `invalid rpz IP address
 * "24.5.2.0.192.rpz-ip.rules-1.rpz"; …`.
 */
const ABOUT_RULES = /^\S+ \S+ (.*(?:rules-\d+\.rpz|rpz IP address).*)$/gm;
const ROUTINE = /^zone \S+: loaded serial \d+$|^rpz: \S+: reload (?:start|done: success)$/;
/** The trigger that is meant, with or without the name of the zone. */
const TRIGGER = /rpz IP address "([^"]*?)(?:\.rules-\d+\.rpz)?"/;

async function startWith(files: readonly string[]): Promise<Problem[]> {
  const { finished, log } = await tryToStart(await resolver(), files);
  const lines = await readLines(files);
  const said = Array.from(log.matchAll(ABOUT_RULES), ([, message = '']) => message);
  const problems = said
    .filter((message) => !ROUTINE.test(message))
    .map((message): Problem => {
      const owner = TRIGGER.exec(message)?.[1];
      return { file: '', ...(owner && onlyLineWith(lines, owner)), message, severity: 'error' };
    });
  if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('named', finished));
  return problems;
}

async function resolver(): Promise<Resolver> {
  const { program, version } = await needResolver(BIND);
  return {
    engine: 'bind',
    version,
    config: (rules) => ({ 'resolver.conf': configOf(rules) }),
    command: [program, '-g', '-c', 'resolver.conf'],
    ready: (rules) => rules.map((name) => `rpz: ${basename(name)}: reload done`),
    logged,
  };
}

/** A resolver that knows the rules, and nothing but one server to ask. Each zone is called as its file. */
function configOf(rules: readonly string[]): string {
  const policies = rules.map((name) => `    zone "${name}" log yes;\n`).join('');
  return `options {
  directory ".";
  managed-keys-directory ".";
  pid-file none;
  session-keyfile none;
  listen-on port ${RESOLVER_PORT} { 127.0.0.1; };
  listen-on-v6 { none; };
  forwarders { 127.0.0.1 port ${SERVER_PORT}; };
  forward only;
  dnssec-validation no;
  empty-zones-enable no;
  recursive-clients 10000;
  response-policy {
${policies}  } qname-wait-recurse no break-dnssec yes;
};
controls { };
${rules.map((name) => `zone "${name}" { type primary; file "${name}"; };\n`).join('')}`;
}

/** Such as `client @0x7f 127.0.0.1#50796 (www.host.example): rpz QNAME PASSTHRU rewrite www.host.example/A/IN via …`. */
const REWRITE = /: rpz \S+ \S+ rewrite (\S+)\/(\w+)\/IN via /g;

function logged(log: string): ReadonlySet<string> {
  return new Set(Array.from(log.matchAll(REWRITE), ([, name, type]) => `${name?.toLowerCase()} ${type}`));
}
