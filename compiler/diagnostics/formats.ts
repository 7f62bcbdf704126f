/** The formats in which findings are told, by name. A printer is loaded when it is asked for. */

import type { CheckedRun, Diagnostic } from './diagnostic.ts';
import { sortDiagnostics } from './order.ts';

/** Makes a text of diagnostics that are in order. */
type Printer = (diagnostics: readonly Diagnostic[], run: CheckedRun) => string;

const PRINTERS = {
  concise: async () => (await import('./print-concise.ts')).printConcise,
  json: async () => (await import('./print-json.ts')).printJson,
  github: async () => (await import('./print-github.ts')).printGithub,
  gitlab: async () => (await import('./print-gitlab.ts')).printGitlab,
  sarif: async () => (await import('./print-sarif.ts')).printSarif,
  junit: async () => (await import('./print-junit.ts')).printJunit,
} satisfies Record<string, () => Promise<Printer>>;

/** A format for programs. */
export type MachineFormat = keyof typeof PRINTERS;

/** In the order of the help text. */
export const MACHINE_FORMATS = Object.keys(PRINTERS) as readonly MachineFormat[];

/** Findings in a format, by file and place, whole also where there is none. */
export async function printFormat(
  format: MachineFormat,
  diagnostics: readonly Diagnostic[],
  run: CheckedRun,
): Promise<string> {
  const print: Printer = await PRINTERS[format]();
  return print(sortDiagnostics(diagnostics), run);
}
