import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hold, tryHold } from '../../compiler/emit/hold.ts';
import { WriteError } from '../../compiler/emit/write-error.ts';
import { folderWith } from '../temporary.ts';

const LOCK = '.out.refang-lock';
/** The number of a process that has ended. */
const ENDED = spawnSync(process.execPath, ['--version']).pid;

const holder = (over: object) =>
  JSON.stringify({ pid: ENDED, host: hostname(), start: '', since: '2026-01-01T00:00:00.000Z', ...over });

async function refusal(run: () => Promise<unknown>): Promise<WriteError['diagnostic'] | undefined> {
  try {
    await run();
  } catch (error) {
    if (error instanceof WriteError) return error.diagnostic;
    throw error;
  }
  return undefined;
}

test('one holds, the next is refused with who holds it, and holds when the first has released', async () => {
  const root = folderWith();
  const place = join(root, 'out');
  const first = await hold(place, 'out', {});
  const told: string[] = [];
  const patience = { milliseconds: 120, told: (who: string) => told.push(who) };
  expect(await refusal(() => hold(place, 'out', patience))).toEqual({
    code: 'RF610',
    severity: 'error',
    message: expect.stringMatching(
      new RegExp(`^\`out\` is in use by another build: process ${process.pid}, since \\d{4}-\\d\\d-\\d\\dT`),
    ),
    help: 'wait for it to end; if it has, remove `.out.refang-lock` beside it',
  });
  expect(told).toEqual([expect.stringMatching(`^process ${process.pid}, since `)]);
  first.release();
  const second = await hold(place, 'out', {});
  expect(second.waited).toBe(false);
  second.release();
  expect(readdirSync(root)).toEqual([]);
});

test('who waits holds as soon as the other releases, and knows that it waited', async () => {
  const place = join(folderWith(), 'out');
  const first = await hold(place, 'out', {});
  const second = hold(place, 'out', {});
  first.release();
  const held = await second;
  expect(held.waited).toBe(true);
  held.release();
});

test.each([
  ['a process that has ended', holder({})],
  ['an earlier process of the same number', holder({ pid: process.pid, start: '1' })],
])('what %s left is taken over', (_, text) => {
  const root = folderWith({ [LOCK]: text });
  const held = tryHold(join(root, 'out'), 'out');
  expect(JSON.parse(readFileSync(join(root, LOCK), 'utf8'))).toMatchObject({ pid: process.pid });
  held?.release();
  expect(readdirSync(root)).toEqual([]);
});

test('what half a process wrote is taken over after two seconds, and not before', () => {
  const root = folderWith({ [LOCK]: '{"pid": 1' });
  expect(tryHold(join(root, 'out'), 'out')).toBeUndefined();
  const past = Date.now() / 1000 - 3;
  utimesSync(join(root, LOCK), past, past);
  expect(tryHold(join(root, 'out'), 'out')).toBeDefined();
});

test('a process on another machine is not judged, and named with its machine', async () => {
  const root = folderWith({ [LOCK]: holder({ host: 'other.example' }) });
  const diagnostic = await refusal(() => hold(join(root, 'out'), 'out', { milliseconds: 0 }));
  expect(diagnostic?.message).toBe(
    `\`out\` is in use by another build: process ${ENDED} on other.example, since 2026-01-01T00:00:00.000Z`,
  );
  expect(existsSync(join(root, LOCK))).toBe(true);
});

test('a living process of another program is waited for', () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill());
  const root = folderWith({ [LOCK]: holder({ pid: child.pid }) });
  expect(tryHold(join(root, 'out'), 'out')).toBeUndefined();
});

test('of many that find a stale one at once, one holds at a time', async () => {
  const root = folderWith({ [LOCK]: holder({}) });
  let inside = 0;
  let most = 0;
  const work = async () => {
    const held = await hold(join(root, 'out'), 'out', {});
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside -= 1;
    held.release();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  expect(most).toBe(1);
  expect(readdirSync(root)).toEqual([]);
});

test('a foreign text where the holder should be is no number to signal', () => {
  const root = folderWith();
  for (const pid of [0, -1, '1', null]) {
    writeFileSync(join(root, LOCK), holder({ pid }));
    expect(tryHold(join(root, 'out'), 'out')).toBeUndefined();
  }
});
