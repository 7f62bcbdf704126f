/** `refang build --watch`, as a process: what is written to a project comes out, and mistakes end nothing. */

import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PROJECT } from '../project.ts';
import { folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang } from './refang.ts';

const refang = await bundledRefang();

/** A watch that runs, and what it has told. */
class Watch {
  readonly child: ChildProcess;
  told = '';
  #read = 0;

  constructor(cwd: string, ...options: readonly string[]) {
    const { script, env } = refang.start;
    this.child = spawn(process.execPath, [script, 'build', '--watch', ...options], { cwd, env });
    this.child.stderr?.on('data', (data) => {
      this.told += data;
    });
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
  }

  /** Waits until it tells a line that matches, behind those that were waited for before; returns what was told until then. */
  async tells(pattern: RegExp): Promise<string> {
    for (;;) {
      const rest = this.told.slice(this.#read);
      const found = new RegExp(pattern.source, 'm').exec(rest);
      if (found) {
        const end = found.index + found[0].length;
        this.#read += end;
        return rest.slice(0, end);
      }
      if (this.child.exitCode !== null) throw new Error(`ended with ${this.child.exitCode}:\n${this.told}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async ends(signal: NodeJS.Signals): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    return ended;
  }
}

async function watching(files: Readonly<Record<string, string>> = PROJECT, ...options: readonly string[]) {
  const cwd = folderWith(files);
  const watch = new Watch(cwd, ...options);
  await watch.tells(/^watching \d+ files?; Ctrl-C ends\n/);
  const list = () => readFileSync(join(cwd, 'out/wall/list.txt'), 'utf8');
  return { cwd, watch, list };
}

describe('refang build --watch', () => {
  test('an edit is built; a mistake is told and leaves the output; its mend is built', async () => {
    const { cwd, watch, list } = await watching();
    expect(list()).not.toContain('new.example');
    const before = readFileSync(join(cwd, 'indicators.yaml'), 'utf8');
    appendFileSync(join(cwd, 'indicators.yaml'), '  - domain: new.example\n');
    expect(await watch.tells(/^built .*\n/)).toMatch(
      /^built out: \d+ indicators, 3 files in \d+ ms \(indicators\.yaml\)\n$/,
    );
    expect(list()).toContain('new.example\n');

    appendFileSync(join(cwd, 'indicators.yaml'), '  - domian: other.example\n');
    const told = await watch.tells(/^not built: .*\n/);
    expect(told).toContain('error[RF201]: `domian` is not a key of a record');
    expect(told).toMatch(/not built: 1 error in 1 file; out is as it was \(indicators\.yaml\)\n$/);
    expect(list()).toContain('new.example\n');

    writeFileSync(join(cwd, 'indicators.yaml'), before);
    await watch.tells(/^built .*\n/);
    expect(list()).not.toContain('new.example');
  });

  test('a file that an editor puts in the place of the old one', async () => {
    const { cwd, watch, list } = await watching();
    for (const name of ['one', 'two']) {
      const text = PROJECT['indicators.yaml'] as string;
      writeFileSync(join(cwd, '.indicators.yaml.swp'), `${text}  - domain: ${name}.example\n`);
      renameSync(join(cwd, '.indicators.yaml.swp'), join(cwd, 'indicators.yaml'));
      await watch.tells(/^built .*\n/);
      expect(list()).toContain(`${name}.example\n`);
    }
  });

  test('settings, templates, feeds and guard lists count as well', async () => {
    const { cwd, watch, list } = await watching({
      ...PROJECT,
      'refang.yaml': 'targets: [mine, wall]\nguards: [{allow: lists/own.txt}]\n',
      'lists/own.txt': 'spared.example\n',
      'indicators.yaml': `${PROJECT['indicators.yaml']}feeds:\n  - {path: feeds/c2.txt, format: list, kind: domain}\n`,
      'feeds/c2.txt': 'feed.example\n',
    });
    const changes: [path: string, text: string, pattern: RegExp][] = [
      ['feeds/c2.txt', 'feed.example\nfed.example\n', /^fed\.example$/m],
      ['templates/wall/list.hbs', '{{#each addresses}}\nx {{value}}\n{{/each}}\n', /^x fed\.example$/m],
      ['lists/own.txt', 'spared.example\nnothing.example\n', /^x fed\.example$/m],
    ];
    for (const [path, text, pattern] of changes) {
      writeFiles(cwd, { [path]: text });
      expect(await watch.tells(/^built .*\n/)).toContain(`(${path})\n`);
      expect(list()).toMatch(pattern);
    }
    writeFiles(cwd, { 'refang.yaml': 'targets: [wall]\n' });
    expect(await watch.tells(/^built .*\n/)).toContain(', 1 file in ');
    expect(existsSync(join(cwd, 'out/mine'))).toBe(false);
  });

  test('a new file that matches a glob, also in a new folder; and one that goes', async () => {
    const record = (name: string) =>
      (PROJECT['indicators.yaml'] as string)
        .replace(/indicators:[\s\S]*/, `indicators:\n  - domain: ${name}\n`)
        .replace(/reports:\n.*\n/, '')
        .replace('  report: sample\n', '');
    const { cwd, watch, list } = await watching({
      ...PROJECT,
      'refang.yaml': 'targets: [wall]\ninputs: ["in/**/*.yaml"]\n',
      'in/a.yaml': record('a.example'),
    });
    writeFiles(cwd, { 'in/b.yaml': record('b.example') });
    expect(await watch.tells(/^built .*\n/)).toMatch(/\(in\/b\.yaml\)\n$/);
    mkdirSync(join(cwd, 'in/deep'));
    writeFiles(cwd, { 'in/deep/c.yaml': record('c.example') });
    await watch.tells(/^built .*c\.yaml\)\n/);
    expect(list()).toBe('a.example\nb.example\nc.example\n');
    rmSync(join(cwd, 'in/b.yaml'));
    await watch.tells(/^built .*\n/);
    expect(list()).toBe('a.example\nc.example\n');
  });

  test('a folder that goes and comes back', async () => {
    const { cwd, watch, list } = await watching({
      ...PROJECT,
      'indicators.yaml': `${PROJECT['indicators.yaml']}feeds:\n  - {path: feeds/c2.txt, format: list, kind: domain}\n`,
      'feeds/c2.txt': 'feed.example\n',
    });
    rmSync(join(cwd, 'feeds'), { recursive: true });
    expect(await watch.tells(/^not built: .*\n/)).toContain('error[RF122]: `feeds/c2.txt` does not exist');
    writeFiles(cwd, { 'feeds/c2.txt': 'again.example\n' });
    await watch.tells(/^built .*\n/);
    writeFiles(cwd, { 'feeds/c2.txt': 'third.example\n' });
    await watch.tells(/^built .*\n/);
    expect(list()).toContain('third.example\n');
  });

  test('what does not change what is said is not built: a touch, another file, the output itself', async () => {
    const { cwd, watch } = await watching();
    const now = new Date();
    utimesSync(join(cwd, 'indicators.yaml'), now, now);
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    // At once, as editors do: a file that is being written is empty for a moment.
    writeFileSync(join(cwd, 'notes.txt'), PROJECT['indicators.yaml'] as string);
    renameSync(join(cwd, 'notes.txt'), join(cwd, 'indicators.yaml'));
    writeFileSync(join(cwd, 'out/wall/list.txt'), 'mine\n');
    // The next line that is told is of this edit, and names nothing else.
    await new Promise((resolve) => setTimeout(resolve, 300));
    appendFileSync(join(cwd, 'indicators.yaml'), '# end\n');
    expect(await watch.tells(/^(?:not )?built.*\n/)).toMatch(/^built .*\(indicators\.yaml\)\n$/);
    expect(watch.told.match(/^built/gm)).toHaveLength(2);
  });

  test('warnings are told once, as long as they stay', async () => {
    const { cwd, watch } = await watching();
    appendFileSync(join(cwd, 'indicators.yaml'), '  - domain: low.example\n');
    expect(await watch.tells(/^built .*\n/)).toContain('warning[RF350]');
    appendFileSync(join(cwd, 'indicators.yaml'), '# end\n');
    expect(await watch.tells(/^built .*\n/)).not.toContain('warning');
  });

  test('with --strict each build tells what is lost, writes, and says that it would fail', async () => {
    const record = (text: string) =>
      (PROJECT['indicators.yaml'] as string).replace(/indicators:[\s\S]*/, text);
    const whole = record('indicators:\n  - domain: one.example\n');
    const { cwd, watch, list } = await watching({ ...PROJECT, 'indicators.yaml': whole }, '--strict');
    expect(watch.told).toMatch(/^built out: 1 indicator, 3 files in \d+ ms\nwatching /);

    writeFileSync(join(cwd, 'indicators.yaml'), `${whole}  - {domain: old.example, status: historical}\n`);
    const told = await watch.tells(/^built with .*\n/);
    expect(told).toContain('warning[RF608]: `wall` does not say 1 of 2 indicators exactly');
    expect(told).toMatch(
      /^built with losses out: 2 indicators, 3 files in \d+ ms; `--strict` fails it \(indicators\.yaml\)\n$/m,
    );
    expect(list()).toBe('one.example\n');

    // Warnings that stay are not told again, and still fail it.
    appendFileSync(join(cwd, 'indicators.yaml'), '  - domain: two.example\n    status: historical\n');
    expect(await watch.tells(/^built .*\n/)).toContain('`wall` does not say 2 of 3 indicators exactly');
    appendFileSync(join(cwd, 'indicators.yaml'), '# end\n');
    expect(await watch.tells(/^built .*\n/)).toMatch(/^built with losses out: [^\n]*\n$/);

    writeFileSync(join(cwd, 'indicators.yaml'), whole);
    expect(await watch.tells(/^built .*\n/)).toMatch(/^built out: 1 indicator, /);
  });

  test('with --strict a line of a feed that is not read fails it', async () => {
    const feed = {
      'indicators.yaml': `${PROJECT['indicators.yaml']?.replace(/indicators:[\s\S]*/, 'indicators: []\n')}feeds:\n  - {path: c2.txt, format: list, kind: domain}\n`,
      'c2.txt': 'one.example\n',
    };
    const { cwd, watch } = await watching({ ...PROJECT, ...feed }, '--strict');
    expect(watch.told).toMatch(/^built out: /);
    appendFileSync(join(cwd, 'c2.txt'), 'no name\n');
    expect(await watch.tells(/^built .*\n/)).toMatch(/^built with losses out: 1 indicator, /m);
  });

  test('a build that takes much away is not written, and said not to be', async () => {
    const many = Array.from({ length: 20 }, (_, at) => `  - domain: n${at}.example\n`).join('');
    const { cwd, watch, list } = await watching({
      ...PROJECT,
      'indicators.yaml': `${PROJECT['indicators.yaml']}${many}`,
    });
    writeFiles(cwd, PROJECT);
    const told = await watch.tells(/^(?:not )?built.*\n/);
    expect(told).toContain('error[RF607]: `wall` would lose 83 % of its indicators');
    expect(told).toMatch(/^not built: 2 errors; out is as it was \(indicators\.yaml\)\n$/m);
    expect(list()).toContain('n7.example\n');
  });

  test('it begins with a mistake, and waits for its mend', async () => {
    const cwd = folderWith({ ...PROJECT, 'indicators.yaml': 'refang: 2\n' });
    const watch = new Watch(cwd);
    await watch.tells(/^not built: .*\n/);
    await watch.tells(/^watching .*\n/);
    writeFiles(cwd, PROJECT);
    await watch.tells(/^built .*\n/);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it with 0', async (signal) => {
    const { watch } = await watching();
    expect(await watch.ends(signal)).toBe(0);
    expect(watch.told).toMatch(/Ctrl-C ends\n$/);
  });

  test('with --check it is bad usage', () => {
    expect(refang(folderWith(PROJECT), ['build', '--watch', '--check'])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'refang: `--watch` writes, and `--check` does not\n  help: give one of the two\n',
    });
  });
});
