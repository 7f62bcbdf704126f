/** The CrowdStrike target: a body whole, what it cannot say, and a strict schema made from the client library. */

import { describe, expect, test } from 'vitest';
import { buildFiles, buildOne } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { parseFalconBody } from './parsers/crowdstrike.ts';

test('the body whole', async () => {
  const { text } = await buildOne(
    'crowdstrike',
    String.raw`  - {domain: host.example, note: "say \"x\"\n\\ %", tags: ["a\"b"]}
  - {file: {name: "a\"b.exe", sha256: 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff}, expires: 2026-03-31}
`,
  );
  const common = {
    severity: 'high',
    platforms: ['windows', 'mac', 'linux'],
    applied_globally: true,
  };
  const description =
    'REFANG indicator; Names of "the" group\nlocal-zone: "x." refuse (Example CERT, 2025-01-15)';
  expect(JSON.parse(text)).toEqual({
    comment: 'Refang',
    indicators: [
      {
        type: 'sha256',
        value: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
        action: 'prevent',
        ...common,
        expiration: '2026-03-31T23:59:59Z',
        metadata: { filename: 'a"b.exe' },
        source: 'Refang',
        description,
      },
      {
        type: 'domain',
        value: 'host.example',
        action: 'detect',
        ...common,
        tags: ['a"b'],
        source: 'Refang',
        description: `${description}; say "x"\n\\ %`,
      },
    ],
  });
});

test('a watched file is detected, an active one prevented; names and addresses are always detected', async () => {
  const { text } = await buildOne(
    'crowdstrike',
    `  - hash: 00112233445566778899aabbccddeeff
  - {hash: ff112233445566778899aabbccddeeff, status: historical}
  - {hash: ee112233445566778899aabbccddeeff, confidence: 20}
  - {domain: alone.example, match: exact}
  - ip: 192.0.2.1
`,
  );
  const actions = parseFalconBody(text).entries.map(({ value, action }) => `${value} ${action}`);
  expect(actions.sort()).toEqual([
    '00112233445566778899aabbccddeeff prevent',
    '192.0.2.1 detect',
    'alone.example detect',
    'ee112233445566778899aabbccddeeff detect',
    'ff112233445566778899aabbccddeeff detect',
  ]);
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('crowdstrike', HOSTILE);
  expect(await fateOf('host.example')).toBe(
    'approximated the public documentation promises the listed name alone, so names below it may pass unseen (block)',
  );
  expect(await fateOf('2001:db8::1')).toBe('emitted (block)');
  expect(await fateOf('198.51.100.0/25')).toBe('unsupported an IP indicator of Falcon is one address');
  expect(await fateOf('000102030405060708090a0b0c0d0e0f10111213')).toBe(
    'unsupported Falcon knows files by MD5 and SHA-256',
  );
  expect(await fateOf('http://host.example/page')).toBe(
    'unsupported Falcon has no URL indicators; the host alone would match the whole site',
  );
});

test('a body has at most 200 indicators', async () => {
  const domains = Array.from({ length: 201 }, (_, at) => `n${at}.example`).join(', ');
  const { files } = await buildFiles('crowdstrike', `  - ip: 192.0.2.1\n  - domain: [${domains}]\n`);
  const read = [...files].map(([path, text]) => [path, parseFalconBody(text)] as const);
  expect(read.map(([path, { entries, problems }]) => [path, entries.length, problems])).toEqual([
    ['indicators-1.json', 200, []],
    ['indicators-2.json', 2, []],
  ]);
});

describe('a strict schema', () => {
  test.each([EXAMPLE, REPORT])('takes what %s makes, and finds what is said in it', async (file) => {
    const { files, said } = await compileFile('crowdstrike', file);
    const read = [...files.values()].map(parseFalconBody);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(read.flatMap(({ entries }) => entries.map(({ value }) => value)).sort()).toEqual(said);
  });

  test('takes hostile values, and a file without an indicator', async () => {
    for (const records of [HOSTILE, '  - mutex: a\n']) {
      const { files } = await buildFiles('crowdstrike', records);
      for (const text of files.values()) expect(parseFalconBody(text).problems).toEqual([]);
    }
  });

  test('refuses what the product would', async () => {
    const { text } = await buildOne(
      'crowdstrike',
      '  - domain: [host.example, other.example]\n  - ip: 192.0.2.1\n  - hash: 00112233445566778899aabbccddeeff\n',
    );
    expectFaults(parseFalconBody, text, [
      ['"domain"', '"url"', 'Invalid'],
      ['"detect"', '"block"', 'Invalid'],
      ['"detect"', '"prevent"', 'only files are prevented'],
      ['"high"', '"High"', 'Invalid'],
      ['"windows"', '"win"', 'Invalid'],
      ['"applied_globally": true', '"applied_globally": false', 'Invalid'],
      ['"source": "Refang"', `"source": "${'x'.repeat(257)}"`, 'indicators.0.source'],
      ['"source": "Refang"', '"source": "Refang", "expiration": "2026-03-31"', 'indicators.0.expiration'],
      ['"source": "Refang"', '"source": "Refang", "metadata": {"filename": "x"}', 'only files have a name'],
      ['"source": "Refang"', '"source": "Refang", "score": 1', 'indicators.0:'],
      ['other.example', 'host.example', 'a duplicate'],
      ['other.example', 'other.example/x', 'not a host name'],
      ['192.0.2.1', '192.0.2.0/24', 'not an IPv4 address'],
      ['"md5"', '"sha256"', 'not a SHA-256'],
      ['},', '}', 'JSON'],
    ]);
  });
});
