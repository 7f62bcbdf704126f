import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundledRefang, ROOT } from './refang.ts';

const refang = await bundledRefang();

describe('refang schema', () => {
  test.each([
    [[], 'indicators.schema.json'],
    [['indicators'], 'indicators.schema.json'],
    [['settings'], 'refang.schema.json'],
  ])('%j prints what is committed', (args, path) => {
    const stdout = readFileSync(join(ROOT, path), 'utf8');
    expect(refang(ROOT, ['schema', ...args])).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('of target.yaml', () => {
    const { properties, additionalProperties } = JSON.parse(refang(ROOT, ['schema', 'target']).stdout);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['title', 'effect', 'outputs']));
    expect(additionalProperties).toBe(false);
  });

  test.each([
    [['setings'], 'there is no schema `setings`', 'did you mean `settings`?'],
    [['sigma'], 'there is no schema `sigma`', 'see `refang schema --help`'],
    [['target', 'settings'], '`schema` takes one name', 'see `refang schema --help`'],
  ])('%j is bad usage', (args, message, help) => {
    expect(refang(ROOT, ['schema', ...args])).toEqual({
      code: 3,
      stdout: '',
      stderr: `refang: ${message}\n  help: ${help}\n`,
    });
  });
});
