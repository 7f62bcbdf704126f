/** A language that values land in, and how a value is written there so that it means itself and nothing else. */

/** How text is written at one place of a language. */
export interface Escape {
  /** Where this one is right, for docs: `between the quotes of content:"…"`. */
  about: string;
  /** Text in, the language's spelling out. Throws `RangeError` where the language cannot say it. */
  escape(text: string): string;
  /** Texts that `escape` leaves as they are, for speed: nearly all that are listed. Without `g`. */
  plain?: RegExp;
  /** Whether `escape` leaves words as they are, for speed: see `spelling.ts`. */
  words?: true;
}

/** A language and its places. */
export interface Language {
  /** The name that `syntax:` in target.yaml gives. */
  name: string;
  /** What `{{value}}` does. */
  text: Escape;
  /** Other places of the language; each is a helper of its name in templates: `{{content value}}`. */
  places: Readonly<Record<string, Escape>>;
}
