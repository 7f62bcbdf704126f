/** The quick test of canonical values says yes only where reading with care gives the very text. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Canonical, canonicalEnd, isCanonical } from '../../compiler/indicators/canonical.ts';
import { nameEnd } from '../../compiler/indicators/hostname.ts';
import { KINDS, type Kind, kindCode } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { formatNetwork4 } from '../../compiler/indicators/network4.ts';

const CANONICAL: [kind: Kind, text: string][] = [
  ['domain', 'a-b_c.host.example'],
  ['ip', '192.0.2.255'],
  ['cidr', '198.51.100.128/25'],
  ['cidr', '128.0.0.0/1'],
  ['url', 'http://host.example/a/b.php?x=%2f&y=~1'],
  ['url', 'https://a.b.example/'],
  ['hash', '0123456789abcdef'.repeat(2)],
  ['hash', '0123456789abcdef'.repeat(8)],
  ['email', 'a.b+c_d-e@mail.example'],
];

test.each(CANONICAL)('%s %s is canonical', (kind, text) => {
  expect(isCanonical(kind, text)).toBe(true);
});

const NOT_QUICK: [kind: Kind, text: string][] = [
  ['domain', 'xn--a.example'],
  ['domain', 'a.example.'],
  ['domain', 'a.1'],
  ['domain', `${'a.'.repeat(126)}example`],
  ['ip', '192.0.2.256'],
  ['cidr', '198.51.100.1/24'],
  ['cidr', '0.0.0.0/0'],
  ['cidr', '192.0.2.1/32'],
  ['cidr', '198.51.100.0/024'],
  ['url', 'http://host.example'],
  ['url', 'http://host.example:80/'],
  ['url', 'http://host.example/#a'],
  ['url', 'http://1.2/'],
  ['hash', '0123456789ABCDEF'.repeat(2)],
  ['email', 'A@mail.example'],
  ['email', `${'a'.repeat(65)}@mail.example`],
  ['mutex', 'a'],
];

test.each(NOT_QUICK)('%s %s is left to its parser', (kind, text) => {
  expect(isCanonical(kind, text)).toBe(false);
});

test('property: names are those of a pattern, wherever they stand in bytes', () => {
  const pattern = /^(?!.*xn--)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}$/;
  const part = fc.constantFrom(
    'a',
    'b1',
    '-',
    '--',
    '_',
    '.',
    'xn',
    'xn--',
    'com',
    'A',
    'é',
    '0',
    'c'.repeat(62),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.array(part, { maxLength: 2 }), (parts, before) => {
      const name = parts.join('');
      const bytes = new TextEncoder().encode(before.join('') + name);
      const from = bytes.length - new TextEncoder().encode(name).length;
      const isName = name.length <= 253 && pattern.test(name);
      expect(nameEnd(bytes, from, bytes.length) === bytes.length).toBe(isName);
    }),
    { numRuns: 5000, seed: 20240320 },
  );
});

test('a lone address under `cidr` is an `ip`', () => {
  const read = (kind: Kind, text: string) => {
    const into: Canonical = { code: 0, prefix: 0, address: 0 };
    const bytes = new TextEncoder().encode(`1${text}/9`);
    if (canonicalEnd(kindCode(kind), bytes, 1, text.length + 1, into) !== text.length + 1) return undefined;
    return `${KINDS[into.code]} ${into.prefix > 0 ? formatNetwork4(into.address, into.prefix) : 'a text'}`;
  };
  expect(read('cidr', '192.0.2.1')).toBe('ip 192.0.2.1');
  expect(read('cidr', '192.0.2.0/24')).toBe('cidr 192.0.2.0/24');
  expect(read('ip', '255.255.255.255')).toBe('ip 255.255.255.255');
  expect(read('ip', '192.0.2.0/24')).toBeUndefined();
  expect(read('domain', 'a.example')).toBe('domain a text');
  expect(read('cidr', '192.0.2.1/24')).toBeUndefined();
  expect(read('domain', '192.0.2.1')).toBeUndefined();
  expect(KIND_MODULES.cidr.parse('192.0.2.1')).toEqual({
    ok: true,
    kind: 'ip',
    value: '192.0.2.1',
    notes: [],
  });
});

test('what is canonical reads as itself', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b1',
      'host',
      '.',
      '..',
      '-',
      '_',
      '0',
      '1',
      '25',
      '255',
      '256',
      '/',
      '/24',
      '/8',
      ':',
      '@',
      '#',
      '?',
      '%',
    ],
    ...[
      'http://',
      'https://',
      'hxxp://',
      'fxp:',
      'HTTP://',
      'xn--',
      'example',
      'com',
      ' ',
      '\n',
      '\0',
      '[.]',
      '(dot)',
      '{',
      '\\',
    ],
    ...[
      'A',
      'é',
      '\u3002',
      '\u200b',
      '2001:db8::1',
      '192.0.2.1',
      '198.51.100.0',
      'a'.repeat(63),
      'f'.repeat(32),
      '*',
      '~',
      '+',
      '=',
    ],
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
    fc
      .tuple(fc.constantFrom(...CANONICAL), piece, fc.nat(40), fc.nat(2))
      .map(([[, text], part, at, cut]) => text.slice(0, at) + part + text.slice(at + cut)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const kind of KINDS) {
        if (!isCanonical(kind, text)) continue;
        expect(KIND_MODULES[kind].parse(text)).toEqual({ ok: true, kind, value: text, notes: [] });
      }
    }),
    { numRuns: 20_000 },
  );
});
