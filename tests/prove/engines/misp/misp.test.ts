import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { misp } from '../../../../compiler/prove/engines/misp/misp.ts';
import { engineTest } from '../../../engines/require.ts';
import { filesBelow } from '../../../temporary.ts';
import { writeFiles } from '../../files.ts';

type Files = Readonly<Record<string, string>>;

const mispTest = await engineTest('misp');

const golden = filesBelow(fileURLToPath(new URL('../../../../templates/misp/golden', import.meta.url)));
const name = Object.keys(golden).find((path) => path.includes('-')) as string;

const faults: readonly [about: string, file: string, from: string | RegExp, to: string, says: RegExp][] = [
  ['a type that is none', name, '"domain"', '"domains"', /there is no type 'domains'/],
  [
    'a category that is none',
    name,
    '"Network activity"',
    '"Network"',
    /the type 'domain' is not of the category 'Network'/,
  ],
  [
    'a type of another category',
    name,
    '"Network activity"',
    '"Other"',
    /'domain' is not of the category 'Other'/,
  ],
  ['one part of two', name, '203.0.113.77|8443', '203.0.113.77', /has two parts/],
  ['three parts', name, 'invoice.exe|0', 'in|voice.exe|0', /has two parts/],
  ['a number for a text', name, /"timestamp": "(\d+)"/, '"timestamp": $1', /is not of type 'string'/],
  ['a field that MISP does not know', name, '"to_ids"', '"ids"', /Additional properties/],
  [
    'an identifier twice',
    name,
    /"uuid": "[^"]+",\n {8}"type"/g,
    '"uuid": "7c5339cf-37b4-5079-a1d2-dac6b93b7860",\n        "type"',
    /is there 29 times/,
  ],
  [
    'last seen before first seen',
    name,
    '"last_seen": "2025-01-14',
    '"last_seen": "2024-01-14',
    /last_seen|first_seen/,
  ],
  ['an event without its publisher', name, /"Orgc": .*\n/, '', /Orgc/],
  [
    'a value that the hashes do not know',
    name,
    'live.example',
    'dead.example',
    /no value has the hash .*\nthe hash of a value is missing/,
  ],
  ['a digit of a hash', 'hashes.csv', /^./, 'x', /no value has the hash x/],
  ['a hash too few', 'hashes.csv', /^.*\n/, '', /hash of a value is missing/],
  [
    'another time in the index',
    'manifest.json',
    '"timestamp": "1',
    '"timestamp": "2',
    /is not what PyMISP makes of the event: timestamp/,
  ],
  [
    'another tag in the index',
    'manifest.json',
    'tlp:clear',
    'tlp:red',
    /is not what PyMISP makes of the event: Tag/,
  ],
  [
    'an event that the index does not know',
    'manifest.json',
    /^[\s\S]*$/,
    '{}',
    /is not what PyMISP makes of the event/,
  ],
  ['a file of another name', name, /"uuid": "ec7f/, '"uuid": "ec70', /has another name/],
  ['a file that breaks off', name, /\}\s*$/, '', /Expecting/],
];

mispTest('the golden feed passes, and each planted fault is told', async () => {
  const feeds = [golden, ...faults.map(([, file, from, to]) => planted(golden, file, from, to))];
  const { problems } = await misp.load(
    feeds.flatMap((feed, at) =>
      writeFiles(Object.fromEntries(Object.entries(feed).map(([path, text]) => [`${at}/${path}`, text]))),
    ),
  );
  const told = (at: number) =>
    problems.filter(({ file }) => file.includes(`/${at}/`)).map(({ message }) => message);
  expect(told(0)).toEqual([]);
  for (const [at, [about, , , , says]] of faults.entries())
    expect(told(at + 1).join('\n'), about).toMatch(says);
});

/** A feed with one text of one file replaced. */
function planted(feed: Files, file: string, from: string | RegExp, to: string): Files {
  const text = feed[file] as string;
  const faulty = text.replace(from, to);
  expect(faulty).not.toBe(text);
  return { ...feed, [file]: faulty };
}
