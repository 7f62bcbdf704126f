/** All helpers of the templates by name. */

import { ADDRESSES } from './addresses.ts';
import { DATES } from './dates.ts';
import { DIGESTS } from './digests.ts';
import { ENCODINGS } from './encodings.ts';
import type { Helper } from './helper.ts';
import { LISTS } from './lists.ts';
import { LOGIC } from './logic.ts';
import { NUMBERS } from './numbers.ts';
import { RPZ } from './rpz.ts';
import { TEXT } from './text.ts';

export const HELPERS: Readonly<Record<string, Helper>> = {
  ...LOGIC,
  ...TEXT,
  ...LISTS,
  ...NUMBERS,
  ...ADDRESSES,
  ...DATES,
  ...ENCODINGS,
  ...DIGESTS,
  ...RPZ,
};
