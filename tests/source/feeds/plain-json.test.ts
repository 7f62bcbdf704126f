/** Lines that are read without a tree give what the careful reader gives: values, contexts, findings and places. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listed, readFeed, told } from './help.ts';
import { readCarefully } from './read-carefully.ts';

const string = fc.constantFrom(
  '"x"',
  '"x y"',
  '"é"',
  '""',
  '"a\\u0062"',
  '"a\\b"',
  '"a\\"b"',
  '"a\tb"',
  '"x]"',
  '"80"',
  '" "',
  '"',
);
const day = fc.constantFrom('"2025-01-01"', '"2026-01-01"', '"2025-13-01"', '20250101', 'null');
const entry = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '"confidence":80',
      '"status":"active"',
      '"severity":"low"',
      '"tags":["x"]',
      '"tlp":"green"',
    ),
  },
  fc
    .tuple(fc.constantFrom('first_seen', 'last_seen', 'expires'), day)
    .map(([key, value]) => `"${key}":${value}`),
  fc
    .tuple(
      fc.constantFrom('note', 'tags', 'actor', 'report', 'status', 'unknown', 'conf\\u0069dence'),
      string,
    )
    .map(([key, value]) => `"${key}":${value}`),
  fc.constantFrom(
    '"confidence":080',
    '"confidence":101',
    '"confidence":8.0',
    '"confidence":-1',
    '"confidence":true',
    '"confidence":null',
    '"note":7',
    '"note":null',
  ),
  fc.constantFrom(
    '"tags":[]',
    '"tags":["x","y"]',
    '"tags":["y","x"]',
    '"tags":[null]',
    '"tags":["x"',
    '"tags":["a]"]',
    '"tags":[["x"]]',
    '"tags":[ "x" ]',
    '"actor":"a"',
    '"actor":["b","a"]',
    '"actor":"c"',
    '"status":[]',
  ),
  fc.constantFrom(
    '"match":"exact"',
    '"match":"suffix"',
    '"allow":{"guard":"g","reason":"r","owner":"o"}',
    '"__proto__":"x"',
    '"note": "x"',
    '',
  ),
);
const indicator = fc.constantFrom(
  ...[
    '"domain":"a.example"',
    '"domain":"b.example"',
    '"domain":"c[.]example"',
    '"domain":"bad..example"',
    '"domain":"a.example\\n"',
  ],
  ...[
    '"ip":"192.0.2.1"',
    '"ip":"2001:DB8::1"',
    '"ip":"a.example"',
    '"url":"http://a.example/x"',
    '"url":"http://a.example/\\u0041"',
  ],
  ...[
    '"hash":"0123456789abcdef0123456789abcdef"',
    '"hash":12345678901234567890123456789012',
    '"domain":["a.example"]',
    '"domain":null',
    '"domain":[]',
  ],
  ...[
    '"mutex":"m\tm"',
    '"mutex":"m ]"',
    '"file":{"md5":"0123456789abcdef0123456789abcdef"}',
    '"email":"a@a.example"',
    '"domain":""',
  ],
);
const line = fc
  .tuple(
    fc.array(entry, { maxLength: 4 }),
    fc.array(indicator, { minLength: 0, maxLength: 2, size: 'small' }),
    fc.array(entry, { maxLength: 3 }),
    fc.constantFrom(...Array<string>(12).fill('{}'), '{}}', '{} ', ' {}', '{', '[]', '{},', '{"a":1}}'),
  )
  .map(([before, values, behind, braces]) => {
    const body = [...before, ...values.slice(0, before.length === 3 ? 2 : 1), ...behind].join(',');
    return braces.replace('{', () => `{${body}`);
  });
const lineEnd = fc.constantFrom('\n', '\n', '\r\n');

test('in the same order, with the same findings, wherever chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 12 }),
      lineEnd,
      fc.array(fc.nat(900)),
      async (lines, end, ends) => {
        // Each twice: what was learned from the first is used for the second.
        const text = [...lines, ...lines].join(end);
        const { collection, diagnostics } = await readFeed('format: ndjson', text, ends);
        const careful = await readCarefully('ndjson', text);
        expect(told(diagnostics.filter(({ span }) => span?.file.path === 'f'))).toEqual(careful.told);
        expect(listed(collection?.indicators)).toEqual(careful.listed);
        expect(collection?.indicators.contexts ?? []).toEqual(careful.contexts);
      },
    ),
    { numRuns: 700 },
  );
});

test('at every byte', async () => {
  const text =
    '{"domain":"a.example","note":"é😀"}\r\n{"ip":"192.0.2.1","tags":["x"]}\n{"domain":"b..example"}';
  const whole = await readFeed('format: ndjson', text);
  for (let at = 1; at < 110; at++) {
    const { collection, diagnostics } = await readFeed('format: ndjson', text, [at]);
    expect(listed(collection?.indicators)).toEqual(['domain a.example f:1:12', 'ip 192.0.2.1 f:2:8']);
    expect(told(diagnostics)).toEqual(told(whole.diagnostics));
  }
});
