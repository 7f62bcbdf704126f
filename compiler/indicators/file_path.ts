/** Paths of files and folders. Letter case is kept: Windows ignores it when it compares, other systems do not. */

import type { KindModule } from './kind.ts';
import { accept, quote, refuse } from './result.ts';
import { defangedNotes, readText } from './text.ts';
import { collectWitnesses, type Witness } from './witnesses.ts';
import { refuseWrongKind } from './wrong-kind.ts';

/** `C:\\`, `\\\\server`, `/` or `%TEMP%`, and something behind it. */
const FULL = /^(?:[A-Za-z]:\\|\\\\|\/|%)./;

export const filePath: KindModule = {
  kind: 'file_path',
  title: 'File path',
  parse(text) {
    const part = readText(text);
    if ('ok' in part) return part;
    // A URL or a registry key has separators as well.
    const wrong = refuseWrongKind(part, 'file_path', ['url', 'registry_key']);
    if (wrong) return wrong;
    if (/[/\\]/.test(part.text)) return accept('file_path', part.text, defangedNotes(part));
    return refuse('RF331', `${quote(part)} has no separator`, {
      at: part.span(),
      help: 'for a name in any folder use `file_name:`',
    });
  },
  fields: {
    folder: 'what stands before the last separator',
    name: 'what stands behind the last separator; empty for a folder written with a final one',
    separator: 'the first separator: `\\` or `/`',
    is_folder: 'whether it is written as a folder, with a final separator',
    full: 'whether it begins with a drive, a share, a root or a variable, and names something below',
  },
  describe(value) {
    const last = Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\'));
    const name = value.slice(last + 1);
    const separator = value.charAt(value.search(/[/\\]/));
    const full = FULL.test(value);
    return { folder: value.slice(0, last), name, separator, is_folder: name === '', full };
  },
  witnesses: (value) =>
    collectWitnesses(filePath, [{ text: value, about: 'the path itself' }], nearMisses(value)),
};

/** A folder stands for what is in it where text is searched, so nothing that begins with it is a miss. */
function nearMisses(path: string): Witness[] {
  const nameStart = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  const folder = path.slice(0, nameStart - 1);
  const name = path.slice(nameStart);
  const misses: Witness[] = [
    { text: `x${path}`, about: 'a letter more in front' },
    { text: `${folder}x${path.slice(nameStart - 1)}`, about: 'another folder' },
  ];
  if (name === '') return [...misses, { text: folder, about: 'the folder without its final separator' }];
  return [
    ...misses,
    { text: `${path}x`, about: 'a letter more behind' },
    { text: `${path.slice(0, nameStart)}x${name}`, about: 'another file of the folder' },
  ];
}
