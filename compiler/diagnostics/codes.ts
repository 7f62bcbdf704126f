/** The one table of diagnostic codes. `docs/codes/` is made from it. */

export interface CodeEntry {
  /** A short name, words joined by dashes. */
  name: string;
  /** What the code means, one sentence. */
  title: string;
  /** Why it matters. Shown under a diagnostic that gives no reason of its own. */
  why: string;
  /** How to mend it, in general. */
  help: string;
}

/* RF1xx YAML, RF2xx records and keys, RF3xx values of indicators, RF4xx guards, RF5xx settings, targets and templates, RF6xx output and lock. */
export const CODES = {
  RF101: {
    name: 'yaml-syntax',
    title: 'The file is not valid YAML.',
    why: 'nothing after this point can be read',
    help: 'mend the syntax at this place',
  },
} as const satisfies Record<string, CodeEntry>;

export type Code = keyof typeof CODES;
