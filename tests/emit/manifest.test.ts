import { describe, expect, test } from 'vitest';
import { formatManifest, type Manifest, parseManifest } from '../../compiler/emit/manifest.ts';

const COUNTS = { emitted: 1, covered: 2, approximated: 0, withheld: 3, unsupported: 4 };
const MANIFEST: Manifest = {
  refang: '0.1.0',
  inputs: [{ path: 'indicators.yaml', sha256: 'ab' }],
  indicators: 10,
  files: [
    { path: 'zeek/a', target: 'zeek', sha256: 'cd', bytes: 5, entries: 1 },
    { path: 'nftables/b', target: 'nftables', tier: 'watch', sha256: 'ef', bytes: 6, entries: 2 },
  ],
  fates: { zeek: COUNTS, nftables: COUNTS },
};

test('the text: fixed keys, files by path, targets by name', () => {
  expect(formatManifest(MANIFEST)).toBe(`{
  "refang": "0.1.0",
  "inputs": [
    {
      "path": "indicators.yaml",
      "sha256": "ab"
    }
  ],
  "indicators": 10,
  "files": [
    {
      "path": "nftables/b",
      "target": "nftables",
      "tier": "watch",
      "sha256": "ef",
      "bytes": 6,
      "entries": 2
    },
    {
      "path": "zeek/a",
      "target": "zeek",
      "sha256": "cd",
      "bytes": 5,
      "entries": 1
    }
  ],
  "fates": {
    "nftables": {
      "emitted": 1,
      "covered": 2,
      "approximated": 0,
      "withheld": 3,
      "unsupported": 4
    },
    "zeek": {
      "emitted": 1,
      "covered": 2,
      "approximated": 0,
      "withheld": 3,
      "unsupported": 4
    }
  }
}
`);
});

test('what is written is read back', () => {
  const text = formatManifest(MANIFEST);
  expect(formatManifest(parseManifest(text) as Manifest)).toBe(text);
});

const FILE = MANIFEST.files[0];
const none: [about: string, text: string][] = [
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a manifest of another program', '{"name": "app", "files": []}'],
  ['without fates', '{"refang": "1", "inputs": [], "files": []}'],
  ['files that are none', '{"refang": "1", "inputs": [], "fates": {}, "files": [null]}'],
  ['without inputs', '{"refang": "1", "fates": {}, "files": []}'],
  ...['../x', '/etc/passwd', 'a/../../x', ''].map((path): [string, string] => [
    `a path that no build writes: ${path}`,
    JSON.stringify({ ...MANIFEST, files: [{ ...FILE, path }] }),
  ]),
];

test.each(none)('is none of ours: %s', (_, text) => {
  expect(parseManifest(text)).toBeUndefined();
});

describe('a manifest of ours that a merge has damaged', () => {
  const text = formatManifest(MANIFEST);
  /** A conflict about a part of the text, in one of git's styles. */
  const conflict = (mine: string, theirs: string, base?: string) =>
    `<<<<<<< HEAD\n${mine}${base === undefined ? '' : `||||||| 1234567\n${base}`}=======\n${theirs}>>>>>>> other\n`;
  const entryOf = (path: string) =>
    formatManifest({ ...MANIFEST, files: [{ ...MANIFEST.files[0], path } as never] });
  const FILES = ['nftables/b', 'zeek/a'];

  const damaged: [about: string, text: string, files: string[], inputs?: string[]][] = [
    [
      'hashes of a file and of the inputs',
      text
        .replace(/.*"cd".*\n/, (line) => conflict(line, line.replace('cd', '00')))
        .replace(/.*"ab".*\n/, (line) => conflict(line, line.replace('ab', '00'), line)),
      FILES,
    ],
    [
      'the version and the counts',
      text
        .replace(/.*"refang.*\n/, (line) => conflict(line, line.replace('0.1', '0.2')))
        .replace(/.*"indicators": .*\n/, (line) => conflict(line, '  "indicators": 11,\n')),
      FILES,
    ],
    [
      'a file that one side has, its target outside of the conflict',
      text.replace(/.*"path": "zeek.a".*\n/, (line) => conflict(line, '      "path": "yara/c",\n')),
      ['nftables/b', 'yara/c', 'zeek/a'],
    ],
    ['the whole text', conflict(text, entryOf('yara/c')), ['nftables/b', 'yara/c', 'zeek/a']],
    [
      'the whole text with the base',
      conflict(text, entryOf('yara/c'), entryOf('yara/old')),
      [...FILES, 'yara/c', 'yara/old'],
    ],
    [
      'an input',
      text.replace(/.*"path": "indicators.yaml".*\n/, (line) =>
        conflict(line, '      "path": "a \\"b\\".yaml",\n'),
      ),
      FILES,
      ['a "b".yaml', 'indicators.yaml'],
    ],
    [
      'line ends',
      conflict(text, entryOf('yara/c')).replaceAll('\n', '\r\n'),
      ['nftables/b', 'yara/c', 'zeek/a'],
    ],
    ['a comma that no side deleted', text.replace('"entries": 1\n    }\n', '"entries": 1\n    },\n'), FILES],
  ];

  test.each(damaged)(
    'is read for the files of both sides: %s',
    (_, merged, files, inputs = ['indicators.yaml']) => {
      const manifest = parseManifest(merged);
      expect(manifest?.damaged).toBe(true);
      expect(manifest?.files.map(({ path }) => path).sort()).toEqual(files.toSorted());
      for (const { path, target } of manifest?.files ?? []) expect(path.startsWith(`${target}/`)).toBe(true);
      expect(manifest?.inputs.map(({ path }) => path)).toEqual(inputs);
    },
  );

  const others: [about: string, text: string][] = [
    ['without a version', conflict(text, text).replaceAll(/.*"refang".*\n/g, '')],
    ['without files', conflict(text, text).replaceAll(/ {6}"path".*\n/g, '')],
    ['with a path that no build writes', conflict(text, entryOf('../x'))],
    ['with a path below no target', conflict(text, entryOf('x'))],
    [
      'that is another program’s',
      '{\n<<<<<<< HEAD\n  "name": "app",\n=======\n  "name": "b",\n>>>>>>> b\n  "files": [\n      "path": "a/b",\n  ]\n}\n',
    ],
  ];

  test.each(others)('is none of ours: %s', (_, merged) => {
    expect(parseManifest(merged)).toBeUndefined();
  });
});
