/** Every command of docs/authoring.md runs, one after the other, from an empty folder on. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledRefang, ROOT } from '../cli/refang.ts';
import { folderWith } from '../temporary.ts';

const refang = await bundledRefang();
const PAGE = readFileSync(join(ROOT, 'docs/authoring.md'), 'utf8');

const commands = [...PAGE.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, text = '']) =>
  text.trimEnd().split('\n'),
);

test('the commands of the page do what it says', () => {
  let cwd = folderWith();
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) {
    const [, into] = /^cd (\S+)$/.exec(command) ?? [];
    if (into) {
      cwd = join(cwd, into);
      continue;
    }
    const [words = '', file] = command.split(' > ');
    const [npx, name, ...args] = words.split(' ');
    expect([npx, name]).toEqual(['npx', 'refang']);
    if (args.includes('--watch')) {
      const options = {
        cwd,
        env: refang.start.env,
        encoding: 'utf8',
        killSignal: 'SIGINT',
        timeout: 15_000,
      } as const;
      const { stderr } = spawnSync(process.execPath, [refang.start.script, ...args], options);
      expect(stderr).toMatch(/^built out: 6 indicators.*\nwatching \d+ files; Ctrl-C ends\n$/m);
      continue;
    }
    const { code, stdout, stderr } = refang(cwd, args);
    expect([command, code, stderr]).toEqual([command, 0, stderr]);
    if (file) {
      expect(stdout).toBe(readFileSync(join(cwd, file), 'utf8'));
      writeFileSync(join(cwd, file), stdout);
    }
  }
});

test('the modeline it shows is that of the files that `init` writes', () => {
  const [, line] = /^```yaml\n(.*)\n```/m.exec(PAGE) ?? [];
  expect(readFileSync(join(ROOT, 'starter/indicators.yaml'), 'utf8').split('\n')[0]).toBe(line);
});
