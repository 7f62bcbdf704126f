/**
 * How much V8 puts into one function that it optimizes. By itself it spends a third of the CPU of a build of 100,000 indicators on machine
 * code, in threads of its own; with less in each function it makes less, and what it makes is as fast.
 */

/** Of fewer bytes of input hardly anything is optimized. */
const LARGE = 100_000;

/** The most bytecode of other functions in one, in bytes; V8's own is 920. */
const MOST = 200;

/** Puts less into one function in a build of so many bytes of input. The setting is that of the whole process. */
export function inlineLess(bytes: number): void {
  if (bytes < LARGE) return;
  process.getBuiltinModule('node:v8').setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${MOST}`);
}
