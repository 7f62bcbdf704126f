import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printPretty } from '../../../compiler/diagnostics/print-pretty.ts';
import { HEAD, listed, readFeed, readFeeds, readYaml, told } from './help.ts';

const LIST = 'format: list, kind: domain';

describe('the keys of a feed', () => {
  test.each([
    ['kind: domain', 'RF202 6:5-6:28 a feed has no `format`'],
    ['format: stix', 'RF204 6:23-6:27 `stix` is not `list`, `hosts`, `csv` or `ndjson`'],
    ['format: list', 'RF702 6:5-6:28 the feed has no `kind`'],
    [
      'format: hosts, kind: ip',
      'RF702 6:5-6:39 a feed in hosts format has names alone: `kind` can only be `domain`',
    ],
    ['format: csv, kind: ip', 'RF702 6:5-6:37 `kind` is not used: each record names its kinds'],
    ['format: ndjson, columns: {ip: x}', 'RF702 6:5-6:48 `columns` is not used: only `csv` has columns'],
    [`${LIST}, statsu: active`, 'RF201 6:43-6:49 `statsu` is not a key of a feed'],
    [`${LIST}, confidence: 101`, 'RF205 6:55-6:58 `101` is out of range: at most 100'],
    [`${LIST}, report: x`, 'RF208 6:51-6:52 the report `x` is not defined'],
    [`${LIST}, actor: [a, x]`, 'RF208 6:54-6:55 the actor `x` is not defined'],
  ])('%s is refused', async (keys, message) => {
    const { collection, diagnostics } = await readFeed(keys, 'a.example\n');
    expect(collection).toBeUndefined();
    expect(told(diagnostics)).toEqual([`error test.yaml ${message}`]);
  });

  test('the word of a format to come is refused by name', async () => {
    const [misp] = (await readFeed('format: misp', '')).diagnostics;
    expect(misp).toMatchObject({ code: 'RF204', help: 'use `list`, `hosts`, `csv` or `ndjson`' });
  });

  test.each([
    ['feeds:\n', 'RF209 5:1-5:6 `feeds` has no value'],
    ['feeds: {path: f}\n', 'RF203 5:8-5:17 `feeds` is not a list'],
    ['feeds: [f]\n', 'RF203 5:9-5:10 `f` stands where a map should be'],
  ])('%j is refused', async (text, message) => {
    const { collection, diagnostics } = await readYaml(HEAD + text, {});
    expect(collection).toBeUndefined();
    expect(told(diagnostics)).toEqual([`error test.yaml ${message}`]);
  });

  test('what every indicator needs must be in a list or in the defaults', async () => {
    const yaml = (keys: string) => `refang: 1\nfeeds:\n  - {path: f, ${LIST}, status: active, ${keys}}\n`;
    const without = await readYaml(yaml('confidence: 1'), { f: 'a.example\n' });
    expect(told(without.diagnostics)).toEqual([
      'error test.yaml RF211 3:5-3:73 the feed has no `severity` and `tlp`, and `defaults` gives none',
    ]);
    const whole = await readYaml(yaml('confidence: 1, severity: low, tlp: red'), { f: 'a.example\n' });
    expect(whole.diagnostics).toEqual([]);
  });

  test('in a feed of records, a record may give it', async () => {
    const yaml =
      'refang: 1\nfeeds:\n  - {path: f, format: csv, status: active, confidence: 1, severity: low}\n';
    const { collection, diagnostics } = await readYaml(yaml, { f: 'ip,tlp\n192.0.2.1,red\n192.0.2.2,\n' });
    expect(collection?.indicators.values).toEqual(['192.0.2.1']);
    expect(told(diagnostics)).toEqual([
      'warning f RF211 3:1-3:11 the record has no `tlp`, and neither the feed nor `defaults` gives it',
    ]);
  });

  test('beat the defaults and are beaten by those of a record; lists unite', async () => {
    const keys =
      'format: csv, confidence: 20, severity: low, note: of the feed, tags: feed, report: r, actor: a';
    const text = 'domain,severity,note,tags,actor\na.example,,,,\nb.example,critical,own,x,b\n';
    const set = (await readFeed(keys, text)).collection?.indicators;
    expect(set?.contexts).toMatchObject([
      {
        confidence: 20,
        severity: 'low',
        note: 'of the feed',
        tags: ['all', 'feed'],
        actors: ['a'],
        tlp: 'clear',
      },
      { confidence: 20, severity: 'critical', note: 'own', tags: ['all', 'feed', 'x'], actors: ['a', 'b'] },
    ]);
    expect(set?.contexts.map(({ reports }) => reports)).toEqual([['r'], ['r']]);
  });

  test('`match` is for domains', async () => {
    const { diagnostics } = await readFeed('format: list, kind: ip, match: exact', '192.0.2.1\n');
    expect(told(diagnostics)).toEqual([
      'warning test.yaml RF214 6:39-6:44 `match` stands in a feed without domains',
    ]);
    const exact = await readFeed(`${LIST}, match: exact`, 'a.example\n');
    expect([exact.diagnostics, exact.collection?.indicators.context(0).match]).toEqual([[], 'exact']);
  });
});

describe('the path of a feed', () => {
  const read = (path: string, yaml: string) =>
    readFeeds(
      `  - {path: '${path}', ${LIST}}\n`,
      { 'a/b.txt': 'b.example', 'c.txt': 'c.example' },
      { path: yaml },
    );

  test.each([
    ['b.txt', 'a/x.yaml', 'a/b.txt'],
    ['./b.txt', 'a/x.yaml', 'a/b.txt'],
    ['../c.txt', 'a/x.yaml', 'c.txt'],
    ['../a//b.txt', 'a/x.yaml', 'a/b.txt'],
    // A file named on the command line may lie elsewhere: what is below it belongs to it.
    ['y/../b.txt', '../x.yaml', '../b.txt'],
  ])('%s in %s is %s', async (path, yaml, expected) => {
    expect((await read(path, yaml)).feeds).toEqual([
      { path: expected, sha256: `hash of ${expected}`, lost: 0 },
    ]);
  });

  test.each([
    ['../x.txt', 'x.yaml', '`../x.txt` leaves the project'],
    ['..', 'x.yaml', '`..` leaves the project'],
    ['a/../../x.txt', 'x.yaml', '`a/../../x.txt` leaves the project'],
    ['../../x.txt', 'a/x.yaml', '`../../x.txt` leaves the project'],
    ['../x.txt', '../x.yaml', '`../x.txt` leaves the project'],
    ['/etc/passwd', 'x.yaml', '`/etc/passwd` is not a relative path'],
    ['C:/x.txt', 'x.yaml', '`C:/x.txt` is not a relative path'],
    ['a\\b.txt', 'x.yaml', '`a\\b.txt` has a backslash'],
  ])('%s in %s is refused', async (path, yaml, message) => {
    const { collection, diagnostics, feeds } = await read(path, yaml);
    expect([collection, feeds]).toEqual([undefined, []]);
    expect(told(diagnostics)).toEqual([`error ${yaml} RF701 6:13-6:${13 + path.length} ${message}`]);
  });
});

describe('very many lines', () => {
  const bad = (count: number) => Array.from({ length: count }, (_, at) => `bad..${at}\n`).join('');

  test('with errors: the first twenty are shown, the others counted', async () => {
    const { collection, diagnostics } = await readFeed(LIST, `a.example\n${bad(1254)}b.example\n`);
    expect(collection?.indicators.values).toEqual(['a.example', 'b.example']);
    expect(diagnostics).toHaveLength(22);
    expect(told(diagnostics).at(0)).toBe('warning f RF304 2:4-2:6 `bad..0` has an empty label');
    expect(told(diagnostics).slice(-2)).toEqual([
      'warning f RF709 22:4-22:6 … and 1,234 more lines of `f` that are not read',
      'warning test.yaml RF713 6:12-6:13 1,254 of 1,256 lines of `f` are not read',
    ]);
    expect(printPretty(diagnostics)).toContain('22 | bad..20\n   |    ^^\n');
  });

  test('twenty errors: nothing is left to count', async () => {
    expect((await readFeed(LIST, bad(20))).diagnostics).toHaveLength(21);
    expect(told((await readFeed(LIST, bad(20))).diagnostics).at(-1)).toBe(
      'warning test.yaml RF218 1:1-1:1 there are no indicators',
    );
    expect(told((await readFeed(LIST, bad(21))).diagnostics)).toContain(
      'warning f RF709 21:4-21:6 … and 1 more line of `f` that is not read',
    );
  });

  test('half of them lost is told of the feed, a few never', async () => {
    const lost = async (good: number, count: number) => {
      const text = Array.from({ length: good }, (_, at) => `a${at}.example\n`).join('') + bad(count);
      const { diagnostics, feeds } = await readFeed(LIST, text);
      expect(feeds.map((feed) => feed.lost)).toEqual([count]);
      return diagnostics.some(({ code }) => code === 'RF713');
    };
    expect(await lost(0, 20)).toBe(false);
    expect(await lost(30, 30)).toBe(false);
    expect(await lost(30, 31)).toBe(true);
  });

  test('with remarks: counted apart', async () => {
    const text = Array.from({ length: 30 }, (_, at) => `*.a${at}.example\n`).join('');
    const { collection, diagnostics } = await readFeed(LIST, `${text}${bad(1)}`);
    expect(collection?.indicators.size).toBe(30);
    expect(told(diagnostics).slice(20)).toEqual([
      'warning f RF709 21:1-21:14 … and 10 more lines of `f` that are read with such remarks',
      'warning f RF304 31:4-31:6 `bad..0` has an empty label',
    ]);
  });

  test('that are listed before: one hint a feed, with the first of them', async () => {
    const lines = Array.from({ length: 1000 }, (_, at) => `a${at}.example\n`).join('');
    const feeds = `  - {path: f, ${LIST}, status: revoked}\n  - {path: g, ${LIST}, confidence: 90}\n`;
    const records = 'indicators: [{domain: a7.example, status: historical}]\n';
    const { collection, diagnostics } = await readYaml(`${HEAD}${records}feeds:\n${feeds}`, {
      f: lines,
      g: `b.example\n${lines}`,
    });
    expect(collection?.indicators.size).toBe(1001);
    expect(told(diagnostics)).toEqual([
      'hint test.yaml RF712 7:12-7:13 1 value of `f` is listed before',
      'hint test.yaml RF712 8:12-8:13 1,000 values of `g` are listed before',
    ]);
    expect(
      diagnostics[1]?.related?.map(({ span, message }) => [
        span.file.path,
        span.file.position(span.start),
        message,
      ]),
    ).toEqual([
      ['g', { line: 2, column: 1 }, 'the first of them'],
      ['f', { line: 1, column: 1 }, 'first defined here'],
    ]);
    const set = collection?.indicators;
    const seven = set?.context(set.find('domain', 'a7.example'));
    expect([seven?.status, seven?.confidence]).toEqual(['revoked', 90]);
    // The line of the other feed is not kept: its place is shown alone.
    expect(printPretty(diagnostics)).toContain(
      ' ::: g:2:1\n  |\n2 | a0.example\n  | ---------- the first of them\n  |\n ::: f:1:1 first defined here\n  |\n  = why',
    );
  });
});

test('a feed without a value is told', async () => {
  for (const [keys, text] of [
    [LIST, ''],
    [LIST, '# a.example\n\n'],
    ['format: csv', 'domain,tags\n'],
    ['format: csv', ''],
    ['format: ndjson', '\n'],
  ] as const) {
    const { collection, diagnostics } = await readYaml(
      `${HEAD}indicators: [{ip: 192.0.2.1}]\nfeeds: [{path: f, ${keys}}]\n`,
      {
        f: text,
      },
    );
    expect(collection?.indicators.size).toBe(1);
    expect(told(diagnostics)).toEqual(['warning test.yaml RF710 6:16-6:17 `f` holds no value']);
  }
});

test('what stops a feed is an error at its path, and the other feeds are read', async () => {
  const feeds = `  - {path: f, ${LIST}}\n  - {path: g, ${LIST}}\n`;
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0]);
  const { collection, diagnostics, feeds: read } = await readFeeds(feeds, { f: utf16, g: 'bad..1\n' });
  expect(collection).toBeUndefined();
  expect(told(diagnostics)).toEqual([
    'warning g RF304 1:4-1:6 `bad..1` has an empty label',
    'error test.yaml RF120 6:12-6:13 `f` is UTF-16',
  ]);
  expect(read.map(({ path }) => path)).toEqual(['g']);
});

test('in every format the chunks of the bytes never matter', async () => {
  const value = fc.constantFrom(
    'a[.]example',
    'b.example',
    '*.c.example',
    'bad..x',
    'é.example',
    '😀',
    '192.0.2.1',
    '"',
    '""',
    '#',
    '\t',
    ' ',
    ',',
    '\0',
    '{"domain": "j.example"}',
    '0.0.0.0 h.example',
  );
  const end = fc.constantFrom('\n', '\r\n', '');
  const text = fc
    .array(
      fc.tuple(value, end).map((parts) => parts.join('')),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  const keys = fc.constantFrom(LIST, 'format: hosts', 'format: csv, columns: {domain: d}', 'format: ndjson');
  await fc.assert(
    fc.asyncProperty(keys, text, fc.array(fc.nat(200)), async (how, rows, ends) => {
      const outcome = async (cuts: readonly number[]) => {
        const { collection, diagnostics } = await readFeed(how, `d,e\n${rows}`, cuts);
        return [listed(collection?.indicators), told(diagnostics), printPretty(diagnostics)];
      };
      expect(await outcome(ends)).toEqual(await outcome([]));
    }),
    { numRuns: 1000 },
  );
});
