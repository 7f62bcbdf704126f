/**
 * Asks a DNS resolver with our rules for the names of the cases: in a network namespace of its own, where the only server
 * it can ask gives every name the same addresses, but a name made up for a listed address that one. The work is done by
 * scripts/engines/resolver-behaviour.py.
 */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ip } from '../../../indicators/ip.ts';
import { KINDS, type Kind } from '../../../indicators/kind.ts';
import { KIND_MODULES } from '../../../indicators/kinds.ts';
import { isValueOf } from '../../../indicators/witnesses.ts';
import { type BehaviourReport, type BehaviourRequest, type Case, deedsSeen } from '../../behaviour.ts';
import { copyRules } from '../../copy-rules.ts';
import type { EngineName } from '../../engine.ts';
import { needIsolation, needProgram, runScript } from '../../namespace.ts';
import { type Finished, inFolder, unexplained, withTempFolder } from '../../process.ts';

const TYPES = ['A', 'AAAA'] as const;

/** Where the resolver listens on 127.0.0.1, and where the only server is that it may ask. */
export const RESOLVER_PORT = 5300;
export const SERVER_PORT = 5301;

/** A resolver, as it is run here. */
export interface Resolver {
  engine: EngineName;
  version: string;
  /** Its configuration files by name, which include the rules by their names in the folder it runs in. */
  config(rules: readonly string[]): Readonly<Record<string, string>>;
  /** What starts it in the foreground, in the folder of those files. */
  command: readonly string[];
  /** What its log holds once it has read the rules, where it answers before that. */
  ready?(rules: readonly string[]): readonly string[];
  /** The names and types, `host.example A` in lower case, that it logged because of a rule. */
  logged(log: string): ReadonlySet<string>;
  /** Why its rules cannot see the addresses in answers; absent where they can. */
  withoutAddresses?: string;
}

/** A name that is asked for. */
interface Query {
  case: number;
  name: string;
  type: (typeof TYPES)[number];
  /** Where the name is made up to lead to. */
  address?: string;
}

/**
 * Runs the rules. A query has `drop` where the name's own addresses do not come back, whatever is said instead; `count`
 * where they do and a rule logged the query; nothing otherwise. Throws `Error` where the resolver does not start with the
 * rules, or withholds what nobody lists.
 */
export async function showQueries(resolver: Resolver, request: BehaviourRequest): Promise<BehaviourReport> {
  const { files, cases, keep } = request;
  const queries = queriesOf(cases, resolver.withoutAddresses === undefined);
  return inFolder(keep, async (folder) => {
    const { finished, command, log } = await start(resolver, files, queries, folder);
    if (finished.status !== 0) throw new Error(unexplained('the run of the rules', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as { through: number[] };
    const observations = observationsOf(queries, new Set(answers.through), resolver.logged(log));
    return {
      engine: resolver.engine,
      version: resolver.version,
      command,
      observations,
      rules: deedsSeen(observations),
      notCarried: notCarried(resolver, cases),
    };
  });
}

/** Starts a resolver with the rules and stops it once it answers: what it logged, and why it did not start if so. */
export function tryToStart(
  resolver: Resolver,
  files: readonly string[],
): Promise<{ finished: Finished; log: string }> {
  return withTempFolder((folder) => start(resolver, files, [], folder));
}

async function start(
  resolver: Resolver,
  files: readonly string[],
  queries: readonly Query[],
  folder: string,
): Promise<{ finished: Finished; command: string; log: string }> {
  const [words, iproute] = [await needIsolation(), needProgram('ip', 'iproute2')];
  const rules = await copyRules(files, folder);
  for (const [name, text] of Object.entries(resolver.config(rules)))
    await writeFile(join(folder, name), text);
  const logFile = join(folder, 'resolver.log');
  await rm(logFile, { force: true });
  const input = {
    ip: iproute,
    command: resolver.command,
    resolverPort: RESOLVER_PORT,
    serverPort: SERVER_PORT,
    ready: resolver.ready?.(rules) ?? [],
    queries,
  };
  await writeFile(join(folder, 'queries.json'), `${JSON.stringify(input, null, 1)}\n`);
  const { finished, command } = await runScript(words, 'resolver-behaviour.py', folder);
  const log = await readFile(logFile, 'utf8').catch(() => '');
  return { finished, command, log };
}

const ADDRESSES: readonly Kind[] = ['ip', 'cidr'];

function queriesOf(cases: readonly Case[], withAddresses: boolean): Query[] {
  return cases.flatMap(({ id, kind, text }): Query[] => {
    if (kind === 'domain' && isValueOf(KIND_MODULES.domain, text))
      return TYPES.map((type) => ({ case: id, name: text, type }));
    if (!withAddresses || !ADDRESSES.includes(kind) || !isValueOf(ip, text)) return [];
    const type = text.includes(':') ? 'AAAA' : 'A';
    return [{ case: id, name: `case-${id}.refang-proof.example`, type, address: text }];
  });
}

function observationsOf(
  queries: readonly Query[],
  through: ReadonlySet<number>,
  logged: ReadonlySet<string>,
): BehaviourReport['observations'] {
  return queries.map(({ case: shown, name, type, address }, at) => {
    const counted = logged.has(`${name.toLowerCase()} ${type}`) ? ['count'] : [];
    const carrier = `DNS ${address === undefined ? 'query' : 'answer'} ${type}`;
    return { case: shown, carrier, rules: through.has(at) ? counted : ['drop'] };
  });
}

function notCarried({ withoutAddresses }: Resolver, cases: readonly Case[]): BehaviourReport['notCarried'] {
  const reasonFor = (kind: Kind): string | undefined => {
    if (kind === 'domain') return undefined;
    return ADDRESSES.includes(kind) ? withoutAddresses : 'a resolver sees names';
  };
  return KINDS.flatMap((kind) => {
    const why = cases.some((one) => one.kind === kind) ? reasonFor(kind) : undefined;
    return why === undefined ? [] : [{ kind, why }];
  });
}
