import { spawnSync } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';
import { compileLess, keepHeapSmall } from '../compiler/v8-settings.ts';

/** What V8 is told instead of being told. */
function heard(): string[] {
  const flags: string[] = [];
  const v8 = { setFlagsFromString: (flag: string) => flags.push(flag) };
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(v8 as never);
  return flags;
}

afterEach(() => vi.restoreAllMocks());

test('a build of little leaves V8 as it is', () => {
  const flags = heard();
  compileLess([1000, 2000]);
  keepHeapSmall(200_000);
  expect(flags).toEqual([]);
});

test('sizes are asked for until it is clear that it is much', () => {
  const flags = heard();
  const asked: number[] = [];
  compileLess(
    (function* () {
      for (const size of [1000, 1 << 20, 5]) {
        asked.push(size);
        yield size;
      }
    })(),
  );
  expect(asked).toEqual([1000, 1 << 20]);
  expect(flags).toHaveLength(1);
});

test('this Node knows each flag: it would complain on stderr', () => {
  const flags = heard();
  compileLess([1 << 21]);
  keepHeapSmall(200_001);
  expect(flags).toHaveLength(2);
  const { status, stderr } = spawnSync(process.execPath, [...flags, '-e', '0'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
