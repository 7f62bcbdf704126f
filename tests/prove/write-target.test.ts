import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTarget } from '../../compiler/prove/write-target.ts';
import { openSession } from '../../compiler/session.ts';
import { filesBelow, folderWith } from '../temporary.ts';
import { PROJECT } from './sample.ts';

test('writes what a build would write, and tells where', async () => {
  const project = folderWith(PROJECT);
  const { compiled } = await openSession({ cwd: project, asOf: '2026-01-01' });
  if (!compiled) throw new Error('the project compiles');
  const folder = folderWith();
  const paths = writeTarget(folder, compiled);
  expect(paths).toEqual([join(folder, 'out/mine/rules.yar'), join(folder, 'out/plain/list.txt')]);
  expect(filesBelow(folder)['out/plain/list.txt']).toBe('a.host.example\nhost.example\n');
  expect(filesBelow(project)).toEqual(PROJECT);
});
