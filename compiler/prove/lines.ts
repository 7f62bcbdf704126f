/** Finds the line that an engine means when it does not say its number. */

import { readFile } from 'node:fs/promises';

/** Loaded files, by path, as lines. */
export type FileLines = ReadonlyMap<string, readonly string[]>;

/** Reads files whole. Throws where one cannot be read. */
export async function readLines(files: readonly string[]): Promise<FileLines> {
  const read = async (file: string) => [file, (await readFile(file, 'utf8')).split(/\r?\n/)] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** The place of the one line that holds `text`; `undefined` where none or several do. */
export function onlyLineWith(files: FileLines, text: string): { file: string; line: number } | undefined {
  let found: { file: string; line: number } | undefined;
  for (const [file, lines] of files) {
    for (const [index, line] of lines.entries()) {
      if (!line.includes(text)) continue;
      if (found) return undefined;
      found = { file, line: index + 1 };
    }
  }
  return found;
}
