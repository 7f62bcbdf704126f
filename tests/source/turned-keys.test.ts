/** What is told of records and columns whose keys stand as values. */

import { describe, expect, test } from 'vitest';
import { readFeed } from './feeds/help.ts';
import { readRecords } from './help.ts';

describe('the kind as a value', () => {
  test.each([
    ['{type: domain, value: bad.example}', ['domain: bad.example', 'domain: bad.example']],
    ['{indicator: 192.0.2.1, kind: ip}', ['ip: 192.0.2.1', 'ip: 192.0.2.1']],
    [
      '{ioc_type: url, ioc_value: "http://bad.example/a"}',
      ['url: http://bad.example/a', 'url: http://bad.example/a'],
    ],
    // Words that others have for kinds tell nothing certain.
    ['{type: ip-dst, value: 192.0.2.1}', ['domain: bad.example', 'domain: bad.example']],
    ['{type: {a: b}}', ['domain: bad.example']],
  ])('%s', async (record, examples) => {
    const { diagnostics } = await readRecords(`  - ${record}\n`);
    const unknown = diagnostics.filter(({ code }) => code === 'RF201');
    expect(unknown.map(({ help, label }) => [help, label])).toEqual(
      examples.map((example) => [`name the kind by the key: \`${example}\``, undefined]),
    );
  });

  test.each(['{domain: bad.example, type: url, value: b}', '{domain: bad.example, allow: {type: domain}}'])(
    'is not meant in %s',
    async (record) => {
      const { diagnostics } = await readRecords(`  - ${record}\n`);
      const helps = diagnostics.filter(({ code }) => code === 'RF201').map(({ help }) => help);
      expect(helps.length).toBeGreaterThan(0);
      expect(helps.filter((help) => help?.startsWith('name the kind'))).toEqual([]);
    },
  );
});

test('columns that stand before their keys', async () => {
  const { diagnostics } = await readFeed(
    'format: csv, columns: {seen: last_seen, Host: domain, "a`b": tlp, other: none}',
    'Host,seen\n',
  );
  expect(diagnostics.filter(({ code }) => code === 'RF201').map(({ help }) => help)).toEqual([
    'write `last_seen: seen`: the key first, then the column that holds it',
    'write `domain: Host`: the key first, then the column that holds it',
    'write `tlp: a`b`: the key first, then the column that holds it',
    expect.stringMatching(/^the keys are /),
  ]);
});
