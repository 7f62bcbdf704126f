/** Prints to standard output or standard error without Node's streams, which take milliseconds to be made. */

import { writeSync } from 'node:fs';
import { DESCRIPTOR, type Output } from './colors.ts';

/** What is left to the stream from then on, so that nothing overtakes. */
const streamed = new Set<Output>();

/** Prints a text. What cannot be written at once is left to the stream, which waits, or tells why it cannot. */
export function print(output: Output, text: string): void {
  let rest: Uint8Array = Buffer.from(text);
  try {
    while (rest.length > 0 && !streamed.has(output))
      rest = rest.subarray(writeSync(DESCRIPTOR[output], rest));
  } catch {
    streamed.add(output);
  }
  if (rest.length > 0) process[output].write(rest);
}
