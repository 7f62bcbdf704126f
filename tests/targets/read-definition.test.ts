/** A target.yaml over that of the target it extends. */

import { expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { VOCABULARY } from '../../compiler/render/check-and-compile.ts';
import type { FileReader } from '../../compiler/source/files.ts';
import { checkTarget } from '../../compiler/targets/check-target.ts';
import { type FoundTarget, findTargets, readTarget } from '../../compiler/targets/find.ts';
import { told } from './folder.ts';

const BASE = `title: Base list
about: One value a line.
effect: block
syntax: line
tiers: [block, watch]
options:
  mark: {type: text, default: a, about: A mark.}
  width: {type: number, default: 3, about: A width.}
unsupported: {url: no URLs, others: names alone}
outputs:
  - file: "{{tier}}.txt"
    by: tier
    template: list.hbs
    passes:
      names: {takes: [domain]}
`;
const FILES = {
  'base/target.yaml': BASE,
  'base/list.hbs': '{{#each names}}\n{{> line}}\n{{/each}}\n',
  'base/line.hbs': '{{value}}',
};

function readerOf(files: Readonly<Record<string, string>>): FileReader {
  return {
    read: (path) => ({
      file: new SourceFile(path, files[path.replace('templates/', '')] as string),
      diagnostics: [],
    }),
    readBytes: () => ({ bytes: undefined, diagnostics: [] }),
    list(folder) {
      const below = folder === 'templates' ? '' : `${folder.replace('templates/', '')}/`;
      const names = Object.keys(files).flatMap((path) =>
        path.startsWith(below) ? [path.slice(below.length)] : [],
      );
      const entries = names.map((name) => ({
        name: name.split('/')[0] as string,
        folder: name.includes('/'),
      }));
      return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
    },
    exists: () => true,
  };
}

function checked(files: Readonly<Record<string, string>>, name = 'vendor') {
  const reader = readerOf({ ...FILES, ...files });
  const all = findTargets(reader, ['templates']);
  return checkTarget(readTarget(reader, all, all.get(name) as FoundTarget).folder, VOCABULARY);
}

test('keys of its own win, options and reasons unite, templates are taken file by file', () => {
  const { target, diagnostics } = checked({
    'vendor/target.yaml': `extends: base
title: Vendor list
options:
  width: {type: number, default: 5, about: A width.}
unsupported: {url: no URLs here, email: no mail}
`,
    'vendor/line.hbs': '*.{{value}}',
  });
  expect(diagnostics).toEqual([]);
  const { definition, templates } = target ?? {};
  expect(definition).toMatchObject({ title: 'Vendor list', about: 'One value a line.', effect: 'block' });
  expect(definition?.options).toMatchObject({ mark: { default: 'a' }, width: { default: 5 } });
  expect(definition?.unsupported).toEqual({ url: 'no URLs here', others: 'names alone', email: 'no mail' });
  expect(definition?.outputs.map(({ tier, file }) => `${tier} ${file}`)).toEqual([
    'block {{tier}}.txt',
    'watch {{tier}}.txt',
  ]);
  expect([...(templates ?? [])].map(([name, { text }]) => `${name}: ${text.trim()}`)).toContain(
    'line.hbs: *.{{value}}',
  );
});

test.each([
  [
    'a target that is not there',
    { 'vendor/target.yaml': 'extends: bse\n' },
    'RF503 templates/vendor/target.yaml 1:10 "bse": there is no target `bse` to extend; name another target; `refang targets` lists them',
  ],
  [
    'a target that extends another',
    { 'vendor/target.yaml': 'extends: middle\n', 'middle/target.yaml': 'extends: base\n' },
    'RF503 templates/vendor/target.yaml 1:10 "middle": `middle` itself extends another target; extend `base`',
  ],
  [
    'an error of its own',
    { 'vendor/target.yaml': 'extends: base\nsyntax: lin\n' },
    'RF503 templates/vendor/target.yaml 2:9 "lin": there is no language `lin`; did you mean `line`?',
  ],
  [
    'a partial that names an unknown field',
    { 'vendor/target.yaml': 'extends: base\n', 'vendor/line.hbs': '{{vlaue}}' },
    'RF511 templates/vendor/line.hbs 1:3 "vlaue": no field `vlaue` here; did you mean `value`?',
  ],
])('%s', (_, files, finding) => {
  expect(checked(files as never).diagnostics.map(told)).toEqual([finding]);
});
