/** Texts as UTF-8 in pieces of one buffer: what is hashed or written is encoded without a copy of its own. */

const ENCODER = new TextEncoder();

/** Text in pieces that fill the buffer, and what is left in the end. Each holds until the next is asked for. */
export function* encoded(chunks: Iterable<string>, buffer: Uint8Array): Generator<Uint8Array, Uint8Array> {
  let filled = 0;
  for (const chunk of chunks) {
    for (let rest = chunk; rest !== ''; ) {
      const { read, written } = ENCODER.encodeInto(rest, buffer.subarray(filled));
      filled += written;
      rest = rest.slice(read);
      if (rest === '') break;
      yield buffer.subarray(0, filled);
      filled = 0;
    }
  }
  return buffer.subarray(0, filled);
}
