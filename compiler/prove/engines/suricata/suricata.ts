/** Suricata 7 and 8: loads rules with `suricata -T`, the engine's own test mode, and shows them captured traffic. */

import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Engine, type EngineName, INSTALL_ALL, type LoadReport, loadReport } from '../../engine.ts';
import { commandLine, unexplained, withTempFolder } from '../../process.ts';
import { suricataConfig } from './suricata-config.ts';
import { readSuricataLog } from './suricata-log.ts';
import { findSuricata, findSuricata8, runSuricata, type SuricataProgram } from './suricata-program.ts';
import { replay } from './suricata-replay.ts';

const LOG = 'engine.json';

/** Whichever Suricata the machine has. */
export const suricata: Engine = engine('suricata', findSuricata);

/** Version 8, beside a machine's own 7: some rules are for one of the two alone. */
export const suricata8: Engine = engine('suricata-8', findSuricata8);

function engine(name: EngineName, find: () => Promise<SuricataProgram | string>): Engine {
  const program = async (): Promise<SuricataProgram> => {
    const found = await find();
    if (typeof found === 'string') throw new Error(found);
    return found;
  };
  return {
    name,
    async find() {
      const found = await find();
      if (typeof found === 'string') return { available: false, why: found, install: INSTALL_ALL };
      return { available: true, version: found.version };
    },
    async load(files) {
      return load(name, await program(), files);
    },
    async behave(request) {
      return replay(name, await program(), request);
    },
  };
}

function load(name: EngineName, program: SuricataProgram, files: readonly string[]): Promise<LoadReport> {
  return withTempFolder(async (folder) => {
    const config = join(folder, 'suricata.yaml');
    const ruleFiles = files.map((file) => resolve(file));
    await writeFile(config, suricataConfig({ ruleFiles, log: LOG, names: program.names }));
    const { words, finished } = await runSuricata(program, ['-T', '-c', config, '-l', folder]);
    const problems = await readSuricataLog(join(folder, LOG), files);
    if (finished.status !== 0 && problems.length === 0) problems.push(unexplained(name, finished));
    return loadReport(name, program.version, commandLine(words), problems);
  });
}
