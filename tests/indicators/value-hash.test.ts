/** Hashes spread what hostile feeds are made of. What they are differs from run to run, so bounds are wide. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finished, hashBegun, hashOf, hashOfNetwork4, step } from '../../compiler/indicators/value-hash.ts';

const COUNT = 1 << 12;
const BUCKETS = 1 << 10;

const hashText = (text: string) => hashOf(0, new TextEncoder().encode(text), 0, text.length);
/** A text of two characters, by the bits of a number. */
const bits = (number: number, zero: string, one: string) =>
  Array.from({ length: 12 }, (_, bit) => ((number >>> bit) & 1 ? one : zero)).join('');

const cases: [about: string, hash: (number: number) => number][] = [
  ['counted names', (number) => hashText(`a${number}.example`)],
  ['names of two letters that differ in one bit', (number) => hashText(`${bits(number, 'p', '0')}.example`)],
  [
    'names that differ far from their ends',
    (number) => hashText(`${bits(number, 'a', 'b')}${'c'.repeat(200)}`),
  ],
  ['names that differ in every fourth letter', (number) => hashText(bits(number, 'aaaa', 'aaab'))],
  ['addresses in a row', (number) => hashOfNetwork4(number, 32)],
  ['addresses that differ in their first bits', (number) => hashOfNetwork4((number << 20) >>> 0, 32)],
  [
    'addresses that differ in each byte',
    (number) => hashOfNetwork4((number & 63) * 0x01010101 + (number >>> 6) * 0x100, 32),
  ],
];

test.each(cases)('%s fall into all places alike', (_, hash) => {
  const low = new Uint32Array(BUCKETS);
  const high = new Uint32Array(BUCKETS);
  for (let number = 0; number < COUNT; number++) {
    const one = hash(number);
    (low[one % BUCKETS] as number)++;
    (high[one >>> 22] as number)++;
  }
  // Four on average; of numbers at random hardly ever more than sixteen.
  expect(Math.max(...low)).toBeLessThan(40);
  expect(Math.max(...high)).toBeLessThan(40);
});

test('property: the hash of what stands behind a dot is one on the way', () => {
  const text = fc.stringMatching(/^[a-z.]{0,80}$/);
  fc.assert(
    fc.property(text, text, (front, name) => {
      const bytes = new TextEncoder().encode(`${front}.${name}`);
      let hash = hashBegun(3);
      for (let at = 0; at < name.length; at++) hash = step(hash, bytes[bytes.length - 1 - at] as number, at);
      expect(finished(hash)).toBe(hashOf(3, bytes, front.length + 1, bytes.length));
    }),
  );
});

test('property: no two networks of one prefix length have one hash', () => {
  const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(address, address, (one, other) => {
      expect(hashOfNetwork4(one, 24) === hashOfNetwork4(other, 24)).toBe(one === other);
    }),
  );
});
