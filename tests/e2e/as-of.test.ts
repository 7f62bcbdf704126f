/** The same file built as of two days differs only by the entries that ended between them, in every target. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../compiler/index.ts';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { targetNames } from '../../scripts/goldens.ts';
import { filesBelow, writeFiles } from '../temporary.ts';
import { ROOT } from './checkout.ts';

const LAST_DAY = '2026-03-31';
const NEXT_DAY = '2026-04-01';

const TARGETS = targetNames(join(ROOT, 'templates'));

const SETTINGS = `targets: [${TARGETS.join(', ')}]
policy:
${['block', 'detect', 'hunt', 'share'].map((effect) => `  ${effect}: {lifetimes: {${KINDS.map((kind) => `${kind}: 30`).join(', ')}}}\n`).join('')}`;

/** One indicator of each kind, told apart by a letter and a number; no value of one stands in that of another. */
function records(letter: 'a' | 'b' | 'c', number: 1 | 2 | 3, dates: string): string {
  const hex = (length: number) => `${letter}${number}`.repeat(length / 2);
  const name = letter.repeat(5) + number;
  return `  - domain: ${name}.example
    ip: [192.0.2.${number * 50}, "2001:db8::${letter}${number}"]
    cidr: [198.51.100.${number * 64}/28, "2001:db8:${letter}${number}::/48"]
    endpoint: 203.0.113.${number * 50}:8443
    url: http://url-${name}.test/path/${name}
    email: mail@mail-${name}.test
    hash: [${hex(32)}, ${hex(40)}, ${hex(64)}]
    ja3: ${hex(32)}
    ja3s: ${hex(32)}
    ja4: t13d1516h2_${hex(12)}_${hex(12)}
    certificate: ${hex(40)}
    user_agent: Agent-${name}/1.0
    file_name: file-${name}.exe
    file_path: C:\\ProgramData\\path-${name}.exe
    registry_key: HKCU\\Software\\key-${name}
    mutex: Global\\mutex-${name}
    ${dates}
`;
}

const HEAD = `refang: 1
reports: {sample: {title: A sample, author: Example CERT, published: 2026-03-20}}
actors: {group: {name: Example Group, kind: group}}
defaults:
  {report: sample, actor: group, status: active, confidence: 90, severity: high, tlp: clear,
   allow: {guard: special-use, reason: documentation values, owner: Example CERT}}
indicators:
`;
const STAYS = records('a', 1, 'first_seen: 2026-03-02');
const EXPIRES = records('b', 2, `expires: ${LAST_DAY}`);
const LAPSES = records('c', 3, 'last_seen: 2026-03-01');

interface Built {
  /** By path below the output folder. */
  files: Readonly<Record<string, string>>;
  /** `fate reason` by target, then by kind and value. */
  fates: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

const folders: string[] = [];

function newFolder(indicators: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'refang-as-of-'));
  folders.push(cwd);
  writeFiles(cwd, { 'indicators.yaml': HEAD + indicators, 'refang.yaml': SETTINGS });
  return cwd;
}

async function buildAll(indicators: string, asOf: string): Promise<Built> {
  const cwd = newFolder(indicators);
  const { session } = await build({ cwd, asOf });
  expect(session.diagnostics).toEqual([]);
  const set = session.collection?.indicators;
  const fates = (session.compiled?.targets ?? []).map(({ name, plan }) => {
    const told = Array.from(plan.verdicts, ({ fate, reason, by }, index) => [
      `${set?.kind(index)} ${set?.value(index)}`,
      [fate, reason, by !== undefined && set?.value(by)].filter(Boolean).join(' '),
    ]);
    return [name, Object.fromEntries(told)] as const;
  });
  return { files: filesBelow(join(cwd, 'out')), fates: new Map(fates) };
}

let before: Built;
let after: Built;
let without: Built;

beforeAll(async () => {
  before = await buildAll(STAYS + EXPIRES + LAPSES, LAST_DAY);
  after = await buildAll(STAYS + EXPIRES + LAPSES, NEXT_DAY);
  without = await buildAll(STAYS, LAST_DAY);
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The files of a target. */
function filesOf({ files }: Built, target: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith(`${target}/`)));
}

describe.each(TARGETS)('%s', (target) => {
  test('what ended is gone, and nothing else is different, nor tells the day', () => {
    expect(filesOf(after, target)).toEqual(filesOf(without, target));
  });

  test('on the last day all is there, and is said the same', () => {
    const [was, is] = [before.fates.get(target) ?? {}, after.fates.get(target) ?? {}];
    const stays = without.fates.get(target) ?? {};
    expect(Object.keys(is)).toEqual(Object.keys(was));
    for (const [indicator, fate] of Object.entries(is)) {
      const before = was[indicator];
      if (indicator in stays) expect([indicator, before, stays[indicator]]).toEqual([indicator, fate, fate]);
      else if (before?.startsWith('unsupported')) expect([indicator, fate]).toEqual([indicator, before]);
      else {
        expect([indicator, before]).toEqual([
          indicator,
          expect.stringMatching(/^(emitted|covered|approximated)/),
        ]);
        expect([indicator, fate]).toEqual([indicator, 'withheld expired']);
      }
    }
    expect(filesOf(before, target)).not.toEqual(filesOf(after, target));
  });
});

test('goldens do not tell the day of their build', () => {
  // The day that the goldens are built as of, also as it stands in file names and in seconds.
  const day = /2026-01-01|20260101|1767225600/;
  for (const target of TARGETS) {
    const folder = join(ROOT, 'templates', target, 'golden');
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      expect([path, day.test(readFileSync(path, 'utf8'))]).toEqual([path, false]);
    }
  }
});

test('rules that are not concerned keep their id and revision; the others rise, on the day of the build', async () => {
  const cwd = newFolder(STAYS + EXPIRES + LAPSES);
  const linesAsOf = async (asOf: string) => {
    await build({ cwd, asOf, targets: ['suricata'], allowShrink: true });
    return readFileSync(join(cwd, 'out/suricata/refang.rules'), 'utf8').split('\n');
  };
  const was = await linesAsOf(LAST_DAY);
  const is = await linesAsOf(NEXT_DAY);
  const changed = is.filter((line) => !was.includes(line));
  // What stands in lists is not in the rule; what has a rule of its own keeps it.
  expect(changed.map((line) => /msg:"(.*?)".*( rev:\d+;).*( updated_at \S+);/.exec(line)?.slice(1))).toEqual(
    [
      'Traffic to Listed Address (sample, 4 listed)',
      ...['SHA-256', 'SHA-1', 'MD5'].map((name) => `File with Listed ${name} (sample, 1 listed)`),
    ].map((message) => [`REFANG ${message}`, ' rev:2;', ' updated_at 2026_04_01']),
  );
  expect(is.filter((line) => was.includes(line) && line.includes('aaaaa1'))).not.toEqual([]);
});
