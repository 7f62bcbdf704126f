/** Imports go one way, and only some places know Node: what ARCHITECTURE.md says, checked. */

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const COMPILER = fileURLToPath(new URL('../compiler', import.meta.url));

/** Each folder imports only from those before it; the files beside the folders come before `prove`. */
const ORDER = [
  'digest',
  'diagnostics',
  'indicators',
  'source',
  'guard',
  'partition',
  'targets',
  'plan',
  'identity',
  'render',
  'emit',
  'compare',
  '.',
  'prove',
  'cli',
];

/** Who may import Node's modules: these folders, and the files that open and write projects. */
const KNOWS_NODE = [
  /^emit\//,
  /^prove\//,
  /^cli\//,
  /^source\/node-/,
  /^(project|project-root|session|build|build-record|record-build|up-to-date|unchanged-targets|shard|merge)\.ts$/,
  /^(v8-settings|write-build|verify|diff-against|delta|list-targets|fmt|init|watch|watch-files)\.ts$/,
];

const IMPORT = /\b(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g;

interface Import {
  from: string;
  to: string;
}

function imports(): Import[] {
  const files = readdirSync(COMPILER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((from) => {
    const text = readFileSync(join(COMPILER, from), 'utf8');
    return [...text.matchAll(IMPORT)].map((match) => ({ from, to: (match[1] ?? match[2]) as string }));
  });
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : '.';
}

test('the imports are found', () => {
  const found = imports();
  expect(found.length).toBeGreaterThan(300);
  expect(found).toContainEqual({ from: 'cli/main.ts', to: './build.ts' });
  expect(found).toContainEqual({ from: 'source/node-feeds.ts', to: 'node:crypto' });
});

test('every folder imports only from those before it', () => {
  const wrong = imports().filter(({ from, to }) => {
    if (!to.startsWith('.')) return false;
    const target = folderOf(relative(COMPILER, join(COMPILER, from, '..', to)));
    return ORDER.indexOf(target) > ORDER.indexOf(folderOf(from)) || !ORDER.includes(target);
  });
  expect(wrong).toEqual([]);
});

test('only the places that read, write and run know Node', () => {
  const isNode = (name: string) =>
    name.startsWith('node:') || builtinModules.includes(name.split('/')[0] as string);
  const wrong = imports().filter(
    ({ from, to }) => isNode(to) && !KNOWS_NODE.some((place) => place.test(from)),
  );
  expect(wrong).toEqual([]);
});
