/** Prints what a build tells people: the one that did the work, or the one that found nothing to do. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Told } from '../build-record.ts';
import { resolveBelow } from '../source/node-path.ts';
import { isColored } from './colors.ts';
import { print } from './print.ts';

/** The colours of the text: no other sequence of a terminal gets into it. */
const COLOR = new RegExp(`${String.fromCharCode(0x1b)}\\[\\d+m`, 'g');

/** Returns the exit code. */
export function printTold({ text, code }: Told): number {
  const colored = isColored('stderr');
  for (const piece of text) print('stderr', colored ? piece : piece.replace(COLOR, ''));
  return code;
}

/** The files of the program that runs, where it is the bundle; none when run from the sources, which are too many to look at. */
export function programFiles(): string[] {
  const folder = import.meta.dirname;
  const [bundle, templates] = [join(folder, 'main.cjs'), join(folder, 'templates')];
  if (!existsSync(bundle) || !existsSync(templates)) return [];
  const modules = readdirSync(templates).filter((name) => name.endsWith('.cjs'));
  return [bundle, ...modules.map((name) => resolveBelow(templates, name))];
}
