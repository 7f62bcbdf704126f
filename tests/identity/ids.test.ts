import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignSids, publisherNamespace, uuid5 } from '../../compiler/identity/ids.ts';

const DNS_NAMESPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

/** Version 5 by Node's own SHA-1. */
function reference(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x50;
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

describe('uuid5', () => {
  test('the example of RFC 9562, A.4', () => {
    expect(uuid5(DNS_NAMESPACE, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  test('property: as an independent implementation has it, for any name', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.string({ unit: 'binary' }), (namespace, name) => {
        expect(uuid5(namespace, name)).toBe(reference(namespace, name));
      }),
    );
  });

  test('publishers have namespaces of their own', () => {
    expect(publisherNamespace('example-cert')).not.toBe(publisherNamespace('example-cert2'));
    expect(publisherNamespace('example-cert')).toBe(
      reference('b1a6a3a0-6f0e-4c55-9a3e-0d6f4f1c7e21', 'example-cert'),
    );
  });
});

describe('sids', () => {
  const range = [1000000, 1999999] as const;
  const assign = (
    keys: readonly string[],
    locked: Iterable<readonly [string, number]> = [],
    over: object = {},
  ) => assignSids({ publisherId: 'example', keys, range, locked: new Map(locked), ...over });

  test('a key has its place by hash, which another publisher does not share', () => {
    const first = assign(['suricata/dns/domain/host.example']);
    const hash = createHash('sha256').update('example suricata/dns/domain/host.example').digest();
    const expected = 1000000 + Number(BigInt(`0x${hash.toString('hex', 0, 6)}`) % 1000000n);
    expect(first).toEqual(new Map([['suricata/dns/domain/host.example', expected]]));
    expect(assign(['suricata/dns/domain/host.example'], [], { publisherId: 'other' })).not.toEqual(first);
  });

  test('what the lock gave is kept, wherever it is in the range', () => {
    expect(assign(['k'], [['k', 1234567]])).toEqual(new Map([['k', 1234567]]));
    expect(assign(['k'], [['k', 1000000]])?.get('k')).toBe(1000000);
    expect(assign(['k'], [['k', 1999999]])?.get('k')).toBe(1999999);
  });

  test('what the lock gave outside the range is given anew', () => {
    const fresh = assign(['k'])?.get('k');
    for (const outside of [999999, 2000000, Number.NaN])
      expect(assign(['k'], [['k', outside]])?.get('k')).toBe(fresh);
  });

  test('a number of a retired rule is never given again', () => {
    const fresh = assign(['k'])?.get('k') as number;
    expect(assign(['k'], [['retired', fresh]])?.get('k')).toBe(fresh === 1999999 ? 1000000 : fresh + 1);
  });

  test('two rules that a merge left with one number: the first key keeps it', () => {
    const sids = assign(
      ['b', 'a'],
      [
        ['a', 1234567],
        ['b', 1234567],
      ],
    );
    expect(sids?.get('a')).toBe(1234567);
    expect(sids?.get('b')).not.toBe(1234567);
  });

  test('a range that is just full, and one that is too small', () => {
    const keys = ['a', 'b', 'c', 'd'];
    const four = assign(keys, [], { range: [7, 10] });
    expect([...(four?.values() ?? [])].sort((a, b) => a - b)).toEqual([7, 8, 9, 10]);
    expect(assign(keys, [], { range: [7, 9] })).toBeUndefined();
    expect(assign(keys, [['retired', 8]], { range: [7, 10] })).toBeUndefined();
    expect(assign(['a'], [], { range: [7, 7] })).toEqual(new Map([['a', 7]]));
  });

  const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 40 });

  test('property: all within the range, all different, whatever the order, also where many collide', () => {
    fc.assert(
      fc.property(keys, fc.integer({ min: 40, max: 60 }), (some, size) => {
        const small = { range: [1, size] };
        const sids = assign(some, [], small);
        expect(new Set(sids?.values()).size).toBe(some.length);
        for (const sid of sids?.values() ?? []) expect(sid >= 1 && sid <= size).toBe(true);
        expect(assign(some.toReversed(), [], small)).toEqual(sids);
      }),
    );
  });

  test('property: with the lock of a build, further rules change no sid', () => {
    fc.assert(
      fc.property(keys, fc.nat(40), (some, cut) => {
        const small = { range: [1, 60] };
        const before = assign(some.slice(cut), [], small) ?? new Map();
        const after = assign(some, before, small);
        for (const [key, sid] of before) expect(after?.get(key)).toBe(sid);
        expect(new Set(after?.values()).size).toBe(some.length);
      }),
    );
  });

  /** The plain definition: keys one by one in their order, each to the first free number from its place. */
  function servedInOrder(some: readonly string[], locked: ReadonlyMap<string, number>, size: number) {
    const sids = new Map<string, number>();
    const taken = new Set([...locked.values()].filter((sid) => sid >= 1 && sid <= size));
    const kept = new Set<number>();
    for (const key of [...new Set(some)].sort()) {
      let sid = locked.get(key) ?? 0;
      if (sid < 1 || sid > size || kept.has(sid)) {
        if (taken.size >= size) return undefined;
        const hash = createHash('sha256').update(`example ${key}`).digest();
        sid = 1 + (hash.readUIntBE(0, 6) % size);
        while (taken.has(sid)) sid = (sid % size) + 1;
      }
      taken.add(sid);
      kept.add(sid);
      sids.set(key, sid);
    }
    return sids;
  }

  test('property: as if keys were served one by one in their order, with any lock', () => {
    const anyKeys = fc.array(fc.stringMatching(/^[a-z]{1,2}$/), { maxLength: 40 });
    const lines = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,2}$/), fc.integer({ min: -1, max: 62 })));
    fc.assert(
      fc.property(anyKeys, lines, fc.integer({ min: 1, max: 60 }), (some, locked, size) => {
        const sids = assign(some, locked, { range: [1, size] });
        expect(sids).toEqual(servedInOrder(some, new Map(locked), size));
      }),
      { numRuns: 500 },
    );
  });
});
