/** What V8 is told in builds of much. Settings are those of the whole process. */

/** Of fewer indicators the heap stays small by itself. */
const MANY = 200_000;

/** By how much the heap may grow, in percent, from one look for what is dead to the next. */
const GROWTH = 40;

/** Of fewer bytes hardly anything is compiled a second time. */
const MUCH = 100_000;

/** So many bytes of bytecode, at most, are put into a function in place of its calls; V8 takes 920. */
const INLINED = 200;

/**
 * Keeps the heap small in a build of that many indicators. V8 lets it become several times what lives in it before it looks
 * for what is dead; with a million indicators that is a hundred megabytes, for a twentieth of the time.
 */
export function keepHeapSmall(indicators: number): void {
  if (indicators > MANY) set(`--heap-growing-percent=${GROWTH}`);
}

/**
 * Has functions compiled in smaller pieces in a build of much; asks for no more of the sizes of its inputs than it
 * needs. V8 compiles each that runs often once more, with what it calls inside: of the time that a hundred thousand
 * indicators take that is a quarter, and smaller pieces run as fast.
 */
export function compileLess(bytesOfInputs: Iterable<number>): void {
  let bytes = 0;
  for (const more of bytesOfInputs) {
    bytes += more;
    if (bytes <= MUCH) continue;
    set(`--max-inlined-bytecode-size-cumulative=${INLINED}`);
    return;
  }
}

function set(flag: string): void {
  process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}
