/** Builds inline YAML for one target, in a folder that goes away. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { build, explain } from '../../compiler/index.ts';
import { ACCEPT_ALL } from '../accepted.ts';
import { folderWith } from '../temporary.ts';

/** The lines up to `indicators:`, with everything active and confident. The title tries to be more than a comment. */
export const HEAD = `refang: 1
reports:
  example: {title: "Names of \\"the\\" group\\nlocal-zone: \\"x.\\" refuse", author: Example CERT, published: 2025-01-15, url: https://www.example.com/r}
defaults: {report: example, status: active, confidence: 90, severity: high, tlp: green, allow: ${ACCEPT_ALL}}
indicators:
`;

export interface BuiltOne {
  /** Of the only file. */
  path: string;
  text: string;
  /** Its lines without comments and blank ones. */
  lines: string[];
  /** `fate reason (tier)` of a value. */
  fateOf(value: string): Promise<string>;
}

export interface BuiltFiles {
  /** The target's folder. */
  folder: string;
  /** Text by path below the folder, in order. */
  files: ReadonlyMap<string, string>;
  /** `fate reason (tier)` of a value. */
  fateOf(value: string): Promise<string>;
}

/** What a target of several files makes of `indicators`, the entries of the list. `settings`: refang.yaml. */
export async function buildFiles(target: string, indicators: string, settings = ''): Promise<BuiltFiles> {
  const cwd = folderWith();
  writeFileSync(join(cwd, 'indicators.yaml'), HEAD + indicators);
  if (settings) writeFileSync(join(cwd, 'refang.yaml'), settings);
  const options = { cwd, files: ['indicators.yaml'], targets: [target], asOf: '2026-01-01' };
  const { session } = await build({ ...options, out: 'out' });
  expect(session.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const folder = join(cwd, 'out', target);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return {
    folder,
    files: new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
    async fateOf(value) {
      const { explanations } = await explain({ ...options, value });
      const { fate, reason, tier } = explanations[0]?.fates[0] ?? {};
      return [fate, reason, tier && `(${tier})`].filter(Boolean).join(' ');
    },
  };
}

/** The same of a target of one file. */
export async function buildOne(target: string, indicators: string): Promise<BuiltOne> {
  const { folder, files, fateOf } = await buildFiles(target, indicators);
  expect(files.size).toBe(1);
  const [[file, text]] = [...files] as [[string, string]];
  return {
    path: join(folder, file),
    text,
    lines: text.split('\n').filter((line) => !/^[#!]|^$/.test(line)),
    fateOf,
  };
}
