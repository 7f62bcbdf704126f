import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../compiler/diagnostics/codes.ts';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';

/** Values that parse, to be broken and glued by the properties. */
const SEEDS = [
  'host.example',
  '*.host[.]example',
  'exämple.example',
  '192.0.2.1',
  '::ffff:192.0.2.1',
  '2001:db8::/32',
  '192.0.2.1-192.0.2.9',
  'c2[.]example[:]8443',
  '[2001:db8::1]:443',
  'hxxps://u@host[.]example:8443/a%20b?c#d',
  'user[at]host.example',
  '0123456789abcdef'.repeat(4),
  '0123456789abcdef0123456789abcdef01234567',
  '00112233445566778899aabbccddeeff',
  't13d1516h2_8daaf6152771_b186095e22b6',
  'C:\\Users\\a.exe',
  'HKLM\\Software\\Run',
];
const piece = fc.oneof(
  fc.constantFrom(
    ...SEEDS,
    '[.]',
    '(at)',
    '://',
    ':',
    '/',
    '.',
    '-',
    '@',
    '%41',
    '#',
    '\\',
    '*',
    ' ',
    '\u200b',
    '。',
    '０',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

describe.each(KINDS)('%s', (kind) => {
  const module = KIND_MODULES[kind];

  test('is filed under its own name', () => {
    expect(module.kind).toBe(kind);
  });

  test('never throws, points inside the text, and a canonical value parses to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...SEEDS), text), (written) => {
        const result = module.parse(written);
        if (!result.ok) {
          const { start, end } = result.at ?? { start: 0, end: written.length };
          expect(start >= 0 && start <= end && end <= written.length).toBe(true);
          expect(result.code in CODES && !/[\n\r]/.test(result.message)).toBe(true);
          return;
        }
        const canonical = KIND_MODULES[result.kind];
        expect(canonical.parse(result.value)).toMatchObject({
          ok: true,
          kind: result.kind,
          value: result.value,
        });
        expect(Object.keys(canonical.describe(result.value)).sort()).toEqual(
          Object.keys(canonical.fields).sort(),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

/* A pattern that goes over the rest of the text from every character would take minutes here. */
test.each(['[', ' [', '[ ', 'a.', '1.', 'a:', 'a -', 'a/', 'a@', '\\', '%41', 'ä', '[dot', 'http://', ':'])(
  'half a megabyte of %j is read by every kind',
  (unit) => {
    for (const around of ['', 'x', 'http://host.example/']) {
      const hostile = around + unit.repeat(500_000 / unit.length) + around;
      for (const kind of KINDS) expect(KIND_MODULES[kind].parse(hostile)).toHaveProperty('ok');
    }
  },
);

test('a megabyte of blanks inside a value is read by every kind', () => {
  const hostile = `x${' '.repeat(1_000_000)}y`;
  for (const kind of KINDS) expect(KIND_MODULES[kind].parse(hostile).ok).toBe(false);
});
