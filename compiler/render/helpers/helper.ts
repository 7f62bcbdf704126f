/** A helper of the templates: a pure function of its arguments. What it returns is escaped like any value. */

/** One helper. */
export interface Helper {
  /** What it does, for docs: one sentence, with an example. */
  about: string;
  /** Least and greatest number of arguments. */
  params: readonly [number, number];
  /** Throws `TypeError` for an argument of the wrong type and `RangeError` for one it cannot take. */
  run(...args: unknown[]): unknown;
}

/** An argument as text; numbers and booleans are written out. */
export function textArgument(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`text is wanted, not ${nameOf(value)}`);
}

/** An argument that is a number. */
export function numberArgument(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`a number is wanted, not ${nameOf(value)}`);
}

/** An argument that is a list. */
export function listArgument(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`a list is wanted, not ${nameOf(value)}`);
}

function nameOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `the ${typeof value} \`${String(value)}\``;
}
