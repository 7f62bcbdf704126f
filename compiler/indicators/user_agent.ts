/** User agents: the whole `User-Agent` header of a request, compared byte for byte. */

import type { KindModule } from './kind.ts';
import { accept } from './result.ts';
import { defangedNotes, readText } from './text.ts';
import { collectWitnesses, cutByOne } from './witnesses.ts';

export const userAgent: KindModule = {
  kind: 'user_agent',
  title: 'User agent',
  parse(text) {
    const part = readText(text);
    return 'ok' in part ? part : accept('user_agent', part.text, defangedNotes(part));
  },
  fields: {},
  describe: () => ({}),
  // No other letter case: some engines ignore it.
  witnesses: (value) =>
    collectWitnesses(
      userAgent,
      [{ text: value, about: 'the user agent itself' }],
      [
        { text: `${value} x`, about: 'a word more behind' },
        { text: `x${value}`, about: 'a letter more in front' },
        { text: cutByOne(value), about: 'one character less' },
      ],
    ),
};
