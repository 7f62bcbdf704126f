/** Names of mutexes, with or without their `Global\` or `Local\` namespace. */

import type { KindModule } from './kind.ts';
import { accept } from './result.ts';
import { readText } from './text.ts';

export const mutex: KindModule = {
  kind: 'mutex',
  title: 'Name of a mutex',
  parse(text) {
    const part = readText(text);
    return 'ok' in part ? part : accept('mutex', part.text);
  },
  fields: {},
  describe: () => ({}),
};
