/** Shows captured traffic to Suricata's rules and tells which fired. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BehaviourReport, BehaviourRequest } from '../../behaviour.ts';
import { capture, type Hit, observe } from '../../capture.ts';
import type { EngineName } from '../../engine.ts';
import { jsonLines } from '../../json-lines.ts';
import { commandLine, inFolder, unexplained } from '../../process.ts';
import { NOT_CARRIED } from '../../traffic.ts';
import { replayConfig } from './suricata-config.ts';
import { readSuricataLog } from './suricata-log.ts';
import { runSuricata, type SuricataProgram } from './suricata-program.ts';

const PCAP = 'cases.pcap';
const CONFIG = 'suricata.yaml';
const LOG = 'engine.json';
const ALERTS = 'eve.json';
/** Written by `--engine-analysis`: each rule that was loaded, one JSON object a line. */
const RULES = 'rules.json';

/** What `behave` of an `Engine` says, by one program. */
export function replay(
  engine: EngineName,
  program: SuricataProgram,
  request: BehaviourRequest,
): Promise<BehaviourReport> {
  return inFolder(request.keep, (folder) => replayIn(folder, engine, program, request));
}

async function replayIn(
  folder: string,
  engine: EngineName,
  program: SuricataProgram,
  { files, cases }: BehaviourRequest,
): Promise<BehaviourReport> {
  const analysis = join(folder, 'analysis');
  // What an earlier run left in a kept folder is not ours.
  for (const left of [analysis, join(folder, LOG), join(folder, ALERTS)]) {
    await rm(left, { recursive: true, force: true });
  }
  await mkdir(analysis, { recursive: true });
  const ruleFiles = files.map((file) => resolve(file));
  const config = join(folder, CONFIG);
  const { pcap, flows } = capture(cases);
  await Promise.all([
    writeFile(config, replayConfig({ ruleFiles, log: LOG, names: program.names, alerts: ALERTS })),
    writeFile(join(folder, PCAP), pcap),
  ]);
  const common = ['-c', config, '--runmode', 'single', '--init-errors-fatal'];
  const [shown, analysed] = await Promise.all([
    runSuricata(program, ['-r', join(folder, PCAP), '-l', folder, ...common]),
    runSuricata(program, ['--engine-analysis', '-l', analysis, ...common]),
  ]);
  for (const { finished } of [shown, analysed]) {
    if (finished.status === 0) continue;
    const problems = await readSuricataLog(join(folder, LOG), files);
    const { file, line, message } =
      problems.find(({ severity }) => severity === 'error') ?? unexplained(engine, finished);
    throw new Error(`${engine} does not load ${file ? `${file}:${line ?? 1}` : 'the rules'}: ${message}`);
  }
  return {
    engine,
    version: program.version,
    command: commandLine(shown.words),
    observations: observe(flows, await alerts(join(folder, ALERTS))),
    rules: await loadedRules(join(analysis, RULES)),
    notCarried: NOT_CARRIED,
  };
}

interface EveEvent {
  event_type: string;
  alert?: { signature_id: number };
  flow?: { src_ip: string; src_port: number };
}

/** The alerts, each at the client's end of its flow: whichever side's packet the rule fired on. */
async function alerts(path: string): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const { event_type, alert, flow } of jsonLines<EveEvent>(path)) {
    if (event_type !== 'alert' || !alert || !flow) continue;
    hits.push({ address: flow.src_ip, port: flow.src_port, rule: String(alert.signature_id) });
  }
  return hits;
}

/** The sids of the rules that were loaded; those that `requires` keeps from this version are not. */
async function loadedRules(path: string): Promise<string[]> {
  const sids = new Set<number>();
  for await (const { id } of jsonLines<{ id: number }>(path)) sids.add(id);
  return [...sids].sort((a, b) => a - b).map(String);
}
