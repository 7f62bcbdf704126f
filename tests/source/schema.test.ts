import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../compiler/indicators/kind.ts';
import { contextShape } from '../../compiler/source/context-schema.ts';
import { jsonSchema, KIND_KEYS, recordSchema } from '../../compiler/source/schema.ts';

const schema = jsonSchema() as {
  $schema: string;
  properties: Record<
    string,
    { title?: string; items?: { properties: Record<string, object>; additionalProperties: boolean } }
  >;
};
const record = schema.properties.indicators?.items;

test('indicators.schema.json is fresh', () => {
  const committed = readFileSync(new URL('../../indicators.schema.json', import.meta.url), 'utf8');
  expect(committed).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

test('every kind has its key', () => {
  const keys = Object.keys(recordSchema().def.shape);
  expect(keys.filter((key) => !(key in contextShape)).sort()).toEqual([...KIND_KEYS].sort());
  expect([...KIND_KEYS].sort()).toEqual([...KINDS, 'file'].sort());
});

describe('the JSON Schema', () => {
  test('is of draft 2020-12', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  test('explains every key', () => {
    const bare: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries((node as { properties?: object }).properties ?? {})) {
        if (!(value.title && value.description)) bare.push(`${path}.${key}`);
      }
      for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`);
    };
    walk(schema, '');
    expect(bare).toEqual([]);
  });

  test('refuses unknown keys', () => {
    expect(record?.additionalProperties).toBe(false);
  });

  test('lets an editor take an all-digit value, which it reads as a number', () => {
    expect(record?.properties.hash).toMatchObject({
      anyOf: [{ type: ['string', 'number'] }, { type: 'array' }],
    });
  });
});
