/** Names of mutexes, with or without their `Global\` or `Local\` namespace. */

import type { KindModule } from './kind.ts';
import { accept } from './result.ts';
import { readText } from './text.ts';
import { collectWitnesses, cutByOne } from './witnesses.ts';

export const mutex: KindModule = {
  kind: 'mutex',
  title: 'Name of a mutex',
  parse(text) {
    const part = readText(text);
    return 'ok' in part ? part : accept('mutex', part.text);
  },
  fields: {},
  describe: () => ({}),
  witnesses: (value) =>
    collectWitnesses(
      mutex,
      [{ text: value, about: 'the name itself' }],
      [
        { text: `${value}x`, about: 'a letter more behind' },
        { text: `x${value}`, about: 'a letter more in front' },
        { text: cutByOne(value), about: 'one character less' },
      ],
    ),
};
