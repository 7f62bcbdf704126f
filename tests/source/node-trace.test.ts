/** A file that was written a moment ago is known again without reading it only where no later change can look the same. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileClock, fileClock, stampOf } from '../../compiler/source/node-trace.ts';
import { folderWith } from '../temporary.ts';

const SHA256 = 'a'.repeat(64);

/** A file that is new, and a clock made of what the system says of it. */
function newFile(clockOf: (dev: bigint, changed: bigint) => FileClock | undefined) {
  const path = join(folderWith({ file: 'text' }), 'file');
  const { dev, size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  return { path, clock: clockOf(dev, ctimeNs), seen: `${size} ${mtimeNs} ${ctimeNs} ${ino}` };
}

test.each<[about: string, clockOf: (dev: bigint, changed: bigint) => FileClock | undefined, sure: boolean]>([
  ['has gone on', (device, changed) => ({ device, now: changed + 1n }), true],
  ['shows the same', (device, changed) => ({ device, now: changed }), false],
  ['is behind', (device, changed) => ({ device, now: changed - 1n }), false],
  [
    'is that of another file system',
    (device, changed) => ({ device: device + 1n, now: changed + 1n }),
    false,
  ],
  ['could not be asked', () => undefined, false],
])('a clock that %s', (_, clockOf, sure) => {
  const { path, clock, seen } = newFile(clockOf);
  expect(stampOf(path, SHA256, clock)).toEqual({ seen: sure ? seen : '', sha256: SHA256 });
});

test('the clock is asked each time', async () => {
  const folder = folderWith({ file: 'text' });
  const { dev, ctimeNs } = statSync(join(folder, 'file'), { bigint: true });
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (const _ of [1, 2]) {
    const clock = fileClock(join(folder, 'clock'));
    expect(clock?.device).toBe(dev);
    expect(clock?.now).toBeGreaterThan(ctimeNs);
  }
  expect(fileClock(join(folder, 'nowhere/clock'))).toBeUndefined();
});
