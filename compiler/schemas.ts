/** The JSON Schemas of the files that people write, for editors. */

import * as z from 'zod/mini';
import { jsonSchema } from './source/schema.ts';
import { EDITOR_SCHEMA } from './source/schema-parts.ts';
import { settingsSchema } from './source/settings.ts';
import { TARGET_SCHEMA } from './targets/schema.ts';

/** A file that has a schema: `indicators.yaml`, `refang.yaml` or `target.yaml`. */
export const SCHEMA_NAMES = ['indicators', 'settings', 'target'] as const;

/** The name of a schema. */
export type SchemaName = (typeof SCHEMA_NAMES)[number];

const MADE: Readonly<Record<SchemaName, () => unknown>> = {
  indicators: jsonSchema,
  settings: () => z.toJSONSchema(settingsSchema(), EDITOR_SCHEMA),
  target: () => z.toJSONSchema(TARGET_SCHEMA, EDITOR_SCHEMA),
};

/** A JSON Schema of draft 2020-12, indented, ending in a line break. */
export function schemaText(name: SchemaName): string {
  return `${JSON.stringify(MADE[name](), undefined, 2)}\n`;
}
