/**
 * Asks a Squid with our rules for the hosts, addresses and URLs of the cases: in a network namespace of its own, where
 * what it lets through goes to a proxy that answers everything. The work is done by scripts/engines/squid-behaviour.py.
 */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rangeOf } from '../../../indicators/address.ts';
import type { Kind } from '../../../indicators/kind.ts';
import { KIND_MODULES } from '../../../indicators/kinds.ts';
import { isValueOf } from '../../../indicators/witnesses.ts';
import {
  type BehaviourReport,
  type BehaviourRequest,
  type Case,
  deedsSeen,
  notCarriedBut,
} from '../../behaviour.ts';
import { copyRules } from '../../copy-rules.ts';
import { needIsolation, needProgram, runScript } from '../../namespace.ts';
import { inFolder, unexplained } from '../../process.ts';

/** Where Squid listens on 127.0.0.1, and the proxy that it sends everything to. */
const SQUID_PORT = 3128;
const PARENT_PORT = 3129;

const CARRIED: readonly Kind[] = ['domain', 'ip', 'cidr', 'endpoint', 'url', 'user_agent'];

/** One request. */
interface Request {
  case: number;
  /** How the case is seen. */
  carrier: string;
  method: 'GET' | 'CONNECT';
  target: string;
  agent?: string;
}

/**
 * Runs the rules. A request has `drop` where Squid denies access; `count` where it lets it through and the rules have put
 * an annotation `refang` on it, which its log shows; nothing where it passes unmarked. What Squid cannot ask for at all
 * has no observation. Throws `Error` where Squid does not start with the rules, or denies what nobody lists.
 */
export async function showRequests(
  squid: string,
  version: string,
  { files, cases, keep }: BehaviourRequest,
): Promise<BehaviourReport> {
  const [words, ip, unshare] = [await needIsolation(), needProgram('ip', 'iproute2'), needProgram('unshare')];
  const requests = cases.flatMap(requestsOf);
  return inFolder(keep, async (folder) => {
    await writeFile(join(folder, 'squid.conf'), configOf(await copyRules(files, folder)));
    await rm(join(folder, 'access.log'), { force: true });
    // As root, Squid would become another user, who may not write in the folder.
    const command = [unshare, '--user', '--map-user=1000', squid, '-N', '-f', 'squid.conf'];
    const input = { ip, command, squidPort: SQUID_PORT, parentPort: PARENT_PORT, requests };
    await writeFile(join(folder, 'requests.json'), `${JSON.stringify(input, null, 1)}\n`);
    const { finished, command: ran } = await runScript(words, 'squid-behaviour.py', folder);
    if (finished.status !== 0) throw new Error(unexplained('the run of the rules', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as string[];
    const log = await readFile(join(folder, 'access.log'), 'utf8');
    const observations = observationsOf(requests, answers, markedIn(log));
    return {
      engine: 'squid',
      version,
      command: ran,
      observations,
      rules: deedsSeen(observations),
      notCarried: notCarriedBut(CARRIED, cases, 'a proxy sees requests'),
    };
  });
}

/** A Squid that knows the rules, keeps nothing, and asks one proxy for everything. Its paths are relative. */
function configOf(rules: readonly string[]): string {
  return `visible_hostname refang-proof
http_port 127.0.0.1:${SQUID_PORT}
${rules.map((name) => `include ${name}\n`).join('')}
http_access allow all
cache_peer 127.0.0.1 parent ${PARENT_PORT} 0 no-query default
never_direct allow all
cache deny all
dns_nameservers 127.0.0.1
hosts_file none
pid_filename none
pinger_enable off
netdb_filename none
coredump_dir none
cache_store_log none
cache_log squid.log
logformat refang_proof %{X-Refang-Request}>h %{refang}note
access_log stdio:access.log logformat=refang_proof
shutdown_lifetime 0 seconds
`;
}

function requestsOf({ id, kind, text }: Case): Request[] {
  const http = (host: string, carrier = 'HTTP'): Request => {
    return { case: id, carrier, method: 'GET', target: `http://${host}/` };
  };
  const connect = (authority: string): Request => {
    return { case: id, carrier: 'CONNECT', method: 'CONNECT', target: authority };
  };
  if (!CARRIED.includes(kind)) return [];
  if (kind === 'user_agent') {
    return [{ ...http('agents.refang-proof.example', 'User-Agent'), agent: text }];
  }
  if (kind === 'ip' || kind === 'cidr') {
    if (!isValueOf(KIND_MODULES.ip, text)) return [];
    const host = text.includes(':') ? `[${text}]` : text;
    return [http(host), http(nameFor(text), 'HTTP to a name'), connect(`${host}:443`)];
  }
  if (!isValueOf(KIND_MODULES[kind], text)) return [];
  if (kind === 'url') {
    const plain = /^(?:http|ftp):/i.test(text);
    return plain ? [{ case: id, carrier: 'HTTP', method: 'GET', target: text }] : [];
  }
  if (kind === 'domain') return [http(text), connect(`${text}:443`)];
  const { host, host_kind, port } = KIND_MODULES.endpoint.describe(text.toLowerCase());
  const named = host_kind === 'domain' ? [] : [http(`${nameFor(String(host))}:${port}`, 'HTTP to a name')];
  return [http(text), connect(text), ...named];
}

/** A name that the script's name server gives an address. */
function nameFor(address: string): string {
  const { family, first } = rangeOf(address);
  return `a-${first.toString(16).padStart(family === 4 ? 8 : 32, '0')}.refang-proof.example`;
}

/** The numbers of the requests that were logged with an annotation. */
function markedIn(log: string): ReadonlySet<number> {
  return new Set(Array.from(log.matchAll(/^(\d+) (?!-$)./gm), ([, number]) => Number(number)));
}

function observationsOf(
  requests: readonly Request[],
  answers: readonly string[],
  marked: ReadonlySet<number>,
): BehaviourReport['observations'] {
  return requests.flatMap(({ case: shown, carrier }, number) => {
    const answer = answers[number];
    if (answer === 'denied') return [{ case: shown, carrier, rules: ['drop'] }];
    if (answer === 'through') return [{ case: shown, carrier, rules: marked.has(number) ? ['count'] : [] }];
    return [];
  });
}
