import { expect, test } from 'vitest';
import { precompiledTemplates } from '../../compiler/cli/report.ts';
import { folderWith } from '../temporary.ts';

test('what was compiled ahead for a target is run once, however often it is asked for', () => {
  const folder = folderWith({
    'wall.cjs': '(function (exports, require, module) { module.exports = { files: {}, raw: {} }; });\n',
  });
  const precompiled = precompiledTemplates(folder);
  const first = precompiled('wall');
  expect(first).toEqual({ files: {}, raw: {} });
  expect(precompiled('wall')).toBe(first);
  expect(precompiled('other')).toBeUndefined();
});
