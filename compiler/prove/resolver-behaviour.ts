/**
 * Asks a DNS resolver with our rules for the names of the cases: in a network namespace of its own, where the only server
 * it can ask gives every name the same addresses. The work is done by scripts/engines/resolver-behaviour.py.
 */

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KINDS } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { isValueOf } from '../indicators/witnesses.ts';
import type { BehaviourReport, BehaviourRequest, Case } from './behaviour.ts';
import type { EngineName } from './engine.ts';
import {
  commandLine,
  findProgram,
  isolation,
  packageFolder,
  run,
  unexplained,
  withTempFolder,
} from './process.ts';

const SCRIPT = join(packageFolder, 'scripts', 'engines', 'resolver-behaviour.py');

const TYPES = ['A', 'AAAA'] as const;

/** Where the resolver listens on 127.0.0.1, and where the only server is that it may ask. */
export const RESOLVER_PORT = 5300;
export const SERVER_PORT = 5301;

/** A resolver, as `showQueries` runs it. */
export interface Resolver {
  engine: EngineName;
  version: string;
  /** Its configuration, which includes the rules by their names in the folder it runs in. */
  config(rules: readonly string[]): string;
  /** What starts it in the foreground, given the name of that configuration. */
  command(config: string): readonly string[];
  /** The names and types, `host.example A` in lower case, that it logged because of a rule. */
  logged(log: string): ReadonlySet<string>;
}

/** A name that is asked for. */
interface Query {
  case: number;
  name: string;
  type: (typeof TYPES)[number];
}

/**
 * Runs the rules. A query has `drop` where the name's own addresses do not come back, whatever is said instead; `count`
 * where they do and a rule logged the query; nothing otherwise. Throws `Error` where the resolver does not start with the
 * rules, or withholds what nobody lists.
 */
export async function showQueries(resolver: Resolver, request: BehaviourRequest): Promise<BehaviourReport> {
  const words = await isolation();
  const [python, ip] = [findProgram('python3'), findProgram('ip')];
  if (!words) throw new Error('a network namespace of its own is not permitted here');
  if (!python) throw new Error('python3 is not installed');
  if (!ip) throw new Error('ip (iproute2) is not installed');
  const { files, cases, keep } = request;
  const queries = queriesOf(cases);
  const inFolder = async (folder: string): Promise<BehaviourReport> => {
    const rules = await copyRules(files, folder);
    await writeFile(join(folder, 'resolver.conf'), resolver.config(rules));
    await rm(join(folder, 'resolver.log'), { force: true });
    const input = {
      ip,
      command: resolver.command('resolver.conf'),
      resolverPort: RESOLVER_PORT,
      serverPort: SERVER_PORT,
      queries,
    };
    await writeFile(join(folder, 'queries.json'), `${JSON.stringify(input, null, 1)}\n`);
    const [program = '', ...args] = [...words, python, SCRIPT, folder];
    const finished = await run(program, args, { timeout: 600_000 });
    if (finished.status !== 0) throw new Error(unexplained('the run of the rules', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as { through: number[] };
    const log = await readFile(join(folder, 'resolver.log'), 'utf8');
    const observations = observationsOf(queries, new Set(answers.through), resolver.logged(log));
    return {
      engine: resolver.engine,
      version: resolver.version,
      command: commandLine([program, ...args]),
      observations,
      rules: ['drop', 'count'].filter((deed) =>
        observations.some(({ rules: deeds }) => deeds.includes(deed)),
      ),
      notCarried: KINDS.filter((kind) => kind !== 'domain' && cases.some((one) => one.kind === kind)).map(
        (kind) => ({ kind, why: 'a resolver sees names' }),
      ),
    };
  };
  if (keep === undefined) return withTempFolder(inFolder);
  await mkdir(keep, { recursive: true });
  return inFolder(resolve(keep));
}

/**
 * Copies files into a folder under plain names, in the same order, which are the answer: resolvers read `*` in the path
 * of an included file as a pattern, and cannot quote all others.
 */
export async function copyRules(files: readonly string[], folder: string): Promise<string[]> {
  const names = files.map((_, at) => `rules-${at + 1}.conf`);
  for (const [at, file] of files.entries()) await copyFile(file, join(folder, names[at] as string));
  return names;
}

function queriesOf(cases: readonly Case[]): Query[] {
  return cases
    .filter(({ kind, text }) => kind === 'domain' && isValueOf(KIND_MODULES.domain, text))
    .flatMap(({ id, text }) => TYPES.map((type) => ({ case: id, name: text, type })));
}

function observationsOf(
  queries: readonly Query[],
  through: ReadonlySet<number>,
  logged: ReadonlySet<string>,
): BehaviourReport['observations'] {
  return queries.map(({ case: shown, name, type }, at) => {
    const counted = logged.has(`${name.toLowerCase()} ${type}`) ? ['count'] : [];
    return { case: shown, carrier: `DNS query ${type}`, rules: through.has(at) ? counted : ['drop'] };
  });
}
