/** Comparisons and choices. */

import { type Helper, numberArgument } from './helper.ts';

/** As Handlebars' `{{#if}}` has it: false are `false`, 0, the empty text, the empty list, and what is missing. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Missing, the empty text or the empty list. */
function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

export const LOGIC: Readonly<Record<string, Helper>> = {
  eq: {
    about: 'True where two values are the same, type included: `(eq status "historical")`.',
    params: [2, 2],
    run: (a, b) => a === b,
  },
  ne: {
    about: 'True where two values differ: `(ne tlp "red")`.',
    params: [2, 2],
    run: (a, b) => a !== b,
  },
  gt: {
    about: 'True where the first number is greater: `(gt confidence 60)`.',
    params: [2, 2],
    run: (a, b) => numberArgument(a) > numberArgument(b),
  },
  and: {
    about:
      'True where all are; `false`, 0, the empty text and the empty list are not: `(and note subdomains)`.',
    params: [2, Number.POSITIVE_INFINITY],
    run: (...values) => values.every(isTrue),
  },
  or: {
    about: 'True where at least one is: `(or first_seen last_seen)`.',
    params: [2, Number.POSITIVE_INFINITY],
    run: (...values) => values.some(isTrue),
  },
  not: {
    about: 'True where the value is not: `(not subdomains)`.',
    params: [1, 1],
    run: (value) => !isTrue(value),
  },
  default: {
    about:
      'The first value, or the second where the first is missing or empty: `{{default note "no note"}}`.',
    params: [2, 2],
    run: (value, otherwise) => (isEmpty(value) ? otherwise : value),
  },
};
