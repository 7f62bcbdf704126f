import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { FileReader } from '../../compiler/source/files.ts';
import { type FoundTarget, findTargets, readTarget } from '../../compiler/targets/find.ts';

/** A reader of files in memory; a file of which nothing is known cannot be read. */
function readerOf(files: Readonly<Record<string, string | undefined>>): FileReader {
  const below = (folder: string) =>
    Object.keys(files).flatMap((path) =>
      path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
    );
  return {
    read(path) {
      const text = files[path];
      if (text !== undefined) return { file: new SourceFile(path, text), diagnostics: [] };
      return { file: undefined, diagnostics: [{ code: 'RF123', severity: 'error', message: `\`${path}\`` }] };
    },
    readBytes: () => ({ bytes: undefined, diagnostics: [] }),
    list(folder) {
      const names = below(folder).map((path) => ({
        name: path.split('/')[0] as string,
        folder: path.includes('/'),
      }));
      return [...new Map(names.map((entry) => [entry.name, entry])).values()].toReversed();
    },
    exists: (path) => path in files,
  };
}

/** `name (own): file=text …` */
function found(files: Readonly<Record<string, string | undefined>>): string[] {
  const reader = readerOf(files);
  const all = findTargets(reader, ['ours', 'theirs']);
  return [...all.values()].map((place) => {
    const { name, own, files: parts } = readTarget(reader, all, place).folder;
    const texts = [...parts].map(([path, file]) => `${path}=${file.text}`).sort();
    return `${name}${own ? ' (own)' : ''}: ${texts.join(' ')}`;
  });
}

test('folders by name, with target.yaml and templates alone', () => {
  expect(
    found({
      'ours/zeek/target.yaml': 'z',
      'ours/sigma/target.yaml': 's',
      'ours/sigma/rules.hbs': 'r',
      'ours/sigma/README.md': 'no',
      'ours/sigma/golden/x.hbs': 'no',
      'ours/README.md': 'no',
    }),
  ).toEqual(['sigma: rules.hbs=r target.yaml=s', 'zeek: target.yaml=z']);
});

test('a folder of one’s own overrides file by file, a new name adds a target', () => {
  expect(
    found({
      'ours/sigma/target.yaml': 's',
      'ours/sigma/rules.hbs': 'r',
      'ours/sigma/tail.hbs': 't',
      'theirs/sigma/tail.hbs': 'T',
      'theirs/sigma/more.hbs': 'm',
      'theirs/acme/target.yaml': 'a',
    }),
  ).toEqual(['acme (own): target.yaml=a', 'sigma: more.hbs=m rules.hbs=r tail.hbs=T target.yaml=s']);
});

test.each(['.git', 'Sigma', '_shared', 'a b', '-x'])('%s is not the name of a target', (name) => {
  expect(found({ [`ours/${name}/target.yaml`]: 'x' })).toEqual([]);
});

test('a folder without parts is none', () => {
  expect(found({ 'theirs/notes/README.md': 'x' })).toEqual([]);
});

test('a part that cannot be read is told', () => {
  const reader = readerOf({ 'ours/sigma/target.yaml': undefined });
  const all = findTargets(reader, ['ours']);
  const { folder, diagnostics } = readTarget(reader, all, all.get('sigma') as FoundTarget);
  expect(diagnostics.map(({ message }) => message)).toEqual(['`ours/sigma/target.yaml`']);
  expect(folder.files.size).toBe(0);
});
