import { describe, expect, test } from 'vitest';
import { certificate } from '../../compiler/indicators/certificate.ts';
import { hash } from '../../compiler/indicators/hash.ts';
import { ja3, ja3s } from '../../compiler/indicators/ja3.ts';
import { ja4 } from '../../compiler/indicators/ja4.ts';
import { testAccepted, testRefused } from './tables.ts';

const hex = (digits: number): string => '0123456789abcdef'.repeat(8).slice(0, digits);
const upper = (digits: number): string => hex(digits).toUpperCase();
const colons = (digits: number): string => (hex(digits).match(/../g) ?? []).join(':');

testAccepted(hash, [
  [hex(32), hex(32)],
  [upper(40), hex(40)],
  [` ${upper(64)} `, hex(64)],
  [hex(128), hex(128)],
  ['12345678901234567890123456789012', '12345678901234567890123456789012'],
]);

testRefused(hash, [
  ['', 'RF301', 'the value is empty'],
  [
    `«${hex(31)}»`,
    'RF324',
    `\`${hex(31)}\` has 31 hexadecimal digits, not 32 (md5), 40 (sha1), 64 (sha256) or 128 (sha512)`,
  ],
  [
    `«${hex(96)}»`,
    'RF324',
    `\`${hex(80)}…\` has 96 hexadecimal digits, not 32 (md5), 40 (sha1), 64 (sha256) or 128 (sha512)`,
  ],
  [`${hex(31)}«g»`, 'RF325', `\`${hex(31)}g\` holds \`g\`, which is no hexadecimal digit`],
  [`«s»ha256:${hex(32)}`, 'RF325', `\`sha256:${hex(32)}\` holds \`s\`, which is no hexadecimal digit`],
  [
    `${hex(16)}« »${hex(16)}`,
    'RF325',
    `\`${hex(16)} ${hex(16)}\` holds a space, which is no hexadecimal digit`,
  ],
  [
    '3«:»AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C',
    'RF325',
    '`3:AXGBicFlgVNhBGcL6wCrFQEv:AXGHsNhxLsr2C` holds `:`, which is no hexadecimal digit',
  ],
  [
    '«host.example»',
    'RF302',
    '`host.example` is a domain name, not the hash of a file',
    'write it under `domain:`',
  ],
]);

test.each([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
])('a hash of %i digits is %s', (digits, algorithm) => {
  expect(hash.describe(hex(digits))).toEqual({ algorithm });
});

describe.each([ja3, ja3s])('$kind', (module) => {
  testAccepted(module, [[upper(32), hex(32)]]);
  testRefused(module, [
    ['', 'RF301', 'the value is empty'],
    [`«${hex(64)}»`, 'RF324', `\`${hex(64)}\` has 64 hexadecimal digits, not 32 (MD5)`],
    ['771«,»4865-4866,0-23', 'RF325', '`771,4865-4866,0-23` holds `,`, which is no hexadecimal digit'],
    [
      '«t13d1516h2_8daaf6152771_b186095e22b6»',
      'RF302',
      `\`t13d1516h2_8daaf6152771_b186095e22b6\` is a JA4 fingerprint, not a ${module.kind.toUpperCase()} fingerprint`,
      'write it under `ja4:`',
    ],
  ]);
});

testAccepted(ja4, [
  ['t13d1516h2_8daaf6152771_b186095e22b6', 't13d1516h2_8daaf6152771_b186095e22b6'],
  ['Q13I0310H3_55B375C5D22E_CD85D2D88918', 'q13i0310h3_55b375c5d22e_cd85d2d88918'],
  ['t00d000000_000000000000_000000000000', 't00d000000_000000000000_000000000000'],
  ['dd2i010200_55b375c5d22e_cd85d2d88918', 'dd2i010200_55b375c5d22e_cd85d2d88918'],
]);

testRefused(ja4, [
  ['', 'RF301', 'the value is empty'],
  ['«t13d1516h2_8daaf6152771»', 'RF326', '`t13d1516h2_8daaf6152771` is not a JA4 fingerprint'],
  [
    '«x13d1516h2_8daaf6152771_b186095e22b6»',
    'RF326',
    '`x13d1516h2_8daaf6152771_b186095e22b6` is not a JA4 fingerprint',
  ],
  [
    '«t14d1516h2_8daaf6152771_b186095e22b6»',
    'RF326',
    '`t14d1516h2_8daaf6152771_b186095e22b6` is not a JA4 fingerprint',
  ],
  [
    `«${hex(32)}»`,
    'RF302',
    `\`${hex(32)}\` is the hash of a file, not a JA4 fingerprint`,
    'write it under `hash:`',
  ],
]);

test('describe gives the transport of a JA4', () => {
  expect(ja4.describe('q13i0310h3_55b375c5d22e_cd85d2d88918')).toEqual({ transport: 'quic' });
});

testAccepted(certificate, [
  [upper(40), hex(40)],
  [hex(64), hex(64)],
  [colons(40).toUpperCase(), hex(40)],
  [colons(64), hex(64)],
]);

testRefused(certificate, [
  ['', 'RF301', 'the value is empty'],
  [`«${hex(32)}»`, 'RF324', `\`${hex(32)}\` has 32 hexadecimal digits, not 40 (sha1) or 64 (sha256)`],
  [`«${colons(32)}»`, 'RF324', `\`${colons(32)}\` has 32 hexadecimal digits, not 40 (sha1) or 64 (sha256)`],
  ['01:23«:456»:78', 'RF327', '`01:23:456:78` has 3 digits between two colons, not 2'],
  ['01:23«:»:78', 'RF327', '`01:23::78` has 0 digits between two colons, not 2'],
  ['01«:»x', 'RF325', '`01:x` holds `:`, which is no hexadecimal digit'],
]);

test('describe gives the algorithm and the colons', () => {
  expect(certificate.describe(hex(40))).toEqual({ algorithm: 'sha1', colons: colons(40) });
  expect(certificate.describe(hex(64))).toEqual({ algorithm: 'sha256', colons: colons(64) });
});
