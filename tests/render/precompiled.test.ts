import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import { build } from '../../compiler/index.ts';
import { type PrecompiledTarget, precompiledFor } from '../../compiler/render/precompiled.ts';
import { precompileShipped } from '../../scripts/precompile.ts';
import { ROOT } from '../cli/refang.ts';
import { PROJECT } from '../project.ts';
import { folderOf } from '../targets/folder.ts';
import { filesBelow, folderWith } from '../temporary.ts';

/** What `precompileShipped` makes of a folder of templates, loaded as modules. */
function precompiled(templates: string): Record<string, PrecompiledTarget> {
  const folder = folderWith(
    Object.fromEntries([...precompileShipped(templates)].map(([name, text]) => [`${name}.cjs`, text])),
  );
  const load = createRequire(join(folder, 'index.js'));
  return Object.fromEntries(
    Object.keys(filesBelow(folder)).map((file) => [file.replace('.cjs', ''), load(join(folder, file))]),
  );
}

test.each(['indicators.yaml', 'examples/all-kinds.yaml'])(
  '%s: the same bytes as when compiled at once',
  async (input) => {
    const shipped = precompiled(join(ROOT, 'templates'));
    const builds = [{}, { precompiled: (name: string) => shipped[name] }].map(async (over) => {
      const out = join(folderWith(), 'out');
      const { session } = await build({
        cwd: ROOT,
        files: [join(ROOT, input)],
        out,
        asOf: '2026-01-01',
        ...over,
      });
      expect(session.failed).toBeUndefined();
      return filesBelow(out);
    });
    const [atOnce, ahead] = await Promise.all(builds);
    expect(Object.keys(atOnce ?? {}).length).toBeGreaterThan(5);
    expect(ahead).toEqual(atOnce);
  },
);

test('what is compiled ahead is used: without it the project’s own templates would not be there', async () => {
  const folder = folderWith(PROJECT);
  const ahead = precompiled(join(folder, 'templates'));
  expect(Object.keys(ahead)).toEqual(['mine', 'wall']);
  const changed: Record<string, unknown> = {
    ...ahead,
    wall: {
      ...ahead.wall,
      templates: () => ({
        templates: { 'list.hbs': { pieces: [{ type: 'text', render: () => 'ahead\n' }], fragments: 0 } },
        paths: {},
      }),
    },
  };
  await build({ cwd: folder, asOf: '2026-01-01', precompiled: (name) => changed[name] as never });
  expect(filesBelow(join(folder, 'out'))['wall/list.txt']).toBe('ahead\n');
});

test('a shipped target with an error, or only a warning, is not compiled', () => {
  const broken = (text: string) =>
    join(folderWith({ ...PROJECT, 'templates/wall/list.hbs': text }), 'templates');
  expect(() => precompileShipped(broken('{{#each addresses}}{{vlaue}}{{/each}}'))).toThrow(
    /^error\[RF511\].*\n --> templates\/wall\/list\.hbs:1:22\n/,
  );
  expect(() => precompileShipped(broken('{{#each addresses}}{{{value}}}{{/each}}'))).toThrow(
    /^warning\[RF512\].*\n --> templates\/wall\/list\.hbs:1:20\n/,
  );
});

describe('only the very files that were compiled', () => {
  const files = { 'target.yaml': 'a', 'rules.hbs': 'b' };
  const compiled = { files, raw: {} as never, templates: () => ({ templates: {}, paths: {} }) };
  const ahead = (name: string) => (name === 'test' ? compiled : undefined);
  const cases: [about: string, files: Record<string, string>, used: boolean][] = [
    ['the same', files, true],
    ['in another order', { 'rules.hbs': 'b', 'target.yaml': 'a' }, true],
    ['one changed', { ...files, 'rules.hbs': 'b ' }, false],
    ['one more', { ...files, 'tail.hbs': '' }, false],
    ['one fewer', { 'target.yaml': 'a' }, false],
    ['another name', { 'target.yaml': 'a', 'rule.hbs': 'b' }, false],
  ];
  test.each(cases)('%s', (_, some, used) => {
    expect(precompiledFor(folderOf(some), ahead) !== undefined).toBe(used);
  });

  test('a byte order mark says nothing', () => {
    const folder = {
      name: 'test',
      own: false,
      files: new Map(
        Object.entries(files).map(([name, text]) => [name, new SourceFile(name, `\uFEFF${text}`)]),
      ),
    };
    expect(precompiledFor(folder, ahead)).toBeDefined();
  });
});
