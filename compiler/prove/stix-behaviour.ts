/** Shows observed data to STIX patterns. The work is done by scripts/engines/stix-behaviour.py. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from '../indicators/kind.ts';
import type { BehaviourReport, BehaviourRequest } from './behaviour.ts';
import { commandLine, inFolder, packageFolder, runOffline, unexplained } from './process.ts';
import { isObservable, observablesOf } from './stix-observed.ts';

const SCRIPT = join(packageFolder, 'scripts', 'engines', 'stix-behaviour.py');

/** Milliseconds. Every case is compared with every pattern about such objects. */
const TIMEOUT = 600_000;

/** What the script writes. Ids are whole: `indicator--…`. */
interface Answers {
  rules: string[];
  /** For each of `observed`: the indicators that match. */
  hits: string[][];
}

/** Runs the patterns with the given Python. Throws `Error` where they do not load. */
export async function showObservedData(
  python: string,
  version: string,
  { files, cases, keep }: BehaviourRequest,
): Promise<BehaviourReport> {
  const shown = cases.filter(({ kind }) => isObservable(kind));
  const bundles = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))));
  return inFolder(keep, async (folder) => {
    const input = { bundles, observed: shown.map(observablesOf) };
    await writeFile(join(folder, 'observed.json'), `${JSON.stringify(input, null, 1)}\n`);
    const command = [python, SCRIPT, folder] as const;
    const finished = await runOffline(python, command.slice(1), { timeout: TIMEOUT });
    if (finished.status !== 0) throw new Error(unexplained('the run of the STIX patterns', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as Answers;
    return {
      engine: 'stix',
      version,
      command: commandLine(command),
      observations: answers.hits.map((rules, at) => ({
        case: (shown[at] as (typeof shown)[number]).id,
        carrier: 'observed data',
        rules: rules.map(uuidOf),
      })),
      rules: answers.rules.map(uuidOf),
      notCarried: KINDS.filter((kind) => !isObservable(kind) && cases.some((one) => one.kind === kind)).map(
        (kind) => ({ kind, why: 'STIX 2.1 has no property for it' }),
      ),
    };
  });
}

function uuidOf(id: string): string {
  return id.slice('indicator--'.length);
}
