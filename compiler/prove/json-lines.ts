/** Logs that hold a JSON object a line. */

import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** The objects of a file, one after the other; none where the program had no reason to write the file. */
export async function* jsonLines<T>(path: string): AsyncGenerator<T> {
  if (!existsSync(path)) return;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line !== '') yield JSON.parse(line) as T;
  }
}
