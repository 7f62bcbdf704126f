/** Costs of commands, without asserting how large they are. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith } from '../temporary.ts';
import { measure, median, sideBySide } from './measure.mjs';

test('what a command prints goes where it is asked to', () => {
  const stdout = join(folderWith(), 'said');
  measure({ command: ['printf', '%s', 'a "quoted" $HOME'], stdout });
  expect(readFileSync(stdout, 'utf8')).toBe('a "quoted" $HOME');
});

test('the CPU of what a command starts counts, too', () => {
  const burn = 'const end = process.cpuUsage().user + 200000; while (process.cpuUsage().user < end);';
  const { cpu } = measure({ command: ['bash', '-c', '"$0" -e "$1"; true', process.execPath, burn] });
  expect(cpu).toBeGreaterThan(0.2);
});

test.each([
  [['bash', '-c', 'echo of no use >&2; exit 3'], undefined, /^bash -c .* exits with 3\nof no use$/],
  [['sleep', '60'], 1, /^sleep 60 is stopped after 1 s$/],
])('%j that fails is told', (command, seconds, said) => {
  expect(() => measure({ command, ...(seconds && { seconds }) })).toThrow(said);
});

test('sides take turns, and one that may fail is run once', () => {
  const turns: string[] = [];
  const side = (name: string, command: string) => ({
    name,
    command: [command],
    before: () => turns.push(name),
  });
  const measured = sideBySide([side('a', 'true'), { ...side('b', 'false'), mayFail: true }], 2);
  expect(turns).toEqual(['a', 'b', 'a']);
  expect(measured.map(({ rounds }) => rounds)).toEqual([2, 0]);
  expect(measured[1]?.failed).toBe('false exits with 1');
  expect(() => sideBySide([side('b', 'false')], 1)).toThrow('false exits with 1');
});

test('a median is a value that was measured', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([10, 9, 100, 1])).toBe(10);
});
