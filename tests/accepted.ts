/** For tests of formats on values that guards would hold back: all hits accepted, all budgets lifted. */

/** The guards that are always on. */
export const GUARDS = [
  'special-use',
  'public-suffix',
  'bare-tld',
  'harmless-hash',
  'public-resolver',
  'well-known',
  'blast-radius',
] as const;

/** The value of `allow` in YAML. */
export const ACCEPT_ALL = `[${GUARDS.map((guard) => `{guard: ${guard}, reason: made for a test, owner: Example CERT}`).join(', ')}]`;

/** A line of refang.yaml: networks of any width, and as many. */
export const NO_BUDGETS = `limits: {blast_radius: ${Number.MAX_SAFE_INTEGER}, addresses: ${Number.MAX_SAFE_INTEGER}}\n`;
