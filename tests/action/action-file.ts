/** action.yml as it stands. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../cli/refang.ts';

export interface Step {
  name: string;
  id?: string;
  if?: string;
  shell: string;
  run: string;
  env?: Readonly<Record<string, string>>;
  'working-directory'?: string;
}

export interface ActionFile {
  inputs: Readonly<Record<string, { description: string; default: string }>>;
  outputs: Readonly<Record<string, { description: string; value: string }>>;
  runs: { using: string; steps: readonly Step[] };
}

export const ACTION_TEXT = readFileSync(join(ROOT, 'action.yml'), 'utf8');
export const ACTION = load(ACTION_TEXT) as ActionFile;
