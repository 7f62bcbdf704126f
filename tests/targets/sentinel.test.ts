/**
 * The bodies of the Microsoft Sentinel target: one whole, what it cannot say, a strict schema, and OASIS's own checks
 * of the objects.
 */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stix } from '../../compiler/prove/engines/stix/stix.ts';
import { engineTest } from '../engines/require.ts';
import { folderWith } from '../temporary.ts';
import { buildFiles } from './build-one.ts';
import { expectFaults } from './faults.ts';
import { compileFile, EXAMPLE, HOSTILE, REPORT } from './list-files.ts';
import { parseSentinelBody } from './parsers/sentinel.ts';

/** The bodies among the files of a build. */
function bodiesOf(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => path.startsWith('upload-')));
}

/** The only body. */
function bodyOf(files: ReadonlyMap<string, string>): string {
  const bodies = bodiesOf(files);
  expect([...bodies.keys()]).toEqual(['upload-1.json']);
  return bodies.get('upload-1.json') as string;
}

const stixTest = await engineTest('stix');

test('the body whole', async () => {
  const { files } = await buildFiles(
    'sentinel',
    String.raw`  - {domain: host.example, note: "say \"x\"\n\\", expires: 2026-03-31, attack: T1071.004, tags: ["a\"b"], references: https://www.example.com/x}
`,
  );
  const report = 'Names of "the" group\nlocal-zone: "x." refuse';
  expect(JSON.parse(bodyOf(files))).toEqual({
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

test('names below a domain are found by the queries, so it counts as said; networks and ports by them alone', async () => {
  const { files, fateOf } = await buildFiles(
    'sentinel',
    '  - domain: host.example\n  - cidr: 198.51.100.0/25\n  - endpoint: host.example:443\n',
  );
  for (const value of ['host.example', '198.51.100.0/25', 'host.example:443'])
    expect(await fateOf(value)).toBe('emitted');
  expect(parseSentinelBody(bodyOf(files)).entries.map(({ value }) => value)).toEqual(['host.example']);
});

test('what the product cannot say has its reason', async () => {
  const { fateOf } = await buildFiles('sentinel', HOSTILE);
  expect(await fateOf('ab'.repeat(64))).toBe(
    'unsupported the tables of Sentinel and Defender hold MD5, SHA-1 and SHA-256',
  );
  expect(await fateOf('Global\\*')).toBe(
    'unsupported no table of Sentinel or Defender holds it in a column of its own',
  );
});

test('an indicator that is taken back is sent once more, with the id that it had', async () => {
  const record = (status: string) => `  - {ip: 192.0.2.1, status: ${status}}\n`;
  const before = await buildFiles('sentinel', record('active'));
  const after = await buildFiles('sentinel', record('revoked'));
  const entries = [before, after].map(({ files }) => parseSentinelBody(bodyOf(files)).entries);
  expect(entries.map(([entry]) => entry?.revoked)).toEqual([false, true]);
  expect(entries[0]?.[0]?.id).toBe(entries[1]?.[0]?.id);
  expect(await after.fateOf('192.0.2.1')).toBe('emitted');
});

test('a body has at most 100 objects', async () => {
  const domains = Array.from({ length: 101 }, (_, at) => `n${at}.example`).join(', ');
  const { files } = await buildFiles('sentinel', `  - ip: 192.0.2.1\n  - domain: [${domains}]\n`);
  const read = [...bodiesOf(files)].map(([path, text]) => [path, parseSentinelBody(text)] as const);
  expect(read.map(([path, { entries, problems }]) => [path, entries.length, problems])).toEqual([
    ['upload-1.json', 100, []],
    ['upload-2.json', 2, []],
  ]);
});

/** Networks, ports and names of files are for the queries alone. */
function hasObject(value: string): boolean {
  return /^[a-z]+:\/\//.test(value) || !/\/|[\d.]-[\d.]|\]?:\d{2,5}$|\.exe$/.test(value);
}

/** The objects of bodies as a bundle. */
function bundleOf(bodies: Iterable<string>): string {
  const objects = [...bodies].flatMap((text) => JSON.parse(text).stixobjects);
  return JSON.stringify({ type: 'bundle', id: 'bundle--c61cbbd1-1a5f-5c5c-9d5e-2f5a3b9f2d0b', objects });
}

describe('a strict schema', () => {
  test.each([EXAMPLE, REPORT])('takes what %s makes, and finds what is said in it', async (file) => {
    const { files, said } = await compileFile('sentinel', file);
    const read = [...bodiesOf(files).values()].map(parseSentinelBody);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(read.flatMap(({ entries }) => entries.map(({ value }) => value)).sort()).toEqual(
      said.filter(hasObject),
    );
  });

  stixTest('and the checks of OASIS take the objects, hostile ones as well', async () => {
    const bodies = [
      (await compileFile('sentinel', EXAMPLE)).files,
      (await compileFile('sentinel', REPORT)).files,
      (await buildFiles('sentinel', HOSTILE)).files,
    ];
    for (const files of bodies) {
      const texts = [...bodiesOf(files).values()];
      for (const text of texts) expect(parseSentinelBody(text).problems).toEqual([]);
      const folder = folderWith({ 'refang.stix.json': bundleOf(texts) });
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
    const { files } = await buildFiles(
      'sentinel',
      '  - ip: 192.0.2.1\n  - {url: "http://host.example/it\'s", expires: 2026-03-31}\n',
    );
    expectFaults(parseSentinelBody, bodyOf(files), [
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
