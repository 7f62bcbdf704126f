/** A top-level domain alone: a rule on it is a rule on a country or an industry. */

import type { Guard } from './guard.ts';

/** The guard of top-level domains. A name without a dot is nothing else to a resolver. */
export const bareTld: Guard = ({ kind, name }) =>
  kind === 'domain' && name !== undefined && !name.includes('.')
    ? [
        {
          guard: 'bare-tld',
          list: 'top-level domains',
          relation: 'exact',
          entry: name,
          about: 'a whole top-level domain',
          strength: 'always',
        },
      ]
    : [];
