/** Shows observed data to STIX patterns. The work is done by scripts/engines/stix-behaviour.py. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS } from '../../../indicators/kind.ts';
import type { BehaviourReport, BehaviourRequest, Case } from '../../behaviour.ts';
import { commandLine, inFolder, packageFolder, runOffline, unexplained } from '../../process.ts';
import { isObservable, observablesOf } from './stix-observed.ts';

const SCRIPT = join(packageFolder, 'scripts', 'engines', 'stix-behaviour.py');

/** Milliseconds. Every case is compared with every pattern about such objects. */
const TIMEOUT = 600_000;

/** These take about a minute. */
const MOST_COMPARISONS = 500_000;

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
  const bundles = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))));
  const observable = cases.filter(({ kind }) => isObservable(kind));
  const patterns = bundles.flatMap(({ objects }) => objects).filter(({ pattern }) => pattern !== undefined);
  const oneIn = Math.ceil((observable.length * patterns.length) / MOST_COMPARISONS);
  const shown = oneIn > 1 ? everyNth(observable, oneIn) : observable;
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
      notCarried: KINDS.filter((kind) => cases.some((one) => one.kind === kind)).map((kind) => ({
        kind,
        why: isObservable(kind)
          ? `each is compared with every pattern: one in ${oneIn} was shown`
          : 'STIX 2.1 has no property for it',
      })),
    };
  });
}

/** The cases of every n-th indicator: its witnesses, and the near misses that follow them. */
function everyNth(cases: readonly Case[], n: number): Case[] {
  let indicator = -1;
  return cases.filter(({ expect }, at) => {
    if (expect === 'match' && cases[at - 1]?.expect !== 'match') indicator++;
    return indicator % n === 0;
  });
}

function uuidOf(id: string): string {
  return id.slice('indicator--'.length);
}
