/** The shipped targets as JavaScript, a module each: definitions as data, templates as functions. */

import { basename, dirname } from 'node:path';
import { printPretty } from '../compiler/diagnostics/print-pretty.ts';
import { checkAndCompile } from '../compiler/render/check-and-compile.ts';
import { NodeFileReader } from '../compiler/source/node-files.ts';
import { findTargets, readTarget } from '../compiler/targets/find.ts';
import type { TargetFolder } from '../compiler/targets/target.ts';

/** The modules of the targets of a folder of templates, by the target's name. Throws when one has an error or a warning. */
export function precompileShipped(templates: string): Map<string, string> {
  const reader = new NodeFileReader(dirname(templates));
  const found = findTargets(reader, [basename(templates)]);
  const modules = [...found.values()].map((place): [string, string] => {
    const { folder, diagnostics } = readTarget(reader, found, place);
    if (diagnostics.length > 0) throw new Error(printPretty(diagnostics));
    return [folder.name, `'use strict';\nmodule.exports = ${entry(folder)};\n`];
  });
  return new Map(modules);
}

function entry(folder: TargetFolder): string {
  const { compiled, diagnostics } = checkAndCompile(folder);
  if (!compiled || diagnostics.length > 0) throw new Error(printPretty(diagnostics));
  const { target, templates } = compiled;
  const files = Object.fromEntries([...folder.files].map(([name, file]) => [name, file.text]));
  return object({ files: JSON.stringify(files), raw: JSON.stringify(target.raw), templates });
}

/** An object literal whose values are JavaScript source. */
function object(fields: Readonly<Record<string, string>>): string {
  return `{${Object.entries(fields)
    .map(([name, source]) => `${JSON.stringify(name)}: ${source}`)
    .join(', ')}}`;
}
