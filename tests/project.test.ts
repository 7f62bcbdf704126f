import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Opened, openProject } from '../compiler/project.ts';
import { folderWith } from './temporary.ts';

const LINE = 'mine/names/domain/a.example 1000 1 0123456789abcdef 2025-01-01 2025-01-01\n';

/** The inputs, whether they are the project’s own, and how many lines the lock has. */
function told({ project }: Opened) {
  return (
    project && {
      inputs: project.inputs.map(({ file }) => file.path),
      own: project.own,
      lock: project.lock?.size,
    }
  );
}

const codes = ({ diagnostics }: Opened) => diagnostics.map(({ code, message }) => `${code} ${message}`);

describe('the folder of a project', () => {
  test('without settings: indicators.yaml, and a lock that is yet empty', () => {
    const folder = folderWith({ 'indicators.yaml': 'refang: 1\n' });
    expect(told(openProject(folder, []))).toEqual({ inputs: ['indicators.yaml'], own: true, lock: 0 });
  });

  test('is the nearest above with settings or a lock', () => {
    for (const mark of ['refang.yaml', 'refang.lock']) {
      const folder = folderWith({ [mark]: '', 'indicators.yaml': '', 'a/indicators.yaml': '' });
      mkdirSync(join(folder, 'a/b'));
      expect([mark, openProject(join(folder, 'a/b'), []).project?.root]).toEqual([mark, folder]);
    }
  });

  test('inputs of the settings: globs, sorted, each once', () => {
    const folder = folderWith({
      'refang.yaml': 'inputs: [z.yaml, "feeds/*.yaml", feeds/b.yaml]\n',
      'z.yaml': '',
      'feeds/b.yaml': '',
      'feeds/a.yaml': '',
      'feeds/.hidden.yaml': '',
    });
    expect(told(openProject(folder, []))?.inputs).toEqual(['feeds/a.yaml', 'feeds/b.yaml', 'z.yaml']);
  });

  test('its lock is read', () => {
    const folder = folderWith({ 'indicators.yaml': '', 'refang.lock': LINE });
    expect(told(openProject(folder, []))?.lock).toBe(1);
  });
});

describe('files on the command line', () => {
  const files = {
    'refang.yaml': 'inputs: [a.yaml, b.yaml]\n',
    'a.yaml': '',
    'b.yaml': '',
    'c.yaml': '',
    'refang.lock': LINE,
  };

  test.each([
    [['a.yaml', 'b.yaml'], true],
    [['b.yaml', './a.yaml', 'a.yaml'], true],
    [['a.yaml'], false],
    [['c.yaml'], false],
    [['a.yaml', 'b.yaml', 'c.yaml'], false],
  ])('%j: the project’s own is %s', (named, own) => {
    const folder = folderWith(files);
    expect(told(openProject(folder, named))).toMatchObject({ own, lock: own ? 1 : undefined });
  });

  test('from elsewhere: the settings and the lock of their folder count', () => {
    const folder = folderWith(files);
    const elsewhere = folderWith({ 'refang.yaml': 'inputs: [c.yaml]\n', 'refang.lock': LINE });
    expect(openProject(elsewhere, [join(folder, 'a.yaml'), join(folder, 'b.yaml')]).project).toMatchObject({
      root: folder,
      own: true,
    });
  });

  test('without a project around: no lock', () => {
    const folder = folderWith({ 'indicators.yaml': '' });
    expect(told(openProject(folder, ['indicators.yaml']))).toEqual({
      inputs: ['indicators.yaml'],
      own: false,
      lock: undefined,
    });
  });

  test('in two folders: that of the first is the root', () => {
    const folder = folderWith({ 'a/x.yaml': '', 'b/y.yaml': '' });
    const { project } = openProject(folder, ['a/x.yaml', 'b/y.yaml']);
    expect(project?.root).toBe(join(folder, 'a'));
    // For manifests from the root, for messages from where the command runs.
    expect(project?.inputs.map(({ path, file }) => [path, file.path])).toEqual([
      ['../b/y.yaml', 'b/y.yaml'],
      ['x.yaml', 'a/x.yaml'],
    ]);
  });

  test('the hash of an input is that of its bytes, byte order mark and all', () => {
    const folder = folderWith({ 'a.yaml': '\uFEFFabc' });
    const [input] = openProject(folder, ['a.yaml']).project?.inputs ?? [];
    expect([input?.file.text, input?.sha256]).toEqual([
      'abc',
      '1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c',
    ]);
  });
});

describe('what is wrong', () => {
  test.each([
    ['a file that is not there', {}, ['nothing.yaml'], false, ['RF122 `nothing.yaml` does not exist']],
    ['no indicators.yaml', {}, [], false, ['RF122 there is no `indicators.yaml` here']],
    ['a folder', { 'a/b.yaml': '' }, ['a'], false, ['RF123 `a` is a folder']],
    [
      'two of three',
      { 'b.yaml': '' },
      ['a.yaml', 'b.yaml', 'c.yaml'],
      false,
      ['RF122 `a.yaml` does not exist', 'RF122 `c.yaml` does not exist'],
    ],
    [
      'a glob without a match',
      { 'refang.yaml': 'inputs: "*.yml"\n' },
      [],
      true,
      ['RF124 no file matches `*.yml`'],
    ],
    [
      'a damaged lock',
      { 'indicators.yaml': '', 'refang.lock': 'x\n' },
      [],
      false,
      ['RF601 this line is not `key id revision digest created changed`'],
    ],
  ] as const)('%s', (_, files, named, misconfigured, expected) => {
    const opened = openProject(folderWith(files as never), named);
    expect(opened.project).toBeUndefined();
    expect(opened.misconfigured).toBe(misconfigured);
    expect(codes(opened)).toEqual(expected);
  });

  test('a setting', () => {
    const opened = openProject(folderWith({ 'refang.yaml': 'tragets: x\n', 'indicators.yaml': '' }), []);
    expect([opened.project, opened.misconfigured]).toEqual([undefined, true]);
    expect(codes(opened)).toHaveLength(1);
  });

  test('a damaged lock does not matter to a file that is not the project’s', () => {
    const folder = folderWith({ 'indicators.yaml': '', 'other.yaml': '', 'refang.lock': 'x\n' });
    expect(codes(openProject(folder, ['other.yaml']))).toEqual([]);
  });
});
