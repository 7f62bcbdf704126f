/** User agents: the whole `User-Agent` header of a request, compared byte for byte. */

import type { KindModule } from './kind.ts';
import { accept } from './result.ts';
import { defangedNotes, readText } from './text.ts';

export const userAgent: KindModule = {
  kind: 'user_agent',
  title: 'User agent',
  parse(text) {
    const part = readText(text);
    return 'ok' in part ? part : accept('user_agent', part.text, defangedNotes(part));
  },
  fields: {},
  describe: () => ({}),
};
