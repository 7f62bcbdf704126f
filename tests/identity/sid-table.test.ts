import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SidTable } from '../../compiler/identity/sid-table.ts';

test('every key gets its sid back, as from a map', () => {
  const sids = fc.uniqueArray(
    fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 2 ** 32 - 1 })),
    {
      selector: ([key]) => key,
      maxLength: 500,
    },
  );
  fc.assert(
    fc.property(sids, (given) => {
      const table = new SidTable(new Map(given));
      expect(given.map(([key]) => [key, table.get(key)])).toEqual(given);
    }),
    { seed: 20240320 },
  );
});

test('so many keys that some have the same hash', () => {
  const given = new Map(
    Array.from({ length: 300_000 }, (_, at) => [`suricata/dns/domain/${at}.example`, at + 1]),
  );
  const table = new SidTable(given);
  const wrong = [...given].filter(([key, sid]) => table.get(key) !== sid);
  expect(wrong).toEqual([]);
});
