/** The code that V8 made before only saves time: without it, or with a broken one, the command line works as well. */

import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { USAGE } from '../../compiler/cli/usage.ts';
import { VERSION } from '../../compiler/version.ts';
import { folderWith } from '../temporary.ts';
import { copyCheckout, removeCheckout } from './checkout.ts';

let folder = '';

beforeAll(() => {
  folder = copyCheckout();
  expect(spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: folder }).status).toBe(0);
});

afterAll(() => removeCheckout(folder));

/** A command, and the code of the file that answers it. */
const ANSWERS = [
  ['dist/start.code', '--version', `refang ${VERSION}\n`],
  ['dist/main.code', '--help', USAGE],
] as const;

describe.each(ANSWERS)('%s', (name, command, answer) => {
  test.each<[about: string, change: (code: string) => void]>([
    ['as prepared', (code) => expect(existsSync(code)).toBe(true)],
    ['cut short', (code) => truncateSync(code, 1000)],
    ['not code at all', (code) => writeFileSync(code, 'nonsense')],
    ['gone', (code) => rmSync(code)],
  ])('%s: the command is answered', (_, change) => {
    change(join(folder, name));
    const options = { cwd: folder, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/refang.cjs', command], options);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: answer, stderr: '' });
  });
});

test('preparing changes neither the output nor the lock', () => {
  // The modules of templates have code of their own.
  const [cut, broken, gone] = ['zeek', 'yara', 'stix'].map((name) =>
    join(folder, `dist/templates/${name}.code`),
  );
  truncateSync(cut as string, 1000);
  writeFileSync(broken as string, 'nonsense');
  rmSync(gone as string);
  const run = spawnSync(process.execPath, ['dist/refang.cjs', 'build', '--check'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run).toMatchObject({ status: 0, stderr: '' });
});

test('feeds of all formats are read, also gunzipped, and lines that are none are told', () => {
  const project = folderWith({
    'refang.yaml': 'targets: [lists]\n',
    'indicators.yaml': `refang: 1
defaults: {status: active, confidence: 80, severity: high, tlp: clear}
feeds:
  - {path: list.txt, kind: domain, format: list}
  - {path: hosts.txt.gz, format: hosts}
  - {path: table.csv, format: csv, columns: {domain: what}}
  - {path: lines.ndjson, format: ndjson}
`,
    'list.txt': 'one.bad-name.net\nnot a name\n',
    'table.csv': 'what,score\nthree.bad-name.net,9\n',
    'lines.ndjson': '{"domain": "four.bad-name.net"}\n',
  });
  writeFileSync(join(project, 'hosts.txt.gz'), gzipSync('0.0.0.0 two.bad-name.net\n'));
  const words = [join(folder, 'dist/refang.cjs'), 'build'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: project, encoding: 'utf8' });
  expect(stderr).toContain(' --> list.txt:2:');
  expect(status).toBe(0);
  const names = ['four', 'one', 'three', 'two'].map((name) => `${name}.bad-name.net\n`).join('');
  expect(readFileSync(join(project, 'out/lists/block-domains.txt'), 'utf8')).toContain(names);
});

test('a build with nothing to do is answered without the bundle, in the same words', () => {
  const probe = join(folder, 'probe.cjs');
  // Tells whether the bundle was compiled: by its size, it is what takes time.
  writeFileSync(
    probe,
    `const { Script } = require('node:vm');
    require('node:vm').Script = class extends Script { constructor(...a) { super(...a); if (a[1].filename.endsWith('main.cjs')) process.stdout.write('loaded'); } };`,
  );
  const build = (env: Readonly<Record<string, string>> = {}) => {
    const words = ['-r', probe, 'dist/refang.cjs', 'build', '--as-of', '2026-01-01'];
    const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
    const options = { cwd: folder, encoding: 'utf8', env: { ...inherited, ...env } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, words, options);
    return { status, stdout, stderr };
  };
  const told = expect.stringMatching(/^43 indicators .*\nwrote out\n$/s);
  const first = build();
  expect(first).toEqual({ status: 0, stdout: 'loaded', stderr: told });
  expect(build()).toEqual({ ...first, stdout: '' });
  expect(build({ FORCE_COLOR: '1' })).toMatchObject({
    stdout: '',
    stderr: expect.stringContaining('\u001b[1m43 indicators\u001b[22m'),
  });
  appendFileSync(join(folder, 'indicators.yaml'), '# a comment\n');
  expect(build()).toEqual(first);
});
