/** Where Suricata is: on the path, or unpacked by scripts/install-engines.sh. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { enginesFolder, findProgram, run } from '../../process.ts';

/** An installed Suricata. */
export interface SuricataProgram {
  /** What to put before the arguments. */
  command: readonly [string, ...string[]];
  /** Such as `7.0.10`. */
  version: string;
  /** The folder with its classification.config and reference.config, where it does not know that by itself. */
  names?: string;
}

/** Where scripts/install-engines.sh unpacks Suricata 8, with all its libraries. */
const UNPACKED = join(enginesFolder, 'suricata-8');

/** The Suricata of this machine, whatever its version; a sentence where there is none. */
export async function findSuricata(): Promise<SuricataProgram | string> {
  const program = findProgram('suricata');
  return program ? withVersion([program]) : 'suricata is not installed';
}

/** The Suricata 8 that was unpacked, or that of this machine; a sentence where there is none. */
export async function findSuricata8(): Promise<SuricataProgram | string> {
  if (existsSync(UNPACKED)) {
    // Not through the machine's own loader, which is too old for it.
    const program = join(UNPACKED, 'usr/bin/suricata');
    const command = [
      join(UNPACKED, 'loader'),
      '--library-path',
      join(UNPACKED, 'libraries'),
      program,
    ] as const;
    return withVersion(command, join(UNPACKED, 'etc/suricata'));
  }
  const found = await findSuricata();
  return typeof found !== 'string' && found.version.startsWith('8.') ? found : 'Suricata 8 is not installed';
}

async function withVersion(
  command: SuricataProgram['command'],
  names?: string,
): Promise<SuricataProgram | string> {
  const [first, ...rest] = command;
  const { stdout } = await run(first, [...rest, '-V']).catch(() => ({ stdout: '' }));
  const version = /version (\S+)/.exec(stdout)?.[1];
  return version ? { command, version, ...(names && { names }) } : 'suricata does not tell its version';
}

/** Runs it with arguments; the words of the whole command come back too. */
export async function runSuricata({ command }: SuricataProgram, args: readonly string[]) {
  const words = [...command, ...args] as [string, ...string[]];
  const [first, ...rest] = words;
  return { words, finished: await run(first, rest) };
}
