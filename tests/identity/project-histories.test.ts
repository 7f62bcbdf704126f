/** Random histories of a project through the whole compiler, with locks that git merged. */

import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { PROJECT } from '../project.ts';
import { filesBelow, folderWith } from '../temporary.ts';

type Severities = ReadonlyMap<string, string>;

/** A rule as it stands in the output. */
interface Rule {
  sid: string;
  revision: number;
  /** All that it says beside its identity. */
  says: string;
}

interface Commit {
  at: number;
  parents: readonly Commit[];
  severities: Severities;
  style: string;
  /** `refang.lock` and `out/`. */
  files: Readonly<Record<string, string>>;
  /** The last that was published of each name, and all names that ever had a sid, in this commit and those before it. */
  last: ReadonlyMap<string, Rule>;
  had: ReadonlyMap<string, ReadonlySet<string>>;
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}.example`);
const RANGE = '[1000, 1023]';

const HEAD = `refang: 1
reports:
  sample: {title: A sample, author: Example CERT, published: 2025-01-15}
defaults:
  report: sample
  status: active
  confidence: 80
  severity: high
  tlp: clear
  allow: {guard: special-use, reason: documentation values, owner: Example CERT}
indicators:
  - mutex: Global\\example
`;

function projectOf(severities: Severities, style: string): Record<string, string> {
  const records = NAMES.filter((name) => severities.has(name)).map(
    (name) => `  - {domain: ${name}, severity: ${severities.get(name)}}\n`,
  );
  const rules = PROJECT['templates/mine/rules.hbs'] as string;
  return {
    ...PROJECT,
    'refang.yaml': `targets:\n  - {name: mine, options: {sid: ${RANGE}}}\n  - wall\n`,
    'indicators.yaml': HEAD + records.join(''),
    'templates/mine/rules.hbs': rules.replace('{{value}}', `{{value}} ${style}`),
  };
}

/** Builds in a new folder that has the output of an earlier build; undefined where the range is full. */
async function built(
  severities: Severities,
  style: string,
  before: Readonly<Record<string, string>>,
): Promise<Commit['files'] | undefined> {
  const folder = folderWith({ ...projectOf(severities, style), ...before });
  const { session } = await build({ cwd: folder, asOf: '2026-01-01' });
  if (session.diagnostics.some(({ code }) => code === 'RF604')) return undefined;
  expect(session.diagnostics.filter(({ code }) => code !== 'RF605')).toEqual([]);
  const files = Object.entries(filesBelow(folder));
  return Object.fromEntries(files.filter(([path]) => path.startsWith('out') || path === 'refang.lock'));
}

function rulesIn(files: Commit['files']): Map<string, Rule> {
  const lines = (files['out/mine/rules.txt'] ?? '').split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [, name, said, sid, revision] = /^(\S+) (.*) sid:(\d+) rev:(\d+) /.exec(line) as unknown as [
        string,
        string,
        string,
        string,
        string,
      ];
      return [name, { sid, revision: Number(revision), says: said }];
    }),
  );
}

/** A commit after those, if all holds that must. */
function checked(commit: Omit<Commit, 'last' | 'had'>): Commit {
  const { parents, files } = commit;
  const rules = rulesIn(files);
  expect([...rules.keys()].sort()).toEqual([...commit.severities.keys()].sort());
  expect(new Set([...rules.values()].map(({ sid }) => sid)).size).toBe(rules.size);
  const had = new Map<string, Set<string>>();
  for (const parent of parents)
    for (const [sid, names] of parent.had) had.set(sid, new Set([...(had.get(sid) ?? []), ...names]));
  for (const [name, rule] of rules) {
    const before = parents.flatMap(({ last }) => last.get(name) ?? []);
    const kept = before.some(({ sid }) => sid === rule.sid);
    // One build changes no sid, and gives none that was another's.
    if (parents.length === 1 && before.length > 0) expect([name, kept]).toEqual([name, true]);
    if (!kept) expect([...(had.get(rule.sid) ?? [])].filter((other) => other !== name)).toEqual([]);
    for (const one of before) {
      if (one.says !== rule.says) expect(rule.revision).toBeGreaterThan(one.revision);
      else if (parents.length === 1) expect(rule.revision).toBe(one.revision);
    }
    had.set(rule.sid, new Set([...(had.get(rule.sid) ?? []), name]));
  }
  const last = new Map<string, Rule>();
  for (const [name, rule] of [...parents.flatMap((parent) => [...parent.last]), ...rules])
    if (rules.has(name) || rule.revision > (last.get(name)?.revision ?? 0))
      last.set(name, rules.get(name) ?? rule);
  return { ...commit, last, had };
}

/** What git's union driver makes of the locks. */
function union(base: Commit, one: Commit, other: Commit): string {
  const texts = Object.entries({ one, base, other }).map(([name, { files }]) => [
    name,
    files['refang.lock'] ?? '',
  ]);
  const folder = folderWith(Object.fromEntries(texts));
  return execFileSync('git', ['merge-file', '-p', '--union', 'one', 'base', 'other'], {
    cwd: folder,
    encoding: 'utf8',
  });
}

function mergedSeverities(base: Commit, one: Commit, other: Commit): Map<string, string> {
  const pick = (name: string) => {
    const [was, here, there] = [base, one, other].map(({ severities }) => severities.get(name));
    if (here === was) return there;
    return there === was ? here : ([here, there].sort()[0] ?? here ?? there);
  };
  return new Map(
    NAMES.flatMap((name) => [[name, pick(name)] as const]).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );
}

const severity = fc.constantFrom('low', 'high', undefined);
const step = fc.record({
  does: fc.constantFrom('commit', 'commit', 'commit', 'branch', 'merge'),
  branch: fc.nat(2),
  from: fc.nat(2),
  edits: fc.array(fc.tuple(fc.constantFrom(...NAMES), severity), { minLength: 1, maxLength: 3 }),
  style: fc.constantFrom(undefined, undefined, undefined, 'v1', 'v2'),
});

test('property: sids stay, revisions rise exactly on change, merges commute', async () => {
  let merges = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
      const empty: Severities = new Map();
      const files = (await built(empty, 'v1', {})) as Commit['files'];
      const first = checked({ at: 0, parents: [], severities: empty, style: 'v1', files });
      const heads = [first, first];
      let forked = first;
      let count = 1;
      for (const { does, branch, from, edits, style } of steps) {
        const at = branch % heads.length;
        const head = heads[at] as Commit;
        if (does === 'commit') {
          const severities = new Map(head.severities);
          for (const [name, given] of edits)
            given === undefined ? severities.delete(name) : severities.set(name, given);
          const after = await built(severities, style ?? head.style, head.files);
          if (after)
            heads[at] = checked({
              at: count++,
              parents: [head],
              severities,
              style: style ?? head.style,
              files: after,
            });
          continue;
        }
        const other = heads[from % heads.length] as Commit;
        if (does === 'branch' || other === head) {
          // Both go on from here.
          heads.fill(head);
          forked = head;
          continue;
        }
        const severities = mergedSeverities(forked, head, other);
        const common = [head.style, other.style].sort()[1] as string;
        const one = await built(severities, common, {
          ...head.files,
          'refang.lock': union(forked, head, other),
        });
        const two = await built(severities, common, {
          ...other.files,
          'refang.lock': union(forked, other, head),
        });
        expect(one).toEqual(two);
        if (!one) continue;
        merges += 1;
        const merged = checked({
          at: count++,
          parents: [head, other],
          severities,
          style: common,
          files: one,
        });
        heads.fill(merged);
        forked = merged;
      }
    }),
    { numRuns: 30 },
  );
  expect(merges).toBeGreaterThan(5);
}, 300_000);
