import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignSids, type LockedSid } from '../../compiler/identity/sids.ts';

type Locked = readonly [key: string, sids: number | readonly number[] | undefined, ...former: number[]];

const several = (sids: Locked[1]) => (sids === undefined ? [] : [sids].flat());

const RANGE = [1000000, 1999999] as const;

function assigned(keys: readonly string[], locked: readonly Locked[] = [], over: object = {}) {
  return assignSids({ publisherId: 'example', keys, range: RANGE, locked: lockedOf(locked), ...over });
}

function lockedOf(locked: readonly Locked[]): Map<string, LockedSid> {
  return new Map(locked.map(([key, sids, ...former]) => [key, { sids: several(sids), former }]));
}

/** The sids alone. */
const assign = (...given: Parameters<typeof assigned>) => assigned(...given)?.sids;

/** The five places of a key, by Node's own SHA-256. */
function places(key: string, [first, last]: readonly [number, number] = RANGE): number[] {
  const hash = createHash('sha256').update(`example ${key}`).digest();
  return [0, 6, 12, 18, 24].map((at) => first + (hash.readUIntBE(at, 6) % (last - first + 1)));
}

describe('a new key', () => {
  const KEY = 'suricata/dns/domain/host.example';

  test('has its home by hash, which another publisher does not share', () => {
    const first = assign([KEY]);
    expect(first).toEqual(new Map([[KEY, places(KEY)[0]]]));
    expect(assign([KEY], [], { publisherId: 'other' })).not.toEqual(first);
  });

  test('gets the first of its other places that is free, then the next free number', () => {
    const [a, b, c, d, e] = places(KEY) as [number, number, number, number, number];
    const without = (...taken: number[]) =>
      assign(
        [KEY],
        taken.map((sid): Locked => [`retired/${sid}`, sid]),
      )?.get(KEY);
    expect(without(a)).toBe(b);
    expect(without(a, b)).toBe(c);
    expect(without(a, c)).toBe(b);
    expect(without(a, b, c, d)).toBe(e);
    expect(without(a, b, c, d, e)).toBe(e + 1);
    expect(without(a, b, c, d, e, e + 1, e + 2)).toBe(e + 3);
  });

  test('is served at home before any key is displaced', () => {
    // In a small range, find three keys: two of one home, whose second finds its further place at the home of a third.
    const range = [1, 50] as const;
    const names = Array.from({ length: 300 }, (_, at) => `k${String(at).padStart(3, '0')}`);
    const [first, displaced, third] = names.flatMap((one) =>
      names
        .filter((two) => two > one && places(two, range)[0] === places(one, range)[0])
        .flatMap((two) =>
          names
            .filter((three) => three > two && places(three, range)[0] === places(two, range)[1])
            .map((three) => [one, two, three]),
        ),
    )[0] as [string, string, string];
    const sids = assign([first, displaced, third], [], { range });
    expect(sids?.get(first)).toBe(places(first, range)[0]);
    expect(sids?.get(third)).toBe(places(third, range)[0]);
    expect(sids?.get(displaced)).toBe(places(displaced, range)[2]);
  });
});

describe('what the lock gave', () => {
  test('is kept, wherever it is in the range', () => {
    for (const sid of [1234567, 1000000, 1999999])
      expect(assign(['k'], [['k', sid]])).toEqual(new Map([['k', sid]]));
  });

  test('outside the range is given anew', () => {
    const fresh = assign(['k'])?.get('k');
    for (const outside of [999999, 2000000, undefined])
      expect(assign(['k'], [['k', outside]])?.get('k')).toBe(fresh);
  });

  test('to a retired rule is never given again, nor what a rule gave up', () => {
    const [home, second, third] = places('k');
    expect(assign(['k'], [['retired', home]])?.get('k')).toBe(second);
    expect(assign(['k'], [['retired', undefined, home as number]])?.get('k')).toBe(second);
    expect(assign(['k', 'other'], [['other', 1000007, home as number, second as number]])?.get('k')).toBe(
      third,
    );
  });

  test('before comes back to its key when the range does, unless another has or had it', () => {
    expect(assign(['k'], [['k', 5, 1234567]])?.get('k')).toBe(1234567);
    expect(assign(['k'], [['k', 5, 7, 1999999, 1234567]])?.get('k')).toBe(1234567);
    const fresh = assign(['k'])?.get('k');
    const others: Locked[] = [
      ['other', 1234567],
      ['other', undefined, 1234567],
    ];
    for (const other of others) {
      expect(assign(['k'], [['k', 5, 1234567], other])?.get('k')).toBe(fresh);
      expect(assign(['k'], [other, ['k', 5, 1234567]])?.get('k')).toBe(fresh);
    }
  });
});

describe('a number that a merge left with two keys', () => {
  const A = 'a';
  const B = 'b';
  const home = (key: string) => places(key)[0] as number;
  const kept = (sid: number, keys: readonly string[]) => {
    const locked: Locked[] = [
      [A, sid],
      [B, sid],
    ];
    const found = assigned(keys, locked);
    expect(assigned(keys.toReversed(), locked.toReversed())).toEqual(found);
    const live = [A, B].filter((key) => found?.sids.get(key) === sid);
    return [found?.keepers.get(sid), live, ...(found?.retired ?? [])];
  };

  test('stays with the first', () => {
    expect(kept(1234567, [A, B])).toEqual([A, [A]]);
  });

  test('stays with the one whose home it is', () => {
    expect(kept(home(A), [A, B])).toEqual([A, [A]]);
    expect(kept(home(B), [A, B])).toEqual([B, [B]]);
  });

  test('stays with the one that is live', () => {
    expect(kept(1234567, [B])).toEqual([B, [B], [A, undefined]]);
    expect(kept(home(A), [B])).toEqual([B, [B], [A, undefined]]);
  });

  test('stays with the first where all are retired', () => {
    expect(kept(1234567, [])).toEqual([A, [], [B, undefined]]);
  });

  test('stays with the one that has no other', () => {
    expect(
      assign(
        [A, B],
        [
          [A, [1234567, 1234568]],
          [B, 1234567],
        ],
      ),
    ).toEqual(
      new Map([
        [A, 1234568],
        [B, 1234567],
      ]),
    );
    expect(
      assign(
        [A, B],
        [
          [A, [1234567, 1234568]],
          [B, [1234567, 1234568]],
        ],
      ),
    ).toEqual(
      new Map([
        [A, 1234567],
        [B, 1234568],
      ]),
    );
    // What is outside of the range is none.
    expect(
      assign(
        [A, B],
        [
          [A, [5, 1234567]],
          [B, 1234567],
        ],
      )?.get(A),
    ).toBe(1234567);
    expect(
      assigned(
        [B],
        [
          [A, [1234567, 1234568]],
          [B, 1234567],
        ],
      )?.retired,
    ).toEqual(new Map([[A, 1234568]]));
  });

  test('of several, one keeps it', () => {
    const locked: Locked[] = ['d', 'c', 'b'].map((key) => [key, 1234567]);
    const sids = assign(['b', 'c', 'd'], locked);
    expect(sids?.get('b')).toBe(1234567);
    expect(new Set(sids?.values()).size).toBe(3);
  });
});

test('a range that is just full, and one that is too small', () => {
  const keys = ['a', 'b', 'c', 'd'];
  const four = assign(keys, [], { range: [7, 10] });
  expect([...(four?.values() ?? [])].sort((a, b) => a - b)).toEqual([7, 8, 9, 10]);
  expect(assign(keys, [], { range: [7, 9] })).toBeUndefined();
  expect(assign(keys, [['retired', 8]], { range: [7, 10] })).toBeUndefined();
  expect(assign(keys, [['retired', 700, 8]], { range: [7, 10] })).toBeUndefined();
  expect(assign(['a'], [], { range: [7, 7] })).toEqual(new Map([['a', 7]]));
});

/** The plain definition, with lists that are searched through each time. */
function plainly(keys: readonly string[], locked: readonly Locked[], range: readonly [number, number]) {
  const numbers = Array.from({ length: range[1] - range[0] + 1 }, (_, at) => range[0] + at);
  const idsOf = ([, sids, ...former]: Locked) => [...several(sids), ...former];
  const live = [...new Set(keys)].sort();
  const kept = new Map<number, string>();
  for (const isLive of [true, false]) {
    const group = locked
      .filter(([key]) => live.includes(key) === isLive)
      .map(([key, sids]) => ({ key, inside: several(sids).filter((sid) => numbers.includes(sid)) }));
    for (const sid of numbers) {
      const rank = (key: string) => `${places(key, range)[0] === sid ? 0 : 1}${key}`;
      const [holder] = group
        .filter(({ inside }) => inside.length === 1 && inside[0] === sid)
        .map(({ key }) => key)
        .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
      if (holder !== undefined && !kept.has(sid)) kept.set(sid, holder);
    }
    for (const { key, inside } of group.sort((a, b) => (a.key < b.key ? -1 : 1))) {
      const sid = inside.length > 1 ? inside.find((one) => !kept.has(one)) : undefined;
      if (sid !== undefined) kept.set(sid, key);
    }
  }
  const sids = new Map<string, number>();
  for (const [sid, key] of kept) if (live.includes(key)) sids.set(key, sid);
  const isTaken = (sid: number) =>
    locked.some((line) => idsOf(line).includes(sid)) || [...sids.values()].includes(sid);
  const pending = () => live.filter((key) => !sids.has(key));
  for (const key of pending()) {
    const [, , ...former]: Locked = locked.find(([one]) => one === key) ?? [key, undefined];
    const others = locked.filter(([one]) => one !== key).flatMap(idsOf);
    const own = numbers.find((sid) => former.includes(sid) && !others.includes(sid));
    if (own !== undefined) sids.set(key, own);
  }
  for (const key of pending()) {
    const home = places(key, range)[0] as number;
    if (!isTaken(home)) sids.set(key, home);
  }
  for (const key of pending()) {
    const own = places(key, range);
    const last = own[4] as number;
    const after = [...numbers.filter((sid) => sid >= last), ...numbers.filter((sid) => sid < last)];
    const free = [...own, ...after].find((sid) => !isTaken(sid));
    if (free === undefined) return undefined;
    sids.set(key, free);
  }
  return sids;
}

const key = fc.stringMatching(/^[a-z]{1,2}$/);
const number = fc.integer({ min: -1, max: 40 });
const lines = fc.uniqueArray(
  fc
    .tuple(key, fc.uniqueArray(number, { maxLength: 3 }), fc.array(number, { maxLength: 2 }))
    .map(([one, sids, former]): Locked => [one, sids, ...former]),
  { selector: ([one]) => one, maxLength: 30 },
);

test('property: as the plain definition has it, with any lock, in any order', () => {
  fc.assert(
    fc.property(
      fc.array(key, { maxLength: 30 }),
      lines,
      fc.integer({ min: 1, max: 40 }),
      (keys, locked, size) => {
        const sids = assign(keys, locked, { range: [1, size] });
        expect(sids).toEqual(plainly(keys, locked, [1, size]));
        expect(assign(keys.toReversed(), locked.toReversed(), { range: [1, size] })).toEqual(sids);
      },
    ),
    { numRuns: 500 },
  );
});

test('property: two locks that give different numbers merge into what one build of all keys gives, where no number is contested thrice', () => {
  // In a range this wide no two displaced keys meet.
  const range = [1, 5000] as const;
  const some = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 });
  fc.assert(
    fc.property(some, some, (left, right) => {
      const keys = [...new Set([...left, ...right])];
      const homes = keys.map((one) => places(one, range)[0]);
      fc.pre(
        keys.every((one) =>
          places(one, range)
            .slice(1)
            .every((place) => !homes.includes(place)),
        ),
      );
      const of = (branch: readonly string[]): Locked[] => [...(assign(branch, [], { range }) ?? [])];
      const union = new Map([...of(left), ...of(right)].map((line) => [line[0], line]));
      expect(assign(keys, [...union.values()], { range })).toEqual(assign(keys, [], { range }));
    }),
    { numRuns: 300 },
  );
});
