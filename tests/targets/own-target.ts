/** Projects with a target of the user's own. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { build } from '../../compiler/index.ts';
import { folderWith } from '../temporary.ts';
import { HEAD } from './build-one.ts';

/** A project with a target `own`; answers with a function that builds it with these indicators, and gives its files. */
export function project(targetYaml: string, templates: Readonly<Record<string, string>>) {
  const cwd = folderWith();
  const folder = join(cwd, 'templates/own');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(cwd, 'refang.yaml'), 'targets: [own]\n');
  writeFileSync(join(folder, 'target.yaml'), `title: Own\nabout: Own.\nsyntax: csv\n${targetYaml}`);
  for (const [name, text] of Object.entries(templates)) writeFileSync(join(folder, name), text);
  return async (indicators: string, asOf = '2026-01-01') => {
    writeFileSync(join(cwd, 'indicators.yaml'), HEAD + indicators);
    const { session, files, fates } = await build({ cwd, asOf, allowShrink: true });
    expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const texts = readdirSync(join(cwd, 'out/own'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const);
    const lock = readFileSync(join(cwd, 'refang.lock'), 'utf8').split('\n').slice(1, -1);
    return { texts: Object.fromEntries(texts), files, fates: fates.get('own'), lock };
  };
}
