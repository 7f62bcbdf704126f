/** Names of files, without a folder. Letter case is kept: Windows ignores it when it compares, other systems do not. */

import type { KindModule } from './kind.ts';
import { accept, quote, refuse } from './result.ts';
import { defangedNotes, readText } from './text.ts';
import { collectWitnesses, cutByOne, upperCase } from './witnesses.ts';

export const fileName: KindModule = {
  kind: 'file_name',
  title: 'File name',
  parse(text) {
    const part = readText(text);
    if ('ok' in part) return part;
    const separator = part.text.search(/[/\\]/);
    if (separator >= 0) {
      return refuse('RF330', `${quote(part)} has the separator \`${part.text.charAt(separator)}\``, {
        label: 'separator',
        help: 'write it under `file_path:`, or the name alone',
        at: part.span(separator, separator + 1),
      });
    }
    if (part.text === '.' || part.text === '..')
      return refuse('RF330', `${quote(part)} is a folder`, { at: part.span() });
    return accept('file_name', part.text, defangedNotes(part));
  },
  fields: { windows: 'whether Windows can name a file so: without `:`, `*`, `?`, `"`, `<`, `>` and `|`' },
  describe: (value) => ({ windows: !/[:*?"<>|]/.test(value) }),
  witnesses: (value) =>
    collectWitnesses(
      fileName,
      [
        { text: value, about: 'the name itself' },
        { text: upperCase(value), about: 'the name in upper case' },
      ],
      [
        { text: `my${value}`, about: 'a longer name' },
        { text: `${value}.txt`, about: 'another extension behind' },
        { text: cutByOne(value), about: 'one character less' },
      ],
    ),
};
