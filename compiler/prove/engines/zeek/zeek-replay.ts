/** Shows captured traffic to Zeek and tells which rows of the Intel framework were seen in it. */

import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BehaviourReport, BehaviourRequest } from '../../behaviour.ts';
import { capture, type Hit, observe } from '../../capture.ts';
import { jsonLines } from '../../json-lines.ts';
import { commandLine, inFolder, runOffline, unexplained } from '../../process.ts';
import { NOT_CARRIED } from '../../traffic.ts';
import { readZeekMessages } from './zeek-messages.ts';

const PCAP = 'cases.pcap';
const SCRIPT = 'replay.zeek';
const HITS = 'intel.log';

/**
 * Zeek reads a capture faster than its lists, those of the Intel framework and our own of names: packets have to wait,
 * or what they show is missed. It waits for ever for a list that it refuses.
 */
export const REPLAY_SCRIPT = `@load base/frameworks/intel
redef LogAscii::use_json = T;
global lists_pending = 0;
event zeek_init() &priority=-10
	{
	lists_pending = |Intel::read_files|;
@ifdef ( Refang::names_files )
	lists_pending += |Refang::names_files|;
@endif
	if ( lists_pending > 0 )
		suspend_processing();
	}
event Input::end_of_data(name: string, source: string)
	{
	if ( /^(intel|refang)-/ in name && --lists_pending == 0 )
		continue_processing();
	}
`;

/** What `behave` of an `Engine` says. */
export function replayInZeek(
  program: string,
  version: string,
  request: BehaviourRequest,
): Promise<BehaviourReport> {
  return inFolder(request.keep, (folder) => replayIn(folder, program, version, request));
}

async function replayIn(
  folder: string,
  program: string,
  version: string,
  { files, cases }: BehaviourRequest,
): Promise<BehaviourReport> {
  await rm(join(folder, HITS), { force: true });
  const { pcap, flows } = capture(cases);
  await writeFile(join(folder, PCAP), pcap);
  await writeFile(join(folder, SCRIPT), REPLAY_SCRIPT);
  const args = ['-r', PCAP, ...files.map((file) => resolve(file)), join(folder, SCRIPT)];
  // Zeek writes its logs where it runs.
  const finished = await runOffline(program, args, { cwd: folder });
  const error = readZeekMessages(finished.stderr).find(({ severity }) => severity === 'error');
  if (finished.status !== 0 || error) {
    const { file, line, message } = error ?? unexplained('zeek', finished);
    throw new Error(`zeek does not load ${file ? `${file}:${line ?? 1}` : 'the scripts'}: ${message}`);
  }
  return {
    engine: 'zeek',
    version,
    command: `cd ${commandLine([folder])} && ${commandLine([program, ...args])}`,
    observations: observe(flows, await readHits(join(folder, HITS))),
    // Rows have no ids of their own; a hit is known by what was seen.
    rules: [],
    notCarried: NOT_CARRIED,
  };
}

/** A line of intel.log. One that is about no connection, such as a file's, has no ends. */
interface IntelHit {
  'id.orig_h'?: string;
  'id.orig_p'?: number;
  'seen.indicator'?: string;
}

async function readHits(path: string): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const line of jsonLines<IntelHit>(path)) {
    const { 'id.orig_h': address, 'id.orig_p': port, 'seen.indicator': rule } = line;
    if (address !== undefined && port !== undefined && rule !== undefined) hits.push({ address, port, rule });
  }
  return hits;
}
