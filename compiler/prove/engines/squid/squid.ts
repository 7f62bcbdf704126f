/** Squid: checks rules with `squid -k parse`, and asks a real one for what they deny: see squid-behaviour.ts. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyRules } from '../../copy-rules.ts';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import {
  commandLine,
  findProgram,
  isolation,
  run,
  runOffline,
  unexplained,
  withTempFolder,
} from '../../process.ts';
import { showRequests } from './squid-behaviour.ts';

export const squid: Engine = {
  name: 'squid',

  async find(): Promise<Availability> {
    const program = findProgram('squid');
    if (!program) return { available: false, why: 'squid is not installed', install: INSTALL_ALL };
    if (!(await isolation())) {
      return {
        available: false,
        why: 'squid needs a network namespace of its own, which is not permitted here',
        install: 'run as root, or permit user namespaces',
      };
    }
    const { stdout } = await run(program, ['-v']).catch(() => ({ stdout: '' }));
    const version = /^Squid Cache: Version (\d\S*)/.exec(stdout)?.[1];
    if (!version) return { available: false, why: 'squid does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await squid.find();
    const program = findProgram('squid');
    if (!found.available || !program) throw new Error('squid is not available');
    return withTempFolder(async (folder) => {
      const names = await copyRules(files, folder);
      const includes = names.map((name) => `include ${name}\n`).join('');
      await writeFile(join(folder, 'check.conf'), `visible_hostname check\nhttp_port 3128\n${includes}`);
      const finished = await runOffline(program, ['-k', 'parse', '-f', 'check.conf'], { cwd: folder });
      const problems = readMessages(finished.stderr, await linesOf(files));
      if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('squid', finished));
      return loadReport(
        'squid',
        found.version,
        commandLine([program, '-k', 'parse', '-f', 'squid.conf']),
        problems,
      );
    });
  },

  async behave(request) {
    const found = await squid.find();
    const program = findProgram('squid');
    if (!found.available || !program) throw new Error('squid is not available');
    return showRequests(program, found.version, request);
  },
};

interface Place {
  file: string;
  line: number;
}

/** The first place of each line. */
async function linesOf(files: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  for (const file of files) {
    const lines = (await readFile(file, 'utf8')).split('\n');
    for (const [at, line] of lines.entries()) {
      if (!places.has(line.trim())) places.set(line.trim(), { file, line: at + 1 });
    }
  }
  return places;
}

/** Such as `2026/01/02 03:04:05| WARNING: …`; what it is about to read comes before, as `Processing: acl …`. */
const SAID = /^\S+ \S+\| (.*)$/;
const PROCESSING = /^Processing: (.*)$/;
/** Words of complaint. Squid gives them no mark of their own where a `FATAL: Bungled …` follows. */
const ERROR =
  /\b(?:ERROR|FATAL|Bungled)\b|^\S+ Bad host|unrecognized:|not found:| too long,|^configuration error/;
/** All but what Squid says of the namespace, whose loopback device is down, and of an expression that it compiles alone. */
const WARNING =
  /\b(?:WARNING|Warning)\b(?!: (?:BCP 177 violation|optimisation of regular expressions failed))/;

function readMessages(stderr: string, places: ReadonlyMap<string, Place>): Problem[] {
  const problems: Problem[] = [];
  let place: Place | undefined;
  for (const text of stderr.split('\n')) {
    const message = SAID.exec(text)?.[1] ?? text;
    const processing = PROCESSING.exec(message)?.[1];
    if (processing !== undefined) {
      place = places.get(processing.trim());
      continue;
    }
    const severity = ERROR.test(message) ? 'error' : WARNING.test(message) ? 'warning' : undefined;
    if (!severity) continue;
    problems.push({ file: place?.file ?? '', ...(place && { line: place.line }), message, severity });
  }
  return problems;
}
