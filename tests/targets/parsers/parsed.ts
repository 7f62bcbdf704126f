/** What a strict parser answers. */
export interface Parsed<T> {
  entries: T[];
  /** `line: what is wrong`. */
  problems: string[];
}
