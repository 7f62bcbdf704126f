/** Looks up what a zod schema says at a path, for "did you mean" and lists of keys. */

import type * as z from 'zod/mini';

/** Any schema of zod. */
export type Schema = z.core.$ZodType;

/** The keys that a map at the path may have, or none where the schema has no map there. */
export function keysAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  const def = (schema as z.core.$ZodTypes)._zod.def;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
      return keysAt(def.innerType, path);
    case 'union':
      return def.options.flatMap((option) => keysAt(option, path));
    case 'object': {
      if (step === undefined) return Object.keys(def.shape);
      const inner = def.shape[String(step)];
      return inner ? keysAt(inner, rest) : [];
    }
    case 'array':
      return step === undefined ? [] : keysAt(def.element, rest);
    case 'record':
      return step === undefined ? keysOfRecord(def.keyType) : keysAt(def.valueType, rest);
    default:
      return [];
  }
}

/** The keys of a record whose keys are some words; of any other there is no list. */
function keysOfRecord(keyType: Schema): string[] {
  const def = (keyType as z.core.$ZodTypes)._zod.def;
  return def.type === 'enum' ? Object.values(def.entries).map(String) : [];
}
