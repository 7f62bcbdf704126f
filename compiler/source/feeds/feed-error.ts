/** What stops the reading of a feed: not one line of it, but the file. */

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** Its diagnostic has no place; where there is none to give, that of the feed's path in the YAML is taken. */
export class FeedError extends Error {
  readonly diagnostic: Omit<Diagnostic, 'severity'>;

  constructor(diagnostic: Omit<Diagnostic, 'severity'>) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
