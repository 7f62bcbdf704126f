import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../compiler/source/feeds/feed-error.ts';
import { NodeFeedFiles } from '../../compiler/source/node-feeds.ts';
import { folderWith } from '../temporary.ts';

/** What is read of a file, and its hash; or what is wrong. */
async function outcome(folder: string, path: string) {
  const { chunks, sha256 } = new NodeFeedFiles(folder, folder).open(path);
  const read: Uint8Array[] = [];
  try {
    for await (const chunk of chunks) read.push(Uint8Array.from(chunk));
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return `${error.diagnostic.code} ${error.diagnostic.message}`;
  }
  return { bytes: Buffer.concat(read), sha256: sha256() };
}

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('reads a file and tells its hash, also when asked twice', async () => {
  const folder = folderWith({ 'f.txt': 'a.example\n' });
  expect(await outcome(folder, 'f.txt')).toEqual({
    bytes: Buffer.from('a.example\n'),
    sha256: sha256Of(Buffer.from('a.example\n')),
  });
  const { chunks, sha256 } = new NodeFeedFiles(folder, folder).open('f.txt');
  for await (const _ of chunks);
  expect(sha256()).toBe(sha256());
});

test('a large file comes in blocks, which hold until the next is asked for', async () => {
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * 7) % 251);
  const folder = folderWith({});
  writeFileSync(join(folder, 'f.bin'), bytes);
  const { chunks, sha256, size } = new NodeFeedFiles(folder, folder).open('f.bin');
  let read = 0;
  let blocks = 0;
  for await (const chunk of chunks) {
    expect(Buffer.compare(chunk, bytes.subarray(read, read + chunk.length))).toBe(0);
    read += chunk.length;
    blocks += 1;
  }
  expect([read, size, sha256()]).toEqual([1_000_000, 1_000_000, sha256Of(bytes)]);
  expect(blocks).toBeGreaterThan(1);
});

describe('gzip', () => {
  test('is read as what it holds; the hash is that of the file', async () => {
    const folder = folderWith();
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(2_000_000).map((size) => new Uint8Array(size)),
    );
    await fc.assert(
      fc.asyncProperty(contents, fc.boolean(), async (bytes, twice) => {
        // Several members one after the other are one file (RFC 1952, 2.2).
        const half = twice ? bytes.length >> 1 : 0;
        const zipped = Buffer.concat(
          [bytes.subarray(0, half), bytes.subarray(half)].map((part) => gzipSync(part)),
        );
        writeFileSync(join(folder, 'f.gz'), zipped);
        const read = await outcome(folder, 'f.gz');
        if (typeof read === 'string') throw new Error(read);
        expect([read.bytes.equals(bytes), read.sha256]).toEqual([true, sha256Of(zipped)]);
      }),
      { numRuns: 50 },
    );
  });

  test('is whole or an error', async () => {
    const folder = folderWith();
    const zipped = gzipSync(Buffer.from('a.example\n'.repeat(100_000)));
    const cases: [bytes: Uint8Array, expected: string][] = [
      [Buffer.from('a.example\n'), 'RF703 `f.gz` is damaged, or not gzip data'],
      [zipped.subarray(0, zipped.length - 1), 'RF703 `f.gz` ends too early'],
      [zipped.subarray(0, 100), 'RF703 `f.gz` ends too early'],
      [zipped.with(zipped.length - 5, 0x55), 'RF703 `f.gz` is damaged, or not gzip data'],
      [Buffer.concat([zipped, Buffer.from('more')]), 'RF703 `f.gz` is damaged, or not gzip data'],
      [Buffer.alloc(0), 'RF703 `f.gz` ends too early'],
    ];
    const found: unknown[] = [];
    for (const [bytes] of cases) {
      writeFileSync(join(folder, 'f.gz'), bytes);
      found.push(await outcome(folder, 'f.gz'));
    }
    expect(found).toEqual(cases.map(([, expected]) => expected));
  });
});

describe('what cannot be opened', () => {
  test.each([
    ['nothing.txt', 'RF122 `nothing.txt` does not exist'],
    ['nothing.gz', 'RF122 `nothing.gz` does not exist'],
    ['f.txt/x', 'RF122 `f.txt/x` does not exist'],
    ['folder', 'RF123 `folder` is a folder'],
    ['a\0b', 'RF123 `a\0b` cannot be read: ERR_INVALID_ARG_VALUE'],
  ])('%j', async (path, message) => {
    const folder = folderWith({ 'f.txt': '' });
    mkdirSync(join(folder, 'folder'));
    expect(await outcome(folder, path)).toBe(message);
  });
});

test('paths are those of messages; from the root they may differ', () => {
  const root = folderWith({ 'a/f.txt': '' });
  const files = new NodeFeedFiles(root, join(root, 'a'));
  expect(['f.txt', '../b.txt', '../../c.txt'].map((path) => files.fromRoot(path))).toEqual([
    'a/f.txt',
    'b.txt',
    '../c.txt',
  ]);
});
