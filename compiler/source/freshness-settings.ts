/** What `refang.yaml` says of freshness: how old a report may be whose indicators are called active. */

import * as z from 'zod/mini';
import { once, optional } from './schema-parts.ts';

/** Ages in days; undefined where nothing is told. */
export interface Freshness {
  warnAfter: number | undefined;
  errorAfter: number | undefined;
}

/** Off. */
export const DEFAULT_FRESHNESS: Freshness = { warnAfter: undefined, errorAfter: undefined };

export const freshnessSchema = once(() => {
  const days = z.int().check(z.gte(1));
  return optional(
    z.strictObject({
      warn_after: optional(days, 'Warn after', 'A warning where it is more days. Default: none.'),
      error_after: optional(
        days,
        'Error after',
        'An error, which stops builds, where it is more days. Default: none.',
      ),
    }),
    'Freshness',
    'For how many days a report may call indicators active: from the day it was published, or that on which an indicator was last seen, to `--as-of`.',
  );
});

/** What the schema let through, with the defaults filled in. */
export function freshnessOf(said: z.infer<ReturnType<typeof freshnessSchema>>): Freshness {
  return { warnAfter: said?.warn_after, errorAfter: said?.error_after };
}
