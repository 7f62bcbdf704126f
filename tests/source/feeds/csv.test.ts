import { describe, expect, test } from 'vitest';
import { MOST_BYTES } from '../../../compiler/source/feeds/lines.ts';
import { listed, readFeed, readFeeds, told } from './help.ts';

describe('columns', () => {
  test('are named by keys; comments and blank lines are skipped', async () => {
    const text =
      '# from somewhere\n\ndomain,ip,confidence,tags\n# a.example\na.example,192.0.2.1,50,x\n,192.0.2.2,,\n';
    const { collection, diagnostics } = await readFeed('format: csv', text);
    expect(diagnostics).toEqual([]);
    const set = collection?.indicators;
    expect(listed(set)).toEqual(['domain a.example f:5:1', 'ip 192.0.2.1 f:5:11', 'ip 192.0.2.2 f:6:2']);
    expect(set?.contexts.map(({ confidence, tags }) => [confidence, tags])).toEqual([
      [50, ['all', 'x']],
      [50, ['all', 'x']],
      [80, ['all']],
    ]);
  });

  test('are mapped; others are not read', async () => {
    const text =
      '\uFEFFC2 Domain , Malware,"Seen, first",x\r\na[.]example,emo tet,2026-01-02,"?\r\n?"\r\n"b.example","",,\r\n';
    const keys = 'format: csv, columns: {domain: C2 Domain, tags: Malware, first_seen: "Seen, first"}';
    const { collection, diagnostics } = await readFeed(keys, text);
    expect(diagnostics).toEqual([]);
    const set = collection?.indicators;
    expect(listed(set)).toEqual(['domain a.example f:2:1', 'domain b.example f:4:2']);
    expect(set?.contexts.map(({ first_seen, tags }) => [first_seen, tags])).toEqual([
      ['2026-01-02', ['all', 'emo tet']],
      [undefined, ['all']],
    ]);
  });

  test('stand between tabs where the name of the file says so', async () => {
    const feeds = '  - {path: f.tsv, format: csv, columns: {ip: Controller IP}}\n';
    const { collection } = await readFeeds(feeds, {
      'f.tsv': 'Malware\tController IP\nx, y\t192.0.2.1\n',
    });
    expect(listed(collection?.indicators)).toEqual(['ip 192.0.2.1 f.tsv:2:6']);
  });

  test.each([
    ['{domain: Domian}', 'Domain,x\n', 'the header has no column `Domian`', 'write `Domain`'],
    ['{domain: C2}', 'a,b\n', 'the header has no column `C2`', 'the columns are `a` and `b`'],
    ['{domain: a, ip: a}', 'a,b\n', 'the column `a` is to be two keys', undefined],
    ['{domain: b}', 'a,b,b\n', 'the column `b` stands in the header twice', undefined],
    [undefined, 'ip,tags,tags\n', 'the column `tags` stands in the header twice', undefined],
    ['{tags: a}', 'a,b\n', 'no column holds indicators', 'name it: `columns: {domain: a}`'],
    [
      undefined,
      'Domain,tags\n',
      'the column `Domain` is not named by a key',
      'name the columns to read: `columns: {domain: Domain}`; others are left out then',
    ],
    [
      undefined,
      'domain,Malware family\n',
      'the column `Malware family` is not named by a key',
      'name the columns to read: `columns: {KEY: Malware family}`; others are left out then',
    ],
    [
      '{domain: Host}',
      'Host;Tag\n',
      'the header has no column `Host`',
      'write commas between the cells, in place of `;`; in a file `*.tsv`, tabs',
    ],
    [
      undefined,
      'domain\ttags\n',
      'the column `domain tags` is not named by a key',
      'call the file `*.tsv`: commas part the cells of others',
    ],
    [
      '{domain: Host}',
      'Host;Tag,b\n',
      'the header has no column `Host`',
      'the columns are `Host;Tag` and `b`',
    ],
    [
      undefined,
      'Type,value\n',
      'the column `Type` is not named by a key',
      'give each kind a column of its own, or write the feed as `ndjson`: `{"domain": "…"}`',
    ],
    [undefined, 'tags,note\n', 'no column holds indicators', 'name it: `columns: {domain: tags}`'],
  ])('%s of %j is an error', async (columns, text, message, help) => {
    const { collection, diagnostics } = await readFeed(
      `format: csv${columns ? `, columns: ${columns}` : ''}`,
      text,
    );
    expect(collection).toBeUndefined();
    const related = columns ? [{ message: 'the columns to read' }] : undefined;
    expect(diagnostics).toMatchObject([
      { code: 'RF705', severity: 'error', message, ...(help && { help }), ...(related && { related }) },
    ]);
    expect(told(diagnostics)).toEqual([`error f RF705 1:1-1:${text.length} ${message}`]);
  });

  test('a key that no column can hold is an error', async () => {
    const { diagnostics } = await readFeed('format: csv, columns: {domian: a, file: b}', 'a,b\n');
    expect(told(diagnostics)).toEqual([
      'error test.yaml RF201 6:38-6:44 `domian` is not a key of `columns`',
      'error test.yaml RF201 6:49-6:53 `file` is not a key of `columns`',
    ]);
    expect(diagnostics[0]?.help).toBe('write `domain`');
  });
});

describe('records', () => {
  test('that are not well-formed, or hold what is wrong, are told and not read', async () => {
    const rows = [
      ['192.0.2.1,2026-01-01,80,', undefined],
      ['192.0.2.300,2026-01-01,80,', 'RF308 3:9-3:12 `192.0.2.300` is not an IP address: `300` is over 255'],
      ['192.0.2.2, 01/02/2026 ,80,', 'RF206 4:12-4:22 `01/02/2026` is not a day of the form YYYY-MM-DD'],
      ['192.0.2.3,,101,', 'RF205 5:12-5:15 `101` is out of range: at most 100'],
      ['192.0.2.4,,high,', 'RF203 6:12-6:16 `high` stands where a number should be'],
      ['192.0.2.5,,1,nobody', 'RF208 7:14-7:20 the actor `nobody` is not defined'],
      [',,1,a', 'RF210 8:1-8:6 the record holds no indicator'],
      ['192.0.2.6,,1', 'RF706 9:1-9:13 the record has 3 cells, the header 4'],
      ['192.0.2.7,,1,,', 'RF706 10:1-10:15 the record has 5 cells, the header 4'],
      ['"192.0.2.8"9,,,', 'RF706 11:12-11:13 text stands behind a closing quote'],
      ['"192.0.2\n.9",,,', 'RF308 12:2-13:3 `192.0.2<U+000A>.9` is not an IP address'],
      ['192.0.2.10,,,a', undefined],
      ['192.0.2.11,,,"a', 'RF706 15:1-15:16 a quote is not closed: 2 lines are not read'],
    ] as const;
    const text = `ip,first_seen,confidence,actor\n${rows.map(([row]) => row).join('\n')}\nb,c,d,e\n`;
    const { collection, diagnostics } = await readFeed('format: csv', text);
    expect(told(diagnostics).filter((one) => one.startsWith('warning f '))).toEqual(
      rows.flatMap(([, finding]) => (finding ? [`warning f ${finding}`] : [])),
    );
    expect(collection?.indicators.values).toEqual(['192.0.2.1', '192.0.2.10']);
  });

  test('with a quote that is not closed: all lines are counted, and what follows is read', async () => {
    const lines = Array.from({ length: 9000 }, (_, at) => `a${at}.example`);
    const text = `domain\n"${lines.join('\n')}\n`;
    const { collection, diagnostics } = await readFeed('format: csv', text);
    const values = collection?.indicators.values ?? [];
    const lost = lines.length - values.length;
    expect(values).toEqual(lines.slice(lost));
    expect(lines.slice(0, lost).join('\n').length).toBeGreaterThanOrEqual(MOST_BYTES);
    const count = lost.toLocaleString('en-US');
    expect(told(diagnostics)).toEqual([
      `warning f RF706 2:1-2:12 a quote is not closed within 64 KiB: ${count} lines are not read`,
      `warning test.yaml RF713 6:12-6:13 ${count} of 9,001 lines of \`f\` are not read`,
    ]);
  });

  test('that hold a line which cannot be read end there', async () => {
    const { collection, diagnostics } = await readFeed('format: csv', 'domain\n"a.example\n\0"\nb.example\n');
    expect(told(diagnostics)).toEqual([
      'warning f RF121 3:1-3:2 the line holds the control character U+0000',
    ]);
    expect(collection?.indicators.values).toEqual(['b.example']);
  });

  test('that say the same beside their values share a context, one that says otherwise does not', async () => {
    const text = 'ip,note\n192.0.2.1,"a, b"\n192.0.2.2,"a, b"\n192.0.2.3,a\n192.0.2.4,\n';
    const contexts = (await readFeed('format: csv', text)).collection?.indicators.contexts ?? [];
    expect(contexts.map(({ note }) => note)).toEqual(['a, b', 'a, b', 'a', undefined]);
    expect(contexts[0]).toBe(contexts[1]);
  });
});
