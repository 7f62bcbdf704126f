/** Every command of README.md runs, and every rule it shows is one that the build makes. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { readSettings } from '../../compiler/source/settings.ts';
import { copyCheckout, ROOT, removeCheckout } from './checkout.ts';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Run by CI itself, on a clean clone, before or after the tests. */
const RUN_BY_CI = ['npm ci', 'npm run build', 'npm test'];

interface Block {
  language: string;
  text: string;
  /** The last line before the block. */
  above: string;
}

function blocks(): Block[] {
  const found = README.matchAll(/([^\n]*)\n\n?```(\w+)\n([\s\S]*?)```/g);
  return [...found].map(([, above, language, text]) => ({ above, language, text }) as Block);
}

/** Commands of the shell blocks, without comments; `a && b` are two. */
const commands = blocks()
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '' && !line.startsWith('#'))
  .flatMap((line) => line.split(' && '));

describe('commands', () => {
  let folder = '';
  beforeAll(() => {
    folder = copyCheckout();
    expect(spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: folder }).status).toBe(0);
  });
  afterAll(() => removeCheckout(folder));

  const ciScript = readFileSync(join(ROOT, '.ci/run'), 'utf8');
  test.each(RUN_BY_CI)('`%s` is run by CI', (command) => {
    expect(commands).toContain(command);
    expect(ciScript).toContain(`step ${command}\n`);
  });

  test.each(commands.filter((command) => !RUN_BY_CI.includes(command)))('`%s` runs', (command) => {
    const [program, ...args] = command.split(' ');
    expect(['npx refang', 'npm run']).toContain(`${program} ${args[0]}`);
    const words =
      program === 'npx' ? ['dist/refang.cjs', ...args.slice(1)] : npmScript(args[1] as string, args.slice(2));
    const run = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
  });
});

/** What a build of a copy of the project prints. */
function buildTable(): string {
  const folder = copyCheckout();
  try {
    return spawnSync(process.execPath, ['scripts/refang.mjs', 'build'], { cwd: folder, encoding: 'utf8' })
      .stderr;
  } finally {
    removeCheckout(folder);
  }
}

/** The words after `node` of a script of package.json. */
function npmScript(name: string, args: readonly string[]): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...words] = (scripts[name] as string).split(' ');
  expect(program).toBe('node');
  return [...words, ...args];
}

describe('what it shows', () => {
  const shown = blocks().flatMap(({ above, text }) => {
    const path = /`((?:out\/|indicators\.yaml)[^`]*)`/.exec(above)?.[1];
    return path ? [{ path, text }] : [];
  });

  test('there are six files: one input and five outputs', () => {
    expect(new Set(shown.map(({ path }) => path.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(['indicators.yaml', 'out/nftables', 'out/sigma', 'out/suricata', 'out/yara', 'out/zeek']),
    );
  });

  test.each(shown)('$path holds what is shown of it', ({ path, text }) => {
    const file = readFileSync(join(ROOT, path), 'utf8');
    // A line of dots stands for lines left out.
    for (const part of text.split(/^ *(?:…|# …)\n/m)) expect(file).toContain(part);
  });

  test('the settings it shows are settings', () => {
    const settings = blocks().filter(({ language, text }) => language === 'yaml' && text.includes('policy:'));
    expect(settings).toHaveLength(1);
    const read = readSettings(new SourceFile('refang.yaml', settings[0]?.text as string));
    expect(read.diagnostics).toEqual([]);
  });

  test('the table is what a build prints, and the message what `check` prints', () => {
    const [table, message] = blocks().filter(({ language }) => language === 'text');
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/refang.mjs', ...args], { cwd: ROOT, encoding: 'utf8' }).stderr;
    expect(run('build', '--check')).toBe('');
    expect(run('check', 'tests/source/ten-errors.yaml')).toContain(message?.text.trimEnd());
    const built = buildTable();
    // A line of dots stands for targets left out.
    for (const part of (table?.text ?? '').split(/^…\n/m)) expect(built).toContain(part);
  });
});
