import { describe, expect, test } from 'vitest';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';
import { standInsFor } from '../../compiler/prove/stand-in-set.ts';
import { STAND_INS, standInValue } from '../../compiler/prove/stand-ins.ts';
import type { Given } from '../plan/help.ts';
import { collectionOf } from './sample.ts';

const MD5 = '00112233445566778899aabbccddeeff';
const SHA256 = MD5 + MD5;

const LISTED: readonly Given[] = [
  ['domain', 'host.example'],
  ['hash', MD5, { file: 0, file_name: 'tool.exe' }],
  ['hash', SHA256, { file: 0, file_name: 'tool.exe' }],
  ['ip', '192.0.2.1'],
  ['ja3', MD5],
  ['ja3s', MD5],
  ['ja4', 't13d1516h2_8daaf6152771_02713d6af862'],
  ['ja4', 'q13d0310h3_55b375c5d22e_cd85d2d88918'],
  ['certificate', SHA256],
];

function standIns(indicators: readonly number[] = [...LISTED.keys()]) {
  const made = standInsFor(collectionOf(LISTED), indicators);
  if (!made) throw new Error('there are hashes');
  return made;
}

describe('stand-ins', () => {
  test('for hashes and fingerprints, and nothing else', () => {
    const { collection, originals } = standIns();
    expect(originals).toEqual([1, 2, 4, 5, 6, 7, 8]);
    expect(collection.indicators.kinds).toEqual(['hash', 'hash', 'ja3', 'ja3s', 'ja4', 'ja4', 'certificate']);
    expect(standInsFor(collectionOf(LISTED), [0, 3])).toBe(undefined);
    expect(standInsFor(collectionOf([]), [])).toBe(undefined);
  });

  test('only for the indicators that are asked for', () => {
    expect(standIns([0, 2, 5]).originals).toEqual([2, 5]);
  });

  test('of the same form: the algorithm of a hash, the transport of a JA4', () => {
    const { values } = standIns().collection.indicators;
    expect(values.map((value) => value.length)).toEqual([32, 64, 32, 32, 36, 36, 64]);
    expect(values.filter((value) => value.includes('_')).map((value) => value.charAt(0))).toEqual(['t', 'q']);
    expect(values.filter((value) => LISTED.some(([, listed]) => listed === value))).toEqual([]);
  });

  test('two hashes of one file are two files, so that none covers the other', () => {
    const { collection, originals } = standIns([1, 2]);
    const { indicators } = collection;
    expect(indicators.contexts.map(({ file }) => file)).toEqual([-1, -1]);
    expect(indicators.contexts.map(({ file_name }) => file_name)).toEqual(['tool.exe', 'tool.exe']);
    expect(originals.map((n, index) => standInValue('hash', indicators.value(index), n))).toEqual(
      indicators.values,
    );
    expect(new Set(originals).size).toBe(2);
  });

  test('a match and a near miss each, of which the near misses are listed nowhere', () => {
    const { cases, collection } = standIns();
    expect(cases.map(({ id }) => id)).toEqual([...cases.keys()]);
    expect(cases.filter(({ indicator }) => indicator === 0)).toEqual([
      {
        id: 0,
        indicator: 0,
        kind: 'hash',
        expect: 'match',
        text: collection.indicators.value(0),
        standIn: 1,
        about: `a stand-in for ${MD5}`,
      },
      {
        id: 1,
        indicator: 0,
        kind: 'hash',
        expect: 'silence',
        text: standInValue('hash', MD5, 1 + STAND_INS / 2),
        standIn: 1 + STAND_INS / 2,
        about: `a stand-in for ${MD5}`,
      },
    ]);
    const misses = cases.filter(({ expect: wanted }) => wanted === 'silence');
    expect(misses).toHaveLength(7);
    for (const { text } of misses) expect(collection.indicators.values).not.toContain(text);
  });

  test('every kind without witnesses has stand-ins', () => {
    const without = KINDS.filter((kind) => !KIND_MODULES[kind].witnesses);
    expect(new Set(standIns().collection.indicators.kinds)).toEqual(new Set(without));
  });
});
