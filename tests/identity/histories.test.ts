/** Random histories of edits, branches and merges: what was given stays, whatever comes. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { built, type Commit, History, must, parsed, type Range, type Seen, type Source } from './history.ts';
import { mergeBase, mergedSource, unionOfLines } from './merge.ts';

const NAMES = Array.from({ length: 12 }, (_, at) => `rules/domain/host${at}.example`);

type Edit =
  | { edit: 'write'; name: string; text: string }
  | { edit: 'remove'; name: string }
  | { edit: 'template'; text: string }
  | { edit: 'range'; to: number };

/** One commit. Branches are numbered; what they do not know, they take the first of. */
type Step =
  | { does: 'commit'; branch: number; edits: readonly Edit[] }
  | { does: 'branch'; from: number }
  | { does: 'merge'; into: number; from: number; stale: readonly boolean[] };

const name = fc.constantFrom(...NAMES);
const text = fc.constantFrom('low', 'high', 'low+seen', 'high+actor');
const branch = fc.nat(3);

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ edit: fc.constant('write' as const), name, text }) },
  { weight: 3, arbitrary: fc.record({ edit: fc.constant('remove' as const), name }) },
  {
    weight: 1,
    arbitrary: fc.record({ edit: fc.constant('template' as const), text: fc.constantFrom('v1', 'v2') }),
  },
  { weight: 1, arbitrary: fc.record({ edit: fc.constant('range' as const), to: fc.nat(2) }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('commit' as const),
      branch,
      edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('branch' as const), from: branch }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('merge' as const),
      into: branch,
      from: branch,
      stale: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    }),
  },
);

const steps = fc
  .array(step, { minLength: 6, maxLength: 20 })
  .map((some): Step[] => [{ does: 'branch', from: 0 }, { does: 'branch', from: 0 }, ...some]);

function edited(source: Source, edits: readonly Edit[], ranges: readonly Range[]): Source {
  const rules = new Map(source.rules);
  let { template, range } = source;
  for (const one of edits) {
    if (one.edit === 'write') rules.set(one.name, one.text);
    else if (one.edit === 'remove') rules.delete(one.name);
    else if (one.edit === 'template') template = one.text;
    else range = ranges[one.to] as Range;
  }
  return { rules, template, range };
}

type Texts = readonly [base: string, one: string, other: string];

/** Runs a history; `union` merges locks. Every commit is checked on the way. */
function run(
  some: readonly Step[],
  ranges: readonly Range[],
  union: (texts: Texts, stale: readonly boolean[], turned: boolean) => string,
): Seen {
  const history = new History(ranges[0] as Range);
  const heads: Commit[] = [history.commits[0] as Commit];
  const advance = (at: number, parents: readonly Commit[], source: Source, lockText: string) => {
    if (history.commit(parents, source, lockText)) heads[at] = history.commits.at(-1) as Commit;
  };
  for (const one of some) {
    if (one.does === 'branch') {
      heads.push(heads[one.from % heads.length] as Commit);
    } else if (one.does === 'commit') {
      const at = one.branch % heads.length;
      const head = heads[at] as Commit;
      advance(at, [head], edited(head, one.edits, ranges), head.lockText);
    } else {
      const at = one.into % heads.length;
      const [into, from] = [heads[at], heads[one.from % heads.length]] as [Commit, Commit];
      const base = mergeBase(into, from);
      if (base === into || base === from) continue;
      const source = mergedSource(base, into, from);
      const lockText = union([base.lockText, into.lockText, from.lockText], one.stale, false);
      const other = union([base.lockText, from.lockText, into.lockText], one.stale.toReversed(), true);
      // Whichever branch is merged into which, and whatever lines git keeps beside: the same lock.
      const day = '2026-06-01';
      const [there, back] = [
        built(source, parsed(lockText), day),
        built(mergedSource(base, from, into), parsed(other), day),
      ];
      must(there?.text === back?.text, `merges commute:\n${there?.text}\n${back?.text}`);
      advance(at, [into, from], source, lockText);
    }
  }
  return history.seen;
}

/** By the model of git's union driver. */
function modelled(texts: Texts, stale: readonly boolean[], turned: boolean): string {
  return unionOfLines(texts, (line) => stale[line.length % stale.length] as boolean, turned);
}

/** Runs histories, and tells how often what was to be tried came about. */
function seenIn(ranges: readonly Range[], numRuns: number): Seen {
  const seen: Partial<Seen> = {};
  fc.assert(
    fc.property(steps, (some) => {
      for (const [what, times] of Object.entries(run(some, ranges, modelled)) as [keyof Seen, number][])
        seen[what] = (seen[what] ?? 0) + times;
    }),
    { numRuns },
  );
  return seen as Seen;
}

test('property: a thousand histories in a narrow range, where sids collide', () => {
  const seen = seenIn(
    [
      [1, 6],
      [1, 10],
      [5, 16],
    ],
    1000,
  );
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(5);
}, 300_000);

test('property: as many in a wide range, which moves and moves back', () => {
  const { moved, full, withoutNumber, ...seen } = seenIn(
    [
      [1000000, 1999999],
      [1000000, 2999999],
      [5000000, 5999999],
    ],
    1000,
  );
  expect(moved + full + withoutNumber).toBe(0);
  for (const times of Object.values(seen)) expect(times).toBeGreaterThan(5);
}, 300_000);

test('property: with the union of real git', () => {
  const folder = folderWith();
  const union = ([base, one, other]: Texts) => {
    const paths = Object.entries({ one, base, other }).map(([path, content]) => {
      writeFileSync(join(folder, path), content);
      return path;
    });
    return execFileSync('git', ['merge-file', '-p', '--union', ...paths], { cwd: folder, encoding: 'utf8' });
  };
  fc.assert(
    fc.property(steps, (some) => {
      run(
        some,
        [
          [1, 6],
          [1, 10],
          [5, 16],
        ],
        (texts) => union(texts),
      );
    }),
    { numRuns: 40 },
  );
}, 300_000);
