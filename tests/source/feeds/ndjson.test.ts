import { expect, test } from 'vitest';
import { listed, readFeed, told } from './help.ts';

test('records with the keys of an indicator, kinds mixed; a number keeps its digits, null says nothing', async () => {
  const text = [
    '{"domain": ["a[.]example", "b.example"], "ip": "192.0.2.1", "tags": ["x"], "note": null}',
    '',
    '  {"hash":12345678901234567890123456789012,"confidence":7,"tags":["y",null]} ',
    '{"file": {"name": "😀.exe", "md5": "00112233445566778899aabbccddeeff"}, "user_agent": "\\u0045vil"}',
  ].join('\r\n');
  const { collection, diagnostics } = await readFeed('format: ndjson, tags: [feed], confidence: 30', text);
  expect(diagnostics).toEqual([]);
  const set = collection?.indicators;
  expect(listed(set)).toEqual([
    'domain a.example f:1:14',
    'domain b.example f:1:29',
    'ip 192.0.2.1 f:1:49',
    'hash 12345678901234567890123456789012 f:3:11',
    'hash 00112233445566778899aabbccddeeff f:4:37',
    'user_agent Evil f:4:88',
  ]);
  expect(
    set?.contexts.map(({ confidence, tags, file, file_name }) => [confidence, tags, file, file_name]),
  ).toEqual([
    [30, ['all', 'feed', 'x'], -1, undefined],
    [30, ['all', 'feed', 'x'], -1, undefined],
    [30, ['all', 'feed', 'x'], -1, undefined],
    [7, ['all', 'feed', 'y'], -1, undefined],
    [30, ['all', 'feed'], 0, '😀.exe'],
    [30, ['all', 'feed'], -1, undefined],
  ]);
});

test('each bad line is told at its place and not read', async () => {
  const rows = [
    ['{"domain": "good.example"}', undefined],
    ['{"domain": "a.example"', 'RF707 2:23-2:23 the line is not a JSON object: it ends too early'],
    ['["a.example"]', 'RF707 3:1-3:14 the line is JSON, but not an object'],
    ['"a.example"', 'RF707 4:2-4:11 the line is JSON, but not an object'],
    ['{"domian": "a.example"}', 'RF201 5:3-5:9 `domian` is not a key of a record'],
    ['{"tags": "x"}', 'RF210 6:1-6:14 the record holds no indicator'],
    ['{"domain": "a.exa mple"}', 'RF303 7:18-7:19 `a.exa mple` is not a domain name: it holds a space'],
    // The line is taken whole or not at all.
    [
      '{"domain": ["a.example", "192.0.2.1"]}',
      'RF302 8:27-8:36 `192.0.2.1` is an IP address, not a domain name',
    ],
    ['{"domain": {"a": 1}}', 'RF203 9:12-9:20 a map stands where text or a list should be'],
    ['{"domain": []}', 'RF209 10:12-10:14 `domain` is empty'],
    ['{"domain": ""}', 'RF301 11:13-11:13 the value is empty'],
    [
      '{"domain": "a.example", "confidence": "80"}',
      'RF203 12:40-12:42 `80` stands in quotes where a number should be',
    ],
    ['{"domain": "a.example", "confidence": 101}', 'RF205 13:39-13:42 `101` is out of range: at most 100'],
    ['{"domain": "a.example", "actor": "c"}', 'RF208 14:35-14:36 the actor `c` is not defined'],
    [
      '{"domain": "a.example", "__proto__": {"status": "revoked"}}',
      'RF201 15:26-15:35 `__proto__` is not a key of a record',
    ],
    [
      '{"file": {"sha1": "00112233445566778899aabbccddeeff"}}',
      'RF216 16:20-16:52 a hash of 32 digits stands under `sha1`',
    ],
    ['{"domain": "good.example", "confidence": 90}', undefined],
  ] as const;
  const { collection, diagnostics } = await readFeed('format: ndjson', rows.map(([row]) => row).join('\n'));
  expect(told(diagnostics).filter((one) => !one.startsWith('hint'))).toEqual(
    rows.flatMap(([, finding]) => (finding ? [`warning f ${finding}`] : [])),
  );
  expect(listed(collection?.indicators)).toEqual(['domain good.example f:1:13']);
  expect(collection?.indicators.context(0).confidence).toBe(90);
});

test('a finding of a context is told on each line that has it', async () => {
  const line = (value: string) =>
    `{"domain": "${value}", "first_seen": "2026-01-02", "last_seen": "2026-01-01"}`;
  const { collection, diagnostics } = await readFeed(
    'format: ndjson',
    `${line('a.example')}\n${line('b.example')}\n`,
  );
  expect(collection?.indicators.size).toBe(2);
  expect(told(diagnostics)).toEqual([
    'warning f RF215 1:67-1:77 `last_seen` is before `first_seen`',
    'warning f RF215 2:67-2:77 `last_seen` is before `first_seen`',
  ]);
});
