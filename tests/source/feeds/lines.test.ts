import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../compiler/source/feeds/feed-error.ts';
import { type Line, MOST_BYTES, readBlocks } from '../../../compiler/source/feeds/lines.ts';
import { bytesOf, chunksOf } from './help.ts';

async function linesOf(bytes: string | Uint8Array, ends: Iterable<number> = []): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const block of readBlocks('f', chunksOf(bytesOf(bytes), ends))) {
    const { ascii, text } = block;
    expect(ascii !== undefined).toBe(!block.problem && /^[\0-\x7f]*$/.test(text));
    if (ascii) expect(new TextDecoder().decode(ascii.bytes)).toBe(text);
    for (let from = 0; from <= block.text.length; ) {
      const to = block.lineEnd(from);
      lines.push(block.lineOf(lines.length + 1, from));
      from = to + 1;
    }
  }
  return lines;
}

/** `number@start text`, with the code and place of a problem. */
const told = ({ number, start, text, problem }: Line) =>
  `${number}@${start} ${text}${problem ? ` ${problem.code}:${problem.at}` : ''}`;

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? bytesOf(part) : part)]));

describe('lines', () => {
  const cases: [about: string, bytes: string | Uint8Array, lines: string[]][] = [
    ['of an empty file: none', '', []],
    ['end with LF, the last one also without', 'a\n\nb', ['1@0 a', '2@2 ', '3@3 b']],
    ['end with CRLF', 'a\r\nb\r\n', ['1@0 a', '2@3 b']],
    ['a CR alone is a character', 'a\rb\r', ['1@0 a\rb']],
    ['after a byte order mark', '\uFEFFa\n\uFEFFb', ['1@0 a', '2@2 \uFEFFb']],
    ['of a byte order mark alone: none', '\uFEFF', []],
    ['of one and of two bytes', 'ab', ['1@0 ab']],
    ['count UTF-16 units', 'é😀\nb', ['1@0 é😀', '2@4 b']],
    ['with a NUL', 'a\nb\0\nc', ['1@0 a', '2@2 b\0 RF121:1', '3@5 c']],
    ['not UTF-8', bytes('a\nb', [0xe9], 'c\nd\n'), ['1@0 a', '2@2 b\uFFFDc RF120:1', '3@6 d']],
    ['a character cut off by the end', bytes('a', [0xc3]), ['1@0 a\uFFFD RF120:1']],
    [
      'a character cut off by the line',
      bytes([0xc3], '\n', [0xa9]),
      ['1@0 \uFFFD RF120:0', '2@2 \uFFFD RF120:0'],
    ],
  ];
  test.each(cases)('%s', async (_, input, lines) => {
    expect((await linesOf(input)).map(told)).toEqual(lines);
  });

  test('longer than 64 KiB are cut, and what follows is read', async () => {
    for (const end of ['\n', '\r\n']) {
      const text = [
        'a',
        'x'.repeat(MOST_BYTES),
        'y'.repeat(MOST_BYTES + 1),
        'é'.repeat(MOST_BYTES / 2 + 1),
        'b',
      ].join(end);
      const lines = await linesOf(text);
      expect(lines.map(({ problem }) => problem?.code)).toEqual([
        undefined,
        undefined,
        'RF704',
        'RF704',
        undefined,
      ]);
      expect(lines.map((line) => line.text.length)).toEqual([1, MOST_BYTES, 200, 200, 1]);
      expect(lines.map((line) => text.slice(line.start, line.start + line.text.length))).toEqual(
        lines.map((line) => line.text),
      );
    }
  });

  test.each([
    ['UTF-16', [0xff, 0xfe, 0x61, 0], 'RF120', '`f` is UTF-16'],
    ['UTF-16, the other way round', [0xfe, 0xff, 0, 0x61], 'RF120', '`f` is UTF-16'],
    ['gzip', [0x1f, 0x8b, 8], 'RF703', '`f` is gzip data'],
  ])('%s is no text', async (_, input, code, message) => {
    const error = await linesOf(Uint8Array.from(input), [1]).catch((one) => one);
    expect(error).toBeInstanceOf(FeedError);
    expect(error.diagnostic).toMatchObject({ code, message });
  });
});

describe('where chunks end never matters', () => {
  const piece = fc.oneof(
    fc.constantFrom('a', '\n', '\r\n', '\r', 'é', '😀', '\uFEFF', '\0', '# c').map(bytesOf),
    fc.uint8Array({ maxLength: 3 }),
  );
  const few = fc.array(piece, { maxLength: 40 }).map((parts) => bytes(...parts.map((part) => [...part])));

  test('in any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(few, fc.array(fc.nat(120)), async (input, ends) => {
        const outcome = (cuts: Iterable<number>) =>
          linesOf(input, cuts).catch((error: FeedError) => error.diagnostic);
        expect(await outcome(ends)).toEqual(await outcome([]));
        expect(await outcome(input.keys())).toEqual(await outcome([]));
      }),
      { numRuns: 1000 },
    );
  });

  test('around 64 KiB', async () => {
    const length = fc.integer({ min: MOST_BYTES - 3, max: MOST_BYTES + 3 });
    const broken = fc.constantFrom<number[]>([], [0xe9], [0xc3], [0xf0, 0x9f]);
    const end = fc.constantFrom('\n', '\r\n', '');
    const cuts = fc.array(fc.integer({ min: MOST_BYTES - 5, max: MOST_BYTES + 9 }));
    await fc.assert(
      fc.asyncProperty(length, broken, end, cuts, async (size, tail, lineEnd, ends) => {
        const input = bytes('a\n', 'x'.repeat(size - tail.length), tail, lineEnd, 'b\n');
        const whole = await linesOf(input);
        expect(await linesOf(input, ends)).toEqual(whole);
        const long = size + (lineEnd === '' ? 1 : 0) > MOST_BYTES;
        expect(whole[1]?.problem?.code).toBe(long ? 'RF704' : tail.length > 0 ? 'RF120' : undefined);
      }),
      { numRuns: 200 },
    );
  });

  test('and texts without bad lines are split as JavaScript splits them', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r\n', ' ') });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60)), async (written, ends) => {
        const expected = written.split(/\r?\n/);
        if (expected.at(-1) === '') expected.pop();
        const found = await linesOf(written, ends);
        expect(found.map((line) => line.text)).toEqual(expected);
        for (const line of found) expect(written.startsWith(line.text, line.start)).toBe(true);
      }),
    );
  });
});
