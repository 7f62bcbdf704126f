/** Reads a folder's target.yaml, over that of the target it extends. */

import type { Diagnostic, Span } from '../diagnostics/diagnostic.ts';
import { isError } from '../diagnostics/order.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { checkAgainst } from '../source/check.ts';
import { parseYaml } from '../source/yaml.ts';
import { entryOf, type MapNode, spanOf } from '../source/yaml-tree.ts';
import { EXTENDING_SCHEMA, type RawTargetDefinition, TARGET_SCHEMA } from './schema.ts';
import { BASE_DEFINITION, EXTENDS, type TargetFolder } from './target.ts';

/** A target.yaml that the schema takes, and the folder's own tree for messages; or what is wrong. */
export interface ReadDefinition {
  raw?: RawTargetDefinition;
  root?: MapNode;
  file?: SourceFile;
  diagnostics: Diagnostic[];
}

/** Reads and checks the keys of a target.yaml. Whether names mean something is for later. */
export function readDefinition(folder: TargetFolder): ReadDefinition {
  const file = folder.files.get('target.yaml');
  if (!file) return { diagnostics: [noDefinition(folder)] };
  const { root, diagnostics } = parseYaml(file);
  if (!root) return { diagnostics: diagnostics.length > 0 ? diagnostics : [noDefinition(folder)] };
  const base = root.type === 'map' ? entryOf(root, 'extends') : undefined;
  const checked = checkAgainst(base ? EXTENDING_SCHEMA : TARGET_SCHEMA, root, file, 'a target');
  diagnostics.push(...checked.diagnostics);
  const own = checked.value as Partial<RawTargetDefinition> | undefined;
  if (!own || root.type !== 'map' || diagnostics.some(isError)) return { diagnostics };
  if (!base) return { raw: own as RawTargetDefinition, root, file, diagnostics };
  const below = readBase(folder, String(own.extends), spanOf(file, base.value));
  diagnostics.push(...below.diagnostics);
  if (!below.raw) return { diagnostics };
  return { raw: united(below.raw, own, root), root, file, diagnostics };
}

function readBase(folder: TargetFolder, name: string, span: Span): ReadDefinition {
  const file = folder.files.get(BASE_DEFINITION);
  if (!file) {
    const help = 'name another target; `refang targets` lists them';
    return { diagnostics: [wrongBase(span, `there is no target \`${name}\` to extend`, help)] };
  }
  const further = EXTENDS.exec(file.text)?.[1];
  if (further === undefined) return readDefinition({ ...folder, files: new Map([['target.yaml', file]]) });
  const message = `\`${name}\` itself extends another target`;
  return { diagnostics: [wrongBase(span, message, `extend \`${further}\``)] };
}

/** The keys that a folder gives, over those of the target it extends. */
function united(
  base: RawTargetDefinition,
  own: Partial<RawTargetDefinition>,
  root: MapNode,
): RawTargetDefinition {
  const given = root.entries.map(({ key }) => key.text as keyof RawTargetDefinition);
  return {
    ...base,
    ...Object.fromEntries(given.map((key) => [key, own[key]])),
    ...(base.options && { options: { ...base.options, ...own.options } }),
    ...(base.unsupported && { unsupported: { ...base.unsupported, ...own.unsupported } }),
  };
}

function wrongBase(span: Span, message: string, help: string): Diagnostic {
  return { code: 'RF503', severity: 'error', span, message, help };
}

function noDefinition(folder: TargetFolder): Diagnostic {
  return {
    code: 'RF503',
    severity: 'error',
    message: `the target \`${folder.name}\` has no target.yaml`,
    help: 'add one; docs/targets-format.md tells the format',
  };
}
