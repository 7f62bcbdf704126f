/** The Microsoft Sentinel target: a body whole, what it cannot say, a strict schema, and OASIS's own checks of the objects. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stix } from '../../compiler/prove/stix.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';
import { buildFiles, buildOne } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { parseSentinelBody } from './parsers/sentinel.ts';

const stixTest = await engineTest('stix');

test('the body whole', async () => {
  const { text } = await buildOne(
    'sentinel',
    String.raw`  - {domain: host.example, note: "say \"x\"\n\\", expires: 2026-03-31, attack: T1071.004, tags: ["a\"b"], references: https://www.example.com/x}
`,
  );
  const report = 'Names of "the" group\nlocal-zone: "x." refuse';
  expect(JSON.parse(text)).toEqual({
    sourcesystem: 'Refang',
    stixobjects: [
      {
        type: 'indicator',
        spec_version: '2.1',
        id: expect.stringMatching(/^indicator--[0-9a-f-]{36}$/),
        created: '2025-01-15T00:00:00.000Z',
        modified: '2025-01-15T00:00:00.000Z',
        name: 'host.example',
        description: `Refang: active indicator. Example CERT, 2025-01-15: ${report}. say "x"\n\\.`,
        indicator_types: ['malicious-activity'],
        pattern: "[domain-name:value = 'host.example']",
        pattern_type: 'stix',
        pattern_version: '2.1',
        valid_from: '2025-01-15T00:00:00.000Z',
        valid_until: '2026-03-31T23:59:59.999Z',
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'command-and-control' }],
        labels: ['status:active', 'severity:high', 'a"b'],
        confidence: 90,
        external_references: [
          { source_name: 'Example CERT', description: report, url: 'https://www.example.com/r' },
          { source_name: 'mitre-attack', external_id: 'T1071.004' },
        ],
        object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
      },
    ],
  });
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('sentinel', HOSTILE);
  expect(await fateOf('host.example')).toBe(
    'approximated Sentinel compares whole names, so names below it pass unseen; the queries of the target kql find them',
  );
  expect(await fateOf('alone.example')).toBe('emitted');
  expect(await fateOf('198.51.100.0/25')).toBe(
    'unsupported Sentinel compares whole addresses: a network would match nothing',
  );
  expect(await fateOf('ab'.repeat(64))).toBe(
    'unsupported the tables that Sentinel matches hold MD5, SHA-1 and SHA-256',
  );
});

test('an indicator that is taken back is sent once more, with the id that it had', async () => {
  const [before, after] = await Promise.all(
    ['active', 'revoked'].map((status) => buildOne('sentinel', `  - {ip: 192.0.2.1, status: ${status}}\n`)),
  );
  const entries = [before, after].map((built) => parseSentinelBody(built?.text as string).entries);
  expect(entries.map(([entry]) => entry?.revoked)).toEqual([false, true]);
  expect(entries[0]?.[0]?.id).toBe(entries[1]?.[0]?.id);
  expect(await after?.fateOf('192.0.2.1')).toBe('emitted');
});

test('a body has at most 100 objects', async () => {
  const domains = Array.from({ length: 101 }, (_, at) => `n${at}.example`).join(', ');
  const { files } = await buildFiles('sentinel', `  - ip: 192.0.2.1\n  - domain: [${domains}]\n`);
  const read = [...files].map(([path, text]) => [path, parseSentinelBody(text)] as const);
  expect(read.map(([path, { entries, problems }]) => [path, entries.length, problems])).toEqual([
    ['upload-1.json', 100, []],
    ['upload-2.json', 2, []],
  ]);
});

/** The objects of bodies as a bundle. */
function bundleOf(bodies: Iterable<string>): string {
  const objects = [...bodies].flatMap((text) => JSON.parse(text).stixobjects);
  return JSON.stringify({ type: 'bundle', id: 'bundle--c61cbbd1-1a5f-5c5c-9d5e-2f5a3b9f2d0b', objects });
}

describe('a strict schema', () => {
  test.each([EXAMPLE, REPORT])('takes what %s makes, and finds what is said in it', async (file) => {
    const { files, said } = await compileFile('sentinel', file);
    const read = [...files.values()].map(parseSentinelBody);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(read.flatMap(({ entries }) => entries.map(({ value }) => value)).sort()).toEqual(said);
  });

  stixTest('and the checks of OASIS take the objects, hostile ones as well', async () => {
    const bodies = [
      (await compileFile('sentinel', EXAMPLE)).files,
      (await compileFile('sentinel', REPORT)).files,
      (await buildFiles('sentinel', HOSTILE)).files,
    ];
    for (const files of bodies) {
      for (const text of files.values()) expect(parseSentinelBody(text).problems).toEqual([]);
      const folder = folderWith({ 'refang.stix.json': bundleOf(files.values()) });
      const { problems } = await stix.load([join(folder, 'refang.stix.json')]);
      // The definitions of TLP are known to all and need not be sent.
      expect(
        problems.filter(
          ({ message }) => !/^indicator--\S+ 'object_marking_refs'.* not in the bundle$/.test(message),
        ),
      ).toEqual([]);
    }
  });

  test('refuses what the interface would', async () => {
    const { text } = await buildOne(
      'sentinel',
      '  - ip: 192.0.2.1\n  - {url: "http://host.example/it\'s", expires: 2026-03-31}\n',
    );
    expectFaults(parseSentinelBody, text, [
      ['"sourcesystem": "Refang"', '"sourcesystem": "Microsoft Sentinel"', 'sourcesystem'],
      ['"stixobjects"', '"indicators"', 'stixobjects'],
      ['"indicator"', '"observable"', 'type'],
      ['"spec_version": "2.1"', '"spec_version": "1.2"', 'spec_version'],
      ['indicator--', 'indicator-', 'id'],
      ['"confidence": 90', '"confidence": 101', 'confidence'],
      ['"pattern": "[ipv4-addr:value', '"pattern": "[ipv4-addr:addr', 'not one comparison'],
      ["it\\\\'s", "it's", 'not one comparison'],
      ["'192.0.2.1']", "'192.0.2.1' OR ipv4-addr:value = '192.0.2.2']", 'not one comparison'],
      ['"created": "2025-01-15T00:00:00.000Z"', '"created": "2025-01-16T00:00:00.000Z"', 'modified before'],
      ['"created": "2025-01-15T00:00:00.000Z"', '"created": "2025-01-15"', 'created'],
      ['"valid_until": "2026', '"valid_until": "2024', 'never valid'],
      ['"labels"', '"score": 1, "labels"', 'stixobjects.0:'],
      ['marking-definition--', 'marking--', 'object_marking_refs'],
    ]);
  });
});
