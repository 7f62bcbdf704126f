import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENGINE_NAMES, loadReport, type Problem } from '../../compiler/prove/engine.ts';
import { ENGINES } from '../../compiler/prove/engines.ts';
import {
  commandLine,
  findProgram,
  packageFolder,
  run,
  withTempFolder,
} from '../../compiler/prove/process.ts';

const NODE = process.execPath;

describe('run', () => {
  test('hands arguments over as they are: no shell reads them', async () => {
    const args = ['$(id)', '`id`', '; echo x', '*', "'"];
    const { status, stdout } = await run(NODE, [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      ...args,
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(args);
  });

  test('tells the exit code and both outputs', async () => {
    const finished = await run(NODE, [
      '-e',
      'console.log("out"); console.error("err"); process.exitCode = 3',
    ]);
    expect(finished).toEqual({ status: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('stops a program that takes too long', async () => {
    const forever = run(NODE, ['-e', 'setInterval(() => {}, 1000)'], { timeout: 300 });
    await expect(forever).rejects.toThrow('did not finish within 0.3 s');
  });

  test('throws where there is no such program', async () => {
    await expect(run('/nonexistent/engine', [])).rejects.toThrow('/nonexistent/engine could not be run');
  });
});

test('withTempFolder removes its folder, after a failure too', async () => {
  let seen = '';
  const failing = withTempFolder(async (folder) => {
    seen = folder;
    await writeFile(join(folder, 'a'), 'x');
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(seen).not.toBe('');
  expect(existsSync(seen)).toBe(false);
});

test('packageFolder is the root of the project', () => {
  expect(existsSync(join(packageFolder, 'compiler', 'prove'))).toBe(true);
});

test('findProgram looks along PATH and says undefined for what is nowhere', () => {
  expect(findProgram('sh')).toMatch(/\/sh$/);
  expect(findProgram('no-such-engine')).toBeUndefined();
});

test('commandLine quotes what a shell would read otherwise', () => {
  expect(commandLine(['nft', '-c', '-f', "/tmp/it's here.nft"])).toBe(`nft -c -f '/tmp/it'\\''s here.nft'`);
});

test('loadReport sorts by file and line, tells each problem once, and is ok only without any', () => {
  const at = (file: string, line: number): Problem => ({ file, line, message: 'm', severity: 'warning' });
  const report = loadReport('yara', '4', 'yarac', [at('b', 1), at('a', 10), at('a', 9), at('b', 1)]);
  expect(report.problems).toEqual([at('a', 9), at('a', 10), at('b', 1)]);
  expect(report.ok).toBe(false);
  expect(loadReport('yara', '4', 'yarac', []).ok).toBe(true);
});

test('every engine is in the table under its own name', () => {
  expect(Object.keys(ENGINES).sort()).toEqual([...ENGINE_NAMES].sort());
  for (const name of ENGINE_NAMES) expect(ENGINES[name].name).toBe(name);
});

test('an engine that is not there says why and how to get it', async () => {
  const path = process.env.PATH;
  process.env.PATH = '/nonexistent';
  try {
    const found = await ENGINES.zeek.find();
    expect(found).toEqual({
      available: false,
      why: 'zeek is not installed: no package of Zeek in Debian',
      install: 'install Zeek 6.2 or newer from its own packages',
    });
    await expect(ENGINES.zeek.load(['a.zeek'])).rejects.toThrow('zeek is not available');
  } finally {
    process.env.PATH = path;
  }
});
