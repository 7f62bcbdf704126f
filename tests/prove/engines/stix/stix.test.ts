import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { stix } from '../../../../compiler/prove/engines/stix/stix.ts';
import { engineTest } from '../../../engines/require.ts';
import { writeFiles } from '../../files.ts';

const FILE = 'refang.stix.json';
const stixTest = await engineTest('stix');

const golden = readFileSync(
  fileURLToPath(new URL(`../../../../templates/stix/golden/${FILE}`, import.meta.url)),
  'utf8',
);
const one = {
  domain: "\"[domain-name:value = 'live.example'",
  until: '"valid_from": "2025-01-15T00:00:00.000Z",',
};

const faults: readonly [about: string, from: string | RegExp, to: string, says: RegExp][] = [
  ['an id that is no UUID', /"indicator--\w{8}/, '"indicator--x', /does not match the id format/],
  ['an id of another type', /"id": "indicator--/, '"id": "malware--', /does not start with/],
  [
    'modified before created',
    /"modified": "2025/,
    '"modified": "2024',
    /'modified' .* must be later than or equal to 'created'/,
  ],
  [
    'valid_until at valid_from',
    one.until,
    `${one.until}\n"valid_until": "2025-01-15T00:00:00.000Z",`,
    /'valid_until' .* must be later than 'valid_from'/,
  ],
  [
    'a quote that ends the string',
    one.domain,
    `${one.domain}'`,
    /Pattern failed to validate|PatternError|no viable|mismatched|extraneous/,
  ],
  ['half a pattern', one.domain, "\"domain-name:value = 'live.example'", /FAIL|no viable|mismatched|Pattern/],
  [
    'a backslash of a path that is not doubled',
    'C:\\\\\\\\ProgramData',
    'C:\\\\ProgramData',
    /token recognition|Pattern|no viable/,
  ],
  [
    'a marking that is not there',
    /, \{ "type": "marking-definition".*\n/,
    '',
    /'object_marking_refs' refers to marking-definition--94868c89/,
  ],
  [
    'an actor that is not there',
    /"target_ref": "intrusion-set--1/,
    '"target_ref": "intrusion-set--2',
    /'target_ref' refers to intrusion-set--2/,
  ],
  [
    'an object twice',
    /"id": "indicator--[^"]*"/g,
    '"id": "indicator--d98307a9-701b-5cec-b35f-64a59e956c47"',
    /is there twice|duplicate/i,
  ],
  ['a relation that STIX does not know', '"indicates"', '"betrays"', /relationship/],
  ['a word that is not of the vocabulary', '"malicious-activity"', '"very-bad"', /indicator_types/],
  ['a property of our own', '"confidence": 90', '"severity": "high", "confidence": 90', /severity/],
  ['confidence above 100', '"confidence": 90', '"confidence": 101', /confidence/],
  ['a day for a moment', one.until, one.until.replace('T00:00:00.000Z', ''), /valid_from/],
  ['no pattern', /"pattern": .*\n/, '', /'pattern'/],
  ['a bundle that breaks off', /\]\s*\}\s*$/, '', /./],
];

stixTest('a good bundle passes, and each planted fault is told', async () => {
  const faulty = faults.map(([, from, to]) => golden.replace(from, to));
  const files = writeFiles(
    Object.fromEntries([golden, ...faulty].map((text, at) => [`${at}/${FILE}`, text])),
  );
  const { problems } = await stix.load(files);
  const saidOf = (at: number) => problems.filter(({ file }) => file === files[at]).map((one) => one.message);
  expect(saidOf(0)).toEqual([]);
  for (const [at, [about, , , says]] of faults.entries()) {
    expect(faulty[at], about).not.toBe(golden);
    expect(saidOf(at + 1).join('\n'), about).toMatch(says);
  }
});
