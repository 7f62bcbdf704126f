/** Finds the programs of a DNS resolver. */

import { type Availability, INSTALL_ALL } from '../../engine.ts';
import { findProgram, isolation, run } from '../../process.ts';

/** What a resolver consists of. */
export interface ResolverProgram {
  /** For people, in the middle of a sentence. */
  name: string;
  /** The program that runs; it tells its version when asked so. */
  program: string;
  ask: readonly string[];
  /** Finds the version in what it says. */
  version: RegExp;
  /** What else is needed. */
  others?: readonly string[];
}

/** Whether a resolver can run here. */
export async function findResolver(wanted: ResolverProgram): Promise<Availability> {
  const program = findProgram(wanted.program);
  if (!program || !(wanted.others ?? []).every(findProgram))
    return { available: false, why: `${wanted.name} is not installed`, install: INSTALL_ALL };
  if (!(await isolation())) {
    return {
      available: false,
      why: `${wanted.name} needs a network namespace of its own, which is not permitted here`,
      install: 'run as root, or permit user namespaces',
    };
  }
  const { stdout, stderr } = await run(program, wanted.ask).catch(() => ({ stdout: '', stderr: '' }));
  const version = wanted.version.exec(stdout + stderr)?.[1];
  if (!version)
    return { available: false, why: `${wanted.name} does not tell its version`, install: INSTALL_ALL };
  return { available: true, version };
}

/** The path of a program and its resolver's version. Throws `Error` where the resolver is not available. */
export async function needResolver(
  wanted: ResolverProgram,
  name = wanted.program,
): Promise<{ program: string; version: string }> {
  const found = await findResolver(wanted);
  const program = findProgram(name);
  if (!found.available || !program) throw new Error(`${wanted.name} is not available`);
  return { program, version: found.version };
}
