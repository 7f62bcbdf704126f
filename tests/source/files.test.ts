import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expandGlob } from '../../compiler/source/files.ts';
import { NodeFileReader } from '../../compiler/source/node-files.ts';
import { coreScalar } from '../../compiler/source/plain.ts';
import { placed } from './help.ts';

let root = '';
let reader: NodeFileReader;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'refang-'));
  reader = new NodeFileReader(root);
  mkdirSync(join(root, 'feeds/deep/er'), { recursive: true });
  for (const path of [
    'a.yaml',
    'b.yml',
    '.hidden.yaml',
    'feeds/c.yaml',
    'feeds/deep/d.yaml',
    'feeds/deep/er/e.yaml',
    'feeds/x.txt',
  ])
    writeFileSync(join(root, path), 'refang: 1\n');
});

afterAll(() => rmSync(root, { recursive: true }));

function bytes(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

describe('reading', () => {
  test('drops a byte order mark, and places are right', () => {
    writeFileSync(join(root, 'bom.yaml'), bytes([0xef, 0xbb, 0xbf], 'a: b\n'));
    const { file } = reader.read('bom.yaml');
    expect(file?.text).toBe('a: b\n');
    expect(file?.position(3)).toEqual({ line: 1, column: 4 });
    expect(file?.path).toBe('bom.yaml');
  });

  const wrong: [name: string, content: Buffer, told: string, message: string][] = [
    ['Latin-1', bytes('a: caf', [0xe9], ' x\nb: c\n'), 'RF120 1:7-1:8', 'the byte 0xE9 is not UTF-8'],
    ['a lonely byte', bytes('a\nb😀é', [0xff], 'x'), 'RF120 2:4-2:5', 'the byte 0xFF is not UTF-8'],
    [
      'a cut sequence at the end',
      bytes('a: ', [0xf0, 0x9f, 0x98]),
      'RF120 1:4-1:5',
      'the byte 0xF0 is not UTF-8',
    ],
    ['half a surrogate pair', bytes('ab', [0xed, 0xa0, 0x80]), 'RF120 1:3-1:4', 'the byte 0xED is not UTF-8'],
    ['UTF-16', bytes([0xff, 0xfe, 0x61, 0x00]), 'RF120', '`wrong` is UTF-16'],
  ];
  test.each(wrong)('refuses %s', (_name, content, told, message) => {
    writeFileSync(join(root, 'wrong'), content);
    const { file, diagnostics } = reader.read('wrong');
    expect(file).toBeUndefined();
    expect(diagnostics.map((one) => [placed(one), one.message])).toEqual([[told, message]]);
  });

  test('tells a missing file and a folder', () => {
    expect(reader.read('none.yaml').diagnostics).toEqual([
      { code: 'RF122', severity: 'error', message: '`none.yaml` does not exist' },
    ]);
    expect(reader.read('a.yaml/b').diagnostics[0]?.code).toBe('RF122');
    expect(reader.read('feeds').diagnostics[0]).toMatchObject({
      code: 'RF123',
      message: '`feeds` is a folder',
    });
    expect(reader.readBytes('none.yaml').bytes).toBeUndefined();
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'tells a file that may not be read (skipped for root)',
    () => {
      writeFileSync(join(root, 'secret.yaml'), 'x');
      chmodSync(join(root, 'secret.yaml'), 0);
      expect(reader.read('secret.yaml').diagnostics[0]).toMatchObject({
        code: 'RF123',
        message: '`secret.yaml` may not be read',
      });
    },
  );

  test('lists a folder, sorted, and nothing where there is none', () => {
    expect(reader.list('feeds')).toEqual([
      { name: 'c.yaml', folder: false },
      { name: 'deep', folder: true },
      { name: 'x.txt', folder: false },
    ]);
    expect(reader.list('none')).toEqual([]);
    expect(reader.list('a.yaml')).toEqual([]);
    expect([reader.exists('feeds'), reader.exists('a.yaml'), reader.exists('none')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test.each([
  ['a.yaml', ['a.yaml']],
  ['./a.yaml', ['a.yaml']],
  ['none.yaml', []],
  ['*.yml', ['b.yml']],
  ['feeds/*.yaml', ['feeds/c.yaml']],
  ['feeds/*', ['feeds/c.yaml', 'feeds/x.txt']],
  ['feeds/**/*.yaml', ['feeds/c.yaml', 'feeds/deep/d.yaml', 'feeds/deep/er/e.yaml']],
  ['**/d.yaml', ['feeds/deep/d.yaml']],
  ['feeds/d*p/*.yaml', ['feeds/deep/d.yaml']],
  ['feeds/**', ['feeds/c.yaml', 'feeds/deep/d.yaml', 'feeds/deep/er/e.yaml', 'feeds/x.txt']],
])('the glob %s', (pattern, paths) => {
  expect(expandGlob(reader, pattern)).toEqual(paths);
});

test('an absolute glob', () => {
  expect(expandGlob(reader, `${root}/feeds/*.yaml`)).toEqual([`${root}/feeds/c.yaml`]);
});

test.each([
  ['1', 1],
  ['-7', -7],
  ['0x1F', 31],
  ['0o17', 15],
  ['1.50', 1.5],
  ['1e3', 1000],
  ['true', true],
  ['FALSE', false],
  ['~', null],
  ['.inf', Number.POSITIVE_INFINITY],
  ['yes', 'yes'],
  ['0x', '0x'],
  ['1_000', '1_000'],
  ['2025-01-01', '2025-01-01'],
])('the core schema reads %s', (text, value) => {
  const node = { type: 'scalar', start: 0, end: text.length, text } as const;
  expect(coreScalar({ ...node, style: 'plain' })).toBe(value);
  expect(coreScalar({ ...node, style: 'single-quoted' })).toBe(text);
});
