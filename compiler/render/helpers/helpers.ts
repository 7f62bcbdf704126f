/** All helpers of the templates by name. */

import { DATES } from './dates.ts';
import { ENCODINGS } from './encodings.ts';
import type { Helper } from './helper.ts';
import { LISTS } from './lists.ts';
import { LOGIC } from './logic.ts';
import { TEXT } from './text.ts';

export const HELPERS: Readonly<Record<string, Helper>> = {
  ...LOGIC,
  ...TEXT,
  ...LISTS,
  ...DATES,
  ...ENCODINGS,
};
