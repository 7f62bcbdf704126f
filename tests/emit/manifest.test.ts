import { expect, test } from 'vitest';
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
