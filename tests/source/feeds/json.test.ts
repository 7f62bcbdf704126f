import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonError, parseJson } from '../../../compiler/source/feeds/json.ts';
import type { Node } from '../../../compiler/source/yaml-tree.ts';

/** What JSON.parse makes of the same text; `null` in lists and maps is left out. */
function plain(node: Node): unknown {
  if (node.type === 'seq') return node.items.map(plain);
  if (node.type === 'scalar') return node.style === 'plain' ? JSON.parse(node.text) : node.text;
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutNull(one)]));
}

test('reads what JSON.parse reads', () => {
  const blank = fc.constantFrom(0, 1, ' ', '\t');
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary', maxDepth: 4 }), blank, (written, space) => {
      const value: unknown = JSON.parse(written);
      expect(plain(parseJson(JSON.stringify(value, null, space)))).toEqual(withoutNull(value));
    }),
    { numRuns: 2000 },
  );
});

test('refuses what JSON.parse refuses', () => {
  const piece = fc.constantFrom(...'{}[],:"\\ \t\n-+.01eEunltrfas\u00a0\u0001');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let value: unknown = JsonError;
      try {
        value = withoutNull(JSON.parse(text));
      } catch {}
      let found: unknown = JsonError;
      try {
        found = plain(parseJson(text));
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        expect(0 <= error.start && error.start <= error.end && error.end <= text.length).toBe(true);
      }
      // A key that stands twice is refused here alone.
      if (value === JsonError || !/"[^"]*"[^"]*"/.test(text)) expect(found).toEqual(value);
    }),
    { numRuns: 20_000 },
  );
});

test('every text knows its place', () => {
  const text = '{"a": ["b", 12 , {"c\\n":"d"}], "é😀": true}';
  const places: string[] = [];
  const walk = (node: Node): void => {
    places.push(text.slice(node.start, node.end));
    if (node.type === 'seq') node.items.forEach(walk);
    if (node.type === 'map') for (const { key, value } of node.entries) [key, value].forEach(walk);
  };
  walk(parseJson(text));
  expect(places).toEqual([
    ...[text, 'a', '["b", 12 , {"c\\n":"d"}]', 'b', '12', '{"c\\n":"d"}', 'c\\n', 'd', 'é😀', 'true'],
  ]);
});

describe('what is not JSON', () => {
  test.each([
    ['', 'it ends too early', 0, 0],
    ['{', 'it ends too early', 1, 1],
    ['{"a": 1', 'it ends too early', 7, 7],
    ['{"a" 1}', '`1` is not expected here', 5, 6],
    ["{'a': 1}", "`'a'` is not expected here", 1, 4],
    ['{"a": 1,}', '`}` is not expected here', 8, 9],
    ['[1 2]', '`2` is not expected here', 3, 4],
    ['{"a": 1} x', '`x` is not expected here', 9, 10],
    ['{"a": NaN}', '`NaN` is not expected here', 6, 9],
    ['[01]', '`01` is not expected here', 1, 3],
    ['["a]', 'a string is not closed, or not well-formed', 1, 4],
    ['["\\x"]', 'a string holds an unknown escape', 1, 5],
    ['{"a": 1, "a": 2}', 'the key `a` stands here twice', 10, 11],
    ['['.repeat(100), 'it is nested too deeply', 65, 66],
  ])('%s', (text, message, start, end) => {
    const error = (() => {
      try {
        return parseJson(text);
      } catch (one) {
        return one as JsonError;
      }
    })();
    expect(error).toBeInstanceOf(JsonError);
    expect(error).toMatchObject({ message, start, end });
  });
});
