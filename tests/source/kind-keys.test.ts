import { describe, expect, test } from 'vitest';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { KindKeys } from '../../compiler/source/kind-keys.ts';

const keys = new KindKeys(': ');
const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each(KINDS.map((kind, code) => [kind, code] as const))('%s is found where it begins', (kind, code) => {
  const text = `  - ${kind}: x`;
  expect(keys.at(bytesOf(text), 4)).toEqual({ kind, code, bytes: bytesOf(`${kind}: `) });
});

describe('there is none', () => {
  test.each([
    ['where another word stands', 'nodomain: x', 0],
    ['where only its beginning stands', 'domai', 0],
    ['where something else is behind it', 'domain:x', 0],
    ['where the bytes end', 'domain: x', 9],
    ['where no key of a kind begins', 'zdomain: x', 0],
    ['beyond ASCII', 'édomain: x', 0],
  ])('%s', (_, text, from) => {
    expect(keys.at(bytesOf(text), from)).toBeUndefined();
  });
});
