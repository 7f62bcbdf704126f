/** The folder that Google's content manager deploys: two files of configuration, tables and rules, each named in one. */

import { load } from 'js-yaml';
import * as z from 'zod/mini';
import { csvRows } from './csv-rows.ts';
import { type Columns, type Rule, readRule } from './yara-l.ts';

const name = z.string().check(z.regex(/^[a-zA-Z][a-zA-Z0-9_]{0,254}$/));
const column = z.strictObject({
  column_index: z.int(),
  original_column: z.string().check(z.regex(/^[a-z_0-9]+$/)),
  column_type: z.enum(['STRING', 'CIDR']),
});
const tables = z.record(
  name,
  z.strictObject({
    description: z.string().check(z.minLength(1)),
    columns: z.array(column).check(z.minLength(1)),
  }),
);
const rules = z.record(name, z.strictObject({ enabled: z.literal(false), alerting: z.literal(false) }));

/** What is deployed. */
export interface Content {
  columns: Columns;
  rules: readonly Rule[];
}

/** Reads files by their paths. Throws `Error` for what cannot be deployed. */
export function readContent(files: ReadonlyMap<string, string>): Content {
  const tableConfig = tables.parse(configuration(files.get('data_table_config.yaml')));
  const ruleConfig = rules.parse(configuration(files.get('rule_config.yaml')));
  const content = { columns: new Map<string, readonly string[]>(), rules: [] as Rule[] };
  const found = { tables: [] as string[], rules: [] as string[] };
  for (const [path, text] of files) {
    const [, folder, file = '', end] = /^(data_tables|rules)\/([^/]+)\.(csv|yaral)$/.exec(path) ?? [];
    if (folder === 'data_tables' && end === 'csv') {
      found.tables.push(file);
      for (const [key, values] of columnsOf(file, text, tableConfig[file]?.columns ?? []))
        content.columns.set(key, values);
    } else if (folder === 'rules' && end === 'yaral') {
      const rule = readRule(text);
      if (rule.name !== file) throw new Error(`${path} has the rule ${rule.name}`);
      found.rules.push(file);
      content.rules.push(rule);
    } else if (!path.endsWith('_config.yaml')) throw new Error(`${path} has no place`);
  }
  same('tables', found.tables, Object.keys(tableConfig));
  same('rules', found.rules, Object.keys(ruleConfig));
  for (const rule of content.rules)
    for (const key of rule.columns)
      if (!content.columns.has(key)) throw new Error(`${rule.name}: no column ${key}`);
  return content;
}

/** A file that holds nothing but a comment configures nothing. */
function configuration(text = ''): unknown {
  return /^[^#\n]/m.test(text) ? load(text) : {};
}

function columnsOf(
  table: string,
  text: string,
  columns: readonly z.infer<typeof column>[],
): [string, string[]][] {
  const rows = csvRows(text);
  if (rows.length === 0) throw new Error(`${table} is empty`);
  for (const { line, fields } of rows) {
    if (fields.length !== columns.length) throw new Error(`${table}:${line}: ${fields.length} cells`);
    // A field without a value, and a pattern that captures nothing, are the empty text: they must match no row.
    if (fields.includes('')) throw new Error(`${table}:${line}: an empty cell`);
  }
  return columns.map(({ column_index, original_column, column_type }, at) => {
    if (column_index !== at) throw new Error(`${table}: column ${at} has the index ${column_index}`);
    const values = rows.map(({ fields }) => fields[at] as string);
    if (column_type === 'CIDR' && !values.every((value) => /^[0-9a-f.:]+\/\d+$/.test(value)))
      throw new Error(`${table}: not a network`);
    return [`${table}.${original_column}`, values];
  });
}

function same(what: string, found: readonly string[], configured: readonly string[]): void {
  const [one, other] = [found, configured].map((names) => [...names].sort().join(' '));
  if (one !== other) throw new Error(`${what}: files and configuration differ`);
}
