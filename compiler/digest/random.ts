/**
 * Random numbers that nobody can foretell, from what the platform has: in Node from `node:crypto`, which is loaded
 * for digests anyhow, and elsewhere, in a browser, from Web Crypto.
 */

type Fill = (numbers: Int32Array) => void;

/** Web Crypto gives so many numbers of 32 bits at once, at most. */
const AT_ONCE = 16_384;

/** So many numbers of 32 random bits. */
export function randomNumbers(size: number, fill: Fill = fillHere()): Int32Array {
  const numbers = new Int32Array(size);
  for (let at = 0; at < size; at += AT_ONCE) fill(numbers.subarray(at, at + AT_ONCE));
  return numbers;
}

function fillHere(): Fill {
  const here = globalThis as {
    process?: { getBuiltinModule?(name: 'node:crypto'): { randomFillSync: Fill } | undefined };
    crypto: { getRandomValues: Fill };
  };
  // In Node not even a look at the global `crypto`: that loads all of Web Crypto.
  const node = here.process?.getBuiltinModule?.('node:crypto');
  return node?.randomFillSync ?? ((numbers) => here.crypto.getRandomValues(numbers));
}
