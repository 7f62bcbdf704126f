import { describe, expect, test } from 'vitest';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import {
  STAND_INS,
  type StandInKind,
  standInCertificate,
  standInFile,
  standInValue,
} from '../../compiler/prove/stand-ins.ts';

const digits = (count: number) => 'a'.repeat(count);
const JA4 = 't13d1516h2_8daaf6152771_e5627efa2ab1';

/** A value of each form. */
const FORMS: [kind: StandInKind, like: string, form: RegExp][] = [
  ['hash', digits(32), /^[0-9a-f]{32}$/],
  ['hash', digits(40), /^[0-9a-f]{40}$/],
  ['hash', digits(64), /^[0-9a-f]{64}$/],
  ['hash', digits(128), /^[0-9a-f]{128}$/],
  ['certificate', digits(40), /^[0-9a-f]{40}$/],
  ['certificate', digits(64), /^[0-9a-f]{64}$/],
  ['ja3', digits(32), /^[0-9a-f]{32}$/],
  ['ja3s', digits(32), /^[0-9a-f]{32}$/],
  ['ja4', JA4, /^t12d0811h2_/],
  ['ja4', JA4.replace('t', 'q'), /^q13d0309h3_/],
  ['ja4', JA4.replace('t13', 'dd2'), /^dd2d0811h2_/],
];

describe.each(FORMS)('a stand-in for the %s %s', (kind, like, form) => {
  test('has a canonical value of the same form', () => {
    const value = standInValue(kind, like, 7);
    expect(value).toMatch(form);
    expect(KIND_MODULES[kind].parse(value)).toMatchObject({ ok: true, kind, value });
  });

  test('is another one for every number, and the same for the same', () => {
    const some = [0, 1, 2, 255, 256, 257, 65_535, 65_536, 1_000_000, STAND_INS - 1];
    expect(new Set(some.map((n) => standInValue(kind, like, n))).size).toBe(some.length);
    expect(standInValue(kind, like, 256)).toBe(standInValue(kind, like, 256));
  });

  test.each([-1, 1.5, STAND_INS, Number.NaN])('there is none with the number %d', (n) => {
    expect(() => standInValue(kind, like, n)).toThrow(RangeError);
  });
});

test('no algorithm has 33 digits', () => {
  expect(() => standInValue('hash', digits(33), 1)).toThrow('no hash has 33 digits');
});

test('a file is a line of text, a certificate DER', () => {
  expect(Buffer.from(standInFile(12)).toString()).toBe('Refang: stand-in for a listed file, number 12.\n');
  expect([...standInCertificate(12).subarray(0, 2)]).toEqual([0x30, 0x81]);
});
