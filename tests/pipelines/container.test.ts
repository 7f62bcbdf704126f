/** The Containerfile by a linter, and its commands as they stand, run in a copy: no container engine is needed. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../compiler/version.ts';
import { ROOT } from '../cli/refang.ts';
import { PROJECT } from '../project.ts';
import { folderWith } from '../temporary.ts';

const TEXT = readFileSync(join(ROOT, 'Containerfile'), 'utf8');
const FILE = DockerfileParser.parse(TEXT);

function valuesOf(instruction: string): string[] {
  return FILE.getInstructions()
    .filter((one) => one.getInstruction() === instruction)
    .map((one) => one.getArgumentsContent() ?? '');
}

/** Names at the root that .dockerignore lets in. */
function context(): string[] {
  const lines = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
  const kept = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(lines.filter((line) => line !== '' && !/^[#!]/.test(line))).toEqual(['*']);
  return readdirSync(ROOT).filter((name) =>
    kept.some((pattern) => name === pattern || (pattern.startsWith('*') && name.endsWith(pattern.slice(1)))),
  );
}

test('a linter has nothing to say', () => expect(validate(TEXT)).toEqual([]));

describe('what it says', () => {
  test('both stages have the one base, of the Node that the project names', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(engines.node).toMatch(/^>=20\./);
    expect(valuesOf('FROM')).toEqual(['node:20-slim AS made', 'node:20-slim']);
  });

  test('it runs Refang, and not as root', () => {
    expect(valuesOf('USER')).toEqual(['node']);
    expect(valuesOf('ENTRYPOINT')).toEqual(['["refang"]']);
    const order = FILE.getInstructions().map((one) => one.getInstruction());
    expect(order.lastIndexOf('RUN')).toBeLessThan(order.indexOf('USER'));
  });

  test('only the package leaves the first stage', () => {
    expect(TEXT.match(/^COPY .*/gm)).toEqual(['COPY . .', 'COPY --from=made /refang /opt/refang']);
  });
});

test('its commands make a package that runs without any other', () => {
  const source = folderWith();
  for (const name of context()) cpSync(join(ROOT, name), join(source, name), { recursive: true });
  // What `npm ci` would install. It calls `prepare` at its end.
  const [install = '', pack = ''] = valuesOf('RUN');
  expect(install).toBe('npm ci --no-audit --no-fund');
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  execFileSync(process.execPath, ['scripts/prepare.mjs'], { cwd: source, stdio: 'pipe' });

  const made = join(folderWith(), 'refang');
  execFileSync('sh', ['-ec', pack.replaceAll('/refang', made)], { cwd: source, stdio: 'pipe' });
  expect(existsSync(join(made, 'node_modules'))).toBe(false);
  const project = folderWith(PROJECT);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(made, 'dist/refang.cjs'), ...args], { cwd: project, encoding: 'utf8' });
  expect(run('--version').stdout).toBe(`refang ${VERSION}\n`);
  expect(run('build', '--as-of', '2026-01-01').status).toBe(0);
  expect(run('build', '--check', '--as-of', '2026-01-01')).toMatchObject({ status: 0, stderr: '' });
  mkdirSync(join(project, 'new'));
  expect(run('init', 'new').status).toBe(0);
});
