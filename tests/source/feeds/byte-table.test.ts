import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteTable } from '../../../compiler/source/feeds/byte-table.ts';

test('property: finds what was added, like a map, until it has to forget all', () => {
  const stretch = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 1000 }), fc.nat(40), (texts, most) => {
      const table = new ByteTable(most + 1, 4000);
      let known = new Map<string, number>();
      let bytes = 0;
      for (const [number, text] of texts.entries()) {
        const view = new DataView(new TextEncoder().encode(`..${text}.`).buffer);
        const to = view.byteLength - 1;
        expect(table.find(view, 2, to)).toBe(known.get(text) ?? -1);
        if (known.has(text)) continue;
        if (known.size > most || bytes + to - 2 > 4000) [known, bytes] = [new Map(), 0];
        table.add(view, 2, to, number);
        known.set(text, number);
        bytes += to - 2;
        expect(table.find(view, 2, to)).toBe(number);
      }
    }),
    { numRuns: 200 },
  );
});
