/** Guards as a project has them, with lists given as text. */

import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { Guard, GuardHit } from '../../compiler/guard/guard.ts';
import { guardIndicators } from '../../compiler/guard/guard.ts';
import { type OpenGuards, openGuards } from '../../compiler/guard/open.ts';
import type { FileReader } from '../../compiler/source/files.ts';
import { DEFAULT_LIMITS } from '../../compiler/source/guard-settings.ts';
import { type Given, setOf } from '../plan/help.ts';

/** A list in the format of the MISP warning lists. */
export function warningList(type: string, list: readonly unknown[], attributes?: readonly string[]): string {
  return JSON.stringify({
    name: 'List of a test',
    version: 3,
    type,
    list,
    ...(attributes && { matching_attributes: attributes }),
  });
}

function readerOf(files: Readonly<Record<string, string>>): FileReader {
  return {
    read: (path) => ({ file: new SourceFile(path, files[path] as string), diagnostics: [] }),
    readBytes: () => ({ bytes: undefined, diagnostics: [] }),
    list: () => [],
    exists: (path) => path in files,
  };
}

/** All guards, with lists by file: `.json` in the format of MISP, others of the user's own. */
export async function guardsWith(files: Readonly<Record<string, string>> = {}): Promise<readonly Guard[]> {
  return (await opened(files)).guards;
}

/** The same with what tells quickly of whom they speak. */
export async function opened(files: Readonly<Record<string, string>>): Promise<OpenGuards> {
  const span = { file: new SourceFile('refang.yaml', ''), start: 0, end: 0 };
  const guards = Object.keys(files).map((pattern) => ({ pattern, own: !pattern.endsWith('.json'), span }));
  const found = await openGuards({ guards, limits: DEFAULT_LIMITS }, readerOf(files));
  if (found.diagnostics.length > 0) throw new Error(JSON.stringify(found.diagnostics[0]?.message));
  return found;
}

/** What the guards say of indicators. */
export function hitsOf(guards: readonly Guard[], given: readonly Given[]): GuardHit[] {
  return guardIndicators(setOf(given), guards, '2026-01-01');
}
