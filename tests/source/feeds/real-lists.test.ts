/** Lists as their publishers write them. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dataLines, hasData } from '../../indicators/tables.ts';
import { readFeed, readFeeds } from './help.ts';

describe.skipIf(!hasData)('real lists (skipped without ../shared/data)', () => {
  const read = (path: string) => readFileSync(new URL(`../../../../shared/data/${path}`, import.meta.url));

  test.each([
    ['lists/blocklistproject-phishing-domains.txt', 'format: list, kind: domain', (line: string) => line],
    ['lists/blocklistproject-redirect-hosts.txt', 'format: hosts', (line: string) => line.split(' ')[1]],
    ['lists/ipsum-ips-scored.txt', 'format: list, kind: ip', (line: string) => line.split('\t')[0]],
    ['lists/phishingdb-active-ips.txt', 'format: list, kind: ip', (line: string) => line],
    [
      'cidr-merge/microsoft-ipv4.txt',
      'format: list, kind: cidr',
      (line: string) => line.replace(/\/32$/, ''),
    ],
  ] as const)('%s is read whole', async (path, keys, spelling) => {
    const { collection, diagnostics } = await readFeed(keys, read(path));
    expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const expected = new Set(dataLines(path).map(spelling));
    expect(new Set(collection?.indicators.values)).toEqual(expected);
  });

  test('a table in CSV', async () => {
    const keys = 'format: csv, columns: {domain: Domain, tags: Malware, first_seen: Date added}';
    const { collection, diagnostics } = await readFeed(keys, read('lists/blackbook.csv'));
    expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    const [, ...rows] = dataLines('lists/blackbook.csv').map((line) => line.split(','));
    const names = rows.map(([name]) => name?.replace(/\.$/, '').toLowerCase());
    expect(new Set(collection?.indicators.values)).toEqual(new Set(names));
    expect(collection?.indicators.context(0)).toMatchObject({
      tags: ['all', 'keitaro'],
      first_seen: '2024-09-01',
    });
  });

  test('a table with tabs', async () => {
    const feeds = '  - {path: f.tsv, format: csv, columns: {ip: Controller IP, tags: Malware}}\n';
    const { collection, diagnostics } = await readFeeds(feeds, {
      'f.tsv': read('reports/insikt-rat-controllers.tsv'),
    });
    expect(diagnostics).toEqual([]);
    expect(collection?.indicators.size).toBe(481);
  });
});
