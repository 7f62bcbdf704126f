/** Starts a project: the files of `starter/`, the schemas for editors, and what a pipeline runs. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { writeNewFile } from './emit/new-file.ts';
import { WriteError } from './emit/write-error.ts';
import { LOCK_NAME, SETTINGS_NAME } from './project-root.ts';
import { schemaText } from './schemas.ts';
import { DEFAULT_INPUT } from './source/settings.ts';
import { VERSION } from './version.ts';

/** Whose pipeline runs the checks. */
export const CI_NAMES = ['github', 'gitlab', 'none'] as const;

/** The name of a CI. */
export type CiName = (typeof CI_NAMES)[number];

/** Where a project is to be started. */
export interface InitOptions {
  cwd?: string;
  /** Relative to `cwd`; made where it is missing. */
  folder?: string;
  /** By default what the folder and its git remote say; GitHub where they say nothing. */
  ci?: CiName;
}

/** What was done. */
export interface InitReport {
  /** The folder held a project before: its indicators and settings are left as they are. */
  existing: boolean;
  ci: CiName;
  /** The root of the repository, where the folder is not that: no pipeline is written then, unless asked for. */
  repository: string | undefined;
  /** Paths from the folder, in the order in which they are told. */
  written: readonly string[];
  /** Files that were there before. */
  left: readonly string[];
  /** Why it stopped. */
  refused: Diagnostic | undefined;
}

const CI_FILES = {
  github: ['.github/workflows/refang.yml', 'github.yml'],
  gitlab: ['.gitlab-ci.yml', 'gitlab-ci.yml'],
} as const;

/** Beside `compiler/` in the sources and beside `dist/` when bundled. */
const STARTER = join(import.meta.dirname, '../starter');

/** Writes what is missing. Nothing that is there is changed. */
export function init(options: InitOptions): InitReport {
  const folder = resolve(options.cwd ?? process.cwd(), options.folder ?? '.');
  const existing = [SETTINGS_NAME, LOCK_NAME, DEFAULT_INPUT].some((name) => existsSync(join(folder, name)));
  const root = gitRootOf(folder);
  const repository = root === folder ? undefined : root;
  const ci = options.ci ?? (repository ? 'none' : ciOf(folder));
  const written: string[] = [];
  const left: string[] = [];
  const report = { existing, ci, repository, written, left };
  try {
    for (const [path, text] of filesOf(ci)) {
      // Ids derive from the publisher: settings of ours would give a project that has none new ids.
      const own = path === SETTINGS_NAME || path === DEFAULT_INPUT;
      if (own && existing && !existsSync(join(folder, path))) continue;
      (writeNewFile(join(folder, path), path, text()) ? written : left).push(path);
    }
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    return { ...report, refused: error.diagnostic };
  }
  return { ...report, refused: undefined };
}

function filesOf(ci: CiName): [path: string, text: () => string][] {
  const starter = (name: string) => readFileSync(join(STARTER, name), 'utf8').replaceAll('VERSION', VERSION);
  const files: [string, () => string][] = [
    [DEFAULT_INPUT, () => starter('indicators.yaml')],
    [SETTINGS_NAME, () => starter('refang.yaml')],
    ['indicators.schema.json', () => schemaText('indicators')],
    ['refang.schema.json', () => schemaText('settings')],
    ['.gitattributes', () => starter('gitattributes')],
  ];
  if (ci === 'none') return files;
  const [path, name] = CI_FILES[ci];
  return [...files, [path, () => starter(name)]];
}

/** What the files say, else where `git push` would go, else GitHub. */
function ciOf(folder: string): CiName {
  if (existsSync(join(folder, '.gitlab-ci.yml'))) return 'gitlab';
  if (existsSync(join(folder, '.github'))) return 'github';
  const config = join(folder, '.git', 'config');
  const urls = existsSync(config) ? readFileSync(config, 'utf8').match(/^\s*url\s*=.*$/gm) : null;
  return urls?.some((url) => /gitlab/i.test(url)) ? 'gitlab' : 'github';
}

/** The nearest folder with a `.git`, upwards. */
function gitRootOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
