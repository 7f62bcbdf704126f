/** What a value must match and what it must not: the same for every engine. */

/** One thing that could be seen. */
export interface Witness {
  /** The name, address, URL … as it is seen. */
  text: string;
  /** What it is, for people: `a deeper subdomain`. */
  about: string;
}

export interface Witnesses {
  /** The first is the value itself. */
  matches: readonly Witness[];
  misses: readonly Witness[];
}

/** How far the listed value reaches. */
export interface WitnessOptions {
  /** Whether a domain stands for the names below it too. */
  subdomains: boolean;
}
