import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../compiler/version.ts';
import { filesBelow, folderWith, writeFiles } from '../temporary.ts';
import { bundledRefang, ROOT } from './refang.ts';

const refang = await bundledRefang();

const STARTED = [
  '.gitattributes',
  '.github/workflows/refang.yml',
  'indicators.schema.json',
  'indicators.yaml',
  'refang.schema.json',
  'refang.yaml',
];

/** The commands of a pipeline. */
function stepsOf(path: string): string[] {
  const read = load(readFileSync(path, 'utf8')) as {
    refang?: { script: string[] };
    jobs?: Record<string, { steps: { run?: string; uses?: string }[] }>;
  };
  return (
    read.refang?.script ??
    Object.values(read.jobs ?? {}).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
  );
}

describe('refang init', () => {
  test('an empty folder becomes a project that checks, builds and stays fresh, without a warning', () => {
    const cwd = folderWith();
    const { code, stdout, stderr } = refang(cwd, ['init']);
    expect([code, stdout]).toEqual([0, '']);
    expect(Object.keys(filesBelow(cwd))).toEqual(STARTED);
    for (const path of STARTED) expect(stderr).toContain(`wrote  ${path} `);
    expect(stderr).toMatch(/next:\n {2}1\. edit `publisher` in refang\.yaml/);
    expect(refang(cwd, ['check'])).toEqual({ code: 0, stdout: '', stderr: '6 indicators, no problems\n' });
    expect(refang(cwd, ['fmt', '--check']).stderr).toBe('2 files, nothing to format\n');
    expect(refang(cwd, ['build']).stderr).not.toMatch(/warning|error/);
    expect(refang(cwd, ['build', '--check'])).toEqual({ code: 0, stdout: '', stderr: '' });
    // A block list with nothing on it would teach nothing.
    expect(readFileSync(join(cwd, 'out/nftables/refang.nft'), 'utf8')).toContain('192.0.2.10');
  });

  test('a second time nothing changes, and that is said', () => {
    const cwd = folderWith();
    refang(cwd, ['init']);
    const before = filesBelow(cwd);
    const { code, stderr } = refang(cwd, ['init']);
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      '. is a project already',
      ...[
        'indicators.yaml',
        'refang.yaml',
        'indicators.schema.json',
        'refang.schema.json',
        '.gitattributes',
        '.github/workflows/refang.yml',
      ].map((path) =>
        expect.stringMatching(new RegExp(`^left {2}${path.replaceAll('.', '\\.')} +it is there already$`)),
      ),
      'nothing to do',
      '',
    ]);
    expect(filesBelow(cwd)).toEqual(before);
  });

  test('the schemas that the first lines name are there', () => {
    const cwd = folderWith();
    refang(cwd, ['init', 'sub/project']);
    for (const name of ['indicators', 'refang']) {
      const path = /^# yaml-language-server: \$schema=(\S+)\n/.exec(
        readFileSync(join(cwd, 'sub/project', `${name}.yaml`), 'utf8'),
      )?.[1];
      expect(JSON.parse(readFileSync(join(cwd, 'sub/project', path as string), 'utf8')).$schema).toMatch(
        /2020-12/,
      );
    }
  });

  test('what is there stays, also a link that leads nowhere; settings are not forced on a project', () => {
    const mine = { 'indicators.yaml': 'refang: 1\n', '.gitattributes': '*.png binary\n' };
    const cwd = folderWith(mine);
    symlinkSync('nowhere', join(cwd, 'refang.schema.json'));
    const { stderr } = refang(cwd, ['init', '--ci', 'none']);
    expect(stderr).toContain('. is a project already\n');
    expect(stderr).toContain('.gitattributes should say `refang.lock merge=union` and `out/** -text`\n');
    for (const [path, text] of Object.entries(mine)) expect(readFileSync(join(cwd, path), 'utf8')).toBe(text);
    expect(refang(cwd, ['init', '--ci', 'none']).stderr).toContain('nothing to do');
    expect(() => readFileSync(join(cwd, 'refang.yaml'))).toThrow(/ENOENT/);
  });

  const DETECTED: [about: string, files: Record<string, string>, path: string | undefined][] = [
    ['a folder of GitHub', { '.github/CODEOWNERS': '' }, '.github/workflows/refang.yml'],
    [
      'a remote at GitLab',
      { '.git/config': '[remote "origin"]\n\turl = git@gitlab.example.com:a/b.git\n' },
      '.gitlab-ci.yml',
    ],
    [
      'a remote at GitHub',
      { '.git/config': '[remote "origin"]\n\turl = https://github.com/a/b\n' },
      '.github/workflows/refang.yml',
    ],
  ];
  test.each(DETECTED)('the pipeline is that of %s', (_, files, path) => {
    const cwd = folderWith(files);
    refang(cwd, ['init']);
    expect(Object.keys(filesBelow(cwd)).filter((one) => /refang\.yml|gitlab/.test(one))).toEqual([path]);
  });

  test('a pipeline of GitLab that is there stays, with a word on what to add', () => {
    const cwd = folderWith({ '.gitlab-ci.yml': 'test: {script: [true]}\n' });
    const { stderr } = refang(cwd, ['init']);
    expect(stderr).toContain('.gitlab-ci.yml should run `refang check` and `refang build --check`\n');
    expect(filesBelow(cwd)['.gitlab-ci.yml']).toBe('test: {script: [true]}\n');
  });

  test('below the root of a repository no pipeline is written, unless asked for', () => {
    const cwd = folderWith({ '.git/config': '' });
    expect(refang(cwd, ['init', 'intel']).stderr).toContain(
      'no pipeline is written: the root of the repository is another folder\n',
    );
    expect(Object.keys(filesBelow(join(cwd, 'intel')))).not.toContain('.github/workflows/refang.yml');
    refang(cwd, ['init', 'intel', '--ci', 'github']);
    expect(Object.keys(filesBelow(join(cwd, 'intel')))).toContain('.github/workflows/refang.yml');
  });

  test('a folder that may not be written is told', () => {
    const cwd = folderWith({ file: '' });
    const { code, stderr } = refang(cwd, ['init', 'file/project']);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/error\[RF603\]: cannot write `indicators\.yaml`: a part of the path is a file/),
    ]);
  });

  test('usage', () => {
    const cwd = folderWith();
    expect(refang(cwd, ['init', '--ci', 'jenkins'])).toMatchObject({
      code: 3,
      stderr: 'refang: `--ci` cannot be `jenkins`\n  help: write `github`, `gitlab` or `none`\n',
    });
    expect(refang(cwd, ['init', 'a', 'b']).code).toBe(3);
    expect(filesBelow(cwd)).toEqual({});
  });
});

describe.each(['github', 'gitlab'])('the pipeline for %s', (ci) => {
  const path = ci === 'github' ? '.github/workflows/refang.yml' : '.gitlab-ci.yml';

  test('its steps pass on what was built, and fail on what was not', () => {
    const cwd = folderWith();
    const bin = folderWith();
    refang(cwd, ['init', '--ci', ci]);
    refang(cwd, ['build']);
    // Stands for npx: the version that the pipeline names, from here.
    writeFiles(bin, {
      npx: `#!/bin/sh\n[ "$1 $2" = "--yes refang@${VERSION}" ] || exit 99\nshift 2\nexec node ${ROOT}scripts/refang.mjs "$@"\n`,
    });
    chmodSync(join(bin, 'npx'), 0o755);
    const steps = stepsOf(join(cwd, path));
    expect(steps).toHaveLength(3);
    const run = () =>
      steps.map((step) => {
        const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
        return spawnSync('sh', ['-c', step], { cwd, env }).status;
      });
    expect(run()).toEqual([0, 0, 0]);
    mkdirSync(join(cwd, 'out/zeek'), { recursive: true });
    writeFiles(cwd, { 'out/zeek/intel.dat': 'mine\n' });
    expect(run()).toEqual([0, 0, 1]);
  });

  test('uses nothing but the two actions that everyone has', () => {
    const uses = readFileSync(
      join(ROOT, 'starter', ci === 'github' ? 'github.yml' : 'gitlab-ci.yml'),
      'utf8',
    ).match(/uses: \S+/g);
    expect(uses ?? []).toEqual(
      ci === 'github' ? ['uses: actions/checkout@v4', 'uses: actions/setup-node@v4'] : [],
    );
  });
});
