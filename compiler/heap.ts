/**
 * How the heap grows. V8 lets it become several times what lives in it before it looks for what is dead; with a million
 * indicators that is a hundred megabytes, for a twentieth of the time.
 */

/** Of fewer indicators the heap stays small by itself. */
const LARGE = 200_000;

/** By how much it may grow, in percent, from one look to the next. */
const GROWTH = 40;

/** Keeps the heap small in a build of that many indicators. The setting is that of the whole process. */
export function keepHeapSmall(indicators: number): void {
  if (indicators <= LARGE) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
}
