/**
 * Shows log events to Sigma rules: they become SQL over a table of events, and queries for other products. The work is
 * done by scripts/engines/sigma-behaviour.py.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BehaviourReport, BehaviourRequest } from '../../behaviour.ts';
import { commandLine, inFolder, packageFolder, runOffline, unexplained } from '../../process.ts';
import { logEvents, NOT_LOGGED, type SigmaEvent } from './sigma-events.ts';

const SCRIPT = join(packageFolder, 'scripts', 'engines', 'sigma-behaviour.py');

/** Milliseconds. Every event is compared with every value. */
const TIMEOUT = 600_000;

/** What the script writes. */
interface Answers {
  rules: string[];
  unseen: { rule: string; why: string }[];
  /** `event` is the place of the event in those of all log sources. */
  hits: { event: number; rules: string[] }[];
  conversions: { backend: string; problems: { rule: string; message: string }[] }[];
}

/** Runs the rules with the given Python. Throws `Error` where they do not load. */
export async function showLogEvents(
  python: string,
  version: string,
  request: BehaviourRequest,
): Promise<BehaviourReport> {
  const { files, cases, keep } = request;
  const sources = logEvents(cases);
  const events = sources.flatMap((source) => source.events);
  const numbers = new Map(events.map((event, number) => [event, number]));
  const input = {
    files: await Promise.all(files.map(readRule)),
    sources: sources.map((source) => ({
      ...source,
      events: source.events.map((event) => ({ event: numbers.get(event), ...event })),
    })),
  };
  return inFolder(keep, async (folder) => {
    await writeFile(join(folder, 'events.json'), `${JSON.stringify(input, null, 1)}\n`);
    const command = [python, SCRIPT, folder] as const;
    const finished = await runOffline(python, command.slice(1), { timeout: TIMEOUT });
    if (finished.status !== 0) throw new Error(unexplained('the run of the Sigma rules', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as Answers;
    return {
      engine: 'sigma',
      version,
      command: commandLine(command),
      observations: answers.hits.map(({ event, rules }) => {
        const { case: shown, carrier } = events[event] as SigmaEvent;
        return { case: shown, carrier, rules };
      }),
      rules: answers.rules,
      notCarried: NOT_LOGGED.filter((kind) => cases.some((shown) => shown.kind === kind)).map((kind) => ({
        kind,
        why: 'no log source of the Sigma taxonomy has a field for it',
      })),
      unseen: answers.unseen,
      conversions: answers.conversions,
    };
  });
}

async function readRule(file: string): Promise<{ path: string; text: string }> {
  return { path: resolve(file), text: await readFile(file, 'utf8') };
}
