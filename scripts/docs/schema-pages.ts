/** The formats of indicators.yaml, refang.yaml and target.yaml, from their schemas. */

import { schemaText } from '../../compiler/schemas.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** As much of JSON Schema as `z.toJSONSchema` writes for us. */
interface JsonSchema {
  title?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

interface Page {
  title: string;
  intro: string;
  schema: JsonSchema;
}

const PAGES: Readonly<Record<string, Page>> = {
  'docs/schema.md': {
    title: 'indicators.yaml',
    intro:
      'Every key of the source format. [all-kinds.yaml](../examples/all-kinds.yaml) shows them in use, and [indicators.schema.json](../indicators.schema.json) says the same to editors.',
    schema: JSON.parse(schemaText('indicators')) as JsonSchema,
  },
  'docs/settings.md': {
    title: 'refang.yaml',
    intro:
      'The settings of a project. The file is optional, and so is every key. [That of Refang itself](../refang.yaml) is an example, and [guards.md](guards.md) tells what guards do.',
    schema: JSON.parse(schemaText('settings')) as JsonSchema,
  },
  'docs/targets-format.md': {
    title: 'target.yaml',
    intro:
      'A target is a folder with a `target.yaml` and templates. [templates.md](templates.md) tells what templates may use.',
    schema: JSON.parse(schemaText('target')) as JsonSchema,
  },
};

/** Text by path. */
export function schemaPages(): Map<string, string> {
  const pages = Object.entries(PAGES).map(([path, page]): [string, string] => [path, pageOf(page)]);
  return new Map([
    ['indicators.schema.json', schemaText('indicators')],
    ['refang.schema.json', schemaText('settings')],
    ...pages,
  ]);
}

function pageOf({ title, intro, schema }: Page): string {
  const rows = keysOf(schema, '');
  return `${GENERATED}# ${title}\n\n${intro}\n\n${markdownTable(['key', 'value', 'meaning'], rows)}`;
}

/** A row for each key, deeper ones by their path: `reports.<id>.title`. */
function keysOf(schema: JsonSchema, path: string): string[][] {
  const rows: string[][] = [];
  for (const branch of [schema, ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) {
    for (const [key, value] of Object.entries(branch.properties ?? {})) {
      const at = path === '' ? key : `${path}.${key}`;
      const needed = branch.required?.includes(key) ? ', required' : '';
      rows.push([
        `\`${at}\``,
        formOf(value) + needed,
        [value.description, defaultOf(value)].filter(Boolean).join(' '),
      ]);
      rows.push(...keysOf(value, at));
    }
    if (typeof branch.additionalProperties === 'object')
      rows.push(...keysOf(branch.additionalProperties, `${path}.<name>`));
    if (branch.items) rows.push(...keysOf(branch.items, `${path}[]`));
  }
  return rows;
}

function defaultOf({ default: value }: JsonSchema): string {
  return value === undefined ? '' : `Default: \`${JSON.stringify(value)}\`.`;
}

function formOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ');
  const branches = schema.anyOf?.map(formOf) ?? [];
  if (branches.length > 0) return [...new Set(branches)].join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? formOf(schema.items) : 'values'}`;
  if (schema.type === 'object') return 'map';
  if (schema.type === undefined) return 'any';
  const names: Record<string, string> = {
    string: 'text',
    integer: 'whole number',
    boolean: '`true` or `false`',
  };
  return [schema.type]
    .flat()
    .map((name) => names[name] ?? name)
    .join(' or ');
}
