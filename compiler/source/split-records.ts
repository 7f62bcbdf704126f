/** A file of indicators as two: the list under `indicators`, which may be long, and what stands around it. */

import type { SourceFile } from '../diagnostics/source-file.ts';
import { bytesOfText, type Mark, type StoredBytes, StoredFile } from '../diagnostics/stored-file.ts';
import { RecordBlock } from './record-block.ts';
import { isOfLines, parseClean } from './yaml.ts';
import { entryOf, hasEmptyKey, isEmpty, type MapNode, moveBehind } from './yaml-tree.ts';

/** The key of the list, alone on its line. Lines end as in YAML, which `^` and `.` do not know. */
const KEY_LINE = /(?:^|\n)(indicators: *\r?\n)/;
/** Blank lines and comments, then the dash of the first record behind its indentation. */
const FIRST_DASH = /(?: *(?:#[^\n]*)?\r?\n)*( *)- /y;

/** Bytes that are read at once. */
const SIZE = 1 << 18;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file whose records are not in its tree. */
export interface SplitFile {
  /** All but the records: the list of `indicators` is empty. */
  root: MapNode;
  records: RecordBlock;
}

/** What stands above a list. */
interface Head {
  text: string;
  /** UTF-16 offsets: of the key, and of the line behind it. */
  keyStart: number;
  start: number;
  /** Where the line of the first dash begins, and the column of that. */
  first: Mark;
  column: number;
}

/**
 * The tree of a file of indicators and its records beside it. Undefined for a file that is written in another way, or
 * of which the parser has something to tell: then all of it is to be parsed as one. `size`: so many bytes are read at
 * once. Throws UnreadableFile.
 */
export function splitRecords(file: SourceFile, size = SIZE): SplitFile | undefined {
  const stored = file instanceof StoredFile ? file : undefined;
  if (!stored && !isOfLines(file.text)) return undefined;
  const bytes = stored?.bytes ?? bytesOfText(file.text);
  const begin = stored?.first ?? { byte: 0, start: 0, line: 1 };
  const head = findHead(bytes, begin, size);
  if (!head || !isOfLines(head.text)) return undefined;
  stored?.mark(begin.byte, begin.start, begin.line);
  const { first, column } = head;
  const records = RecordBlock.open(file, { bytes, first, column, size });
  if (!records) return undefined;
  const { end } = records;
  if (end.byte < bytes.size) stored?.mark(end.byte, end.start, end.line);
  const tail = textOf(bytes, end.byte, bytes.size);
  if (!isOfLines(tail)) return undefined;
  const root = rootOf(head, tail, end.start);
  return root && { root, records };
}

/** The tree of what stands around a list, with places as in the whole. */
function rootOf(
  { text, keyStart, start, first, column }: Head,
  tail: string,
  end: number,
): MapNode | undefined {
  const root = parseClean(text.slice(0, start) + tail);
  if (root?.type !== 'map' || root.flow || hasEmptyKey(root)) return undefined;
  const entry = entryOf(root, 'indicators');
  if (entry?.key.start !== keyStart || !isEmpty(entry.value)) return undefined;
  moveBehind(root, start, end - start);
  entry.value = { type: 'seq', start: first.start + column, end, items: [], flow: false };
  root.end = Math.max(root.end, end);
  return root;
}

/** Finds the first dash under `indicators`. The text is that above its line. */
function findHead(bytes: StoredBytes, { byte }: Mark, size: number): Head | undefined {
  for (let read = size; ; read *= 2) {
    const text = textOf(bytes, byte, Math.min(byte + read, bytes.size));
    const key = KEY_LINE.exec(text);
    FIRST_DASH.lastIndex = key ? key.index + key[0].length : 0;
    const start = FIRST_DASH.lastIndex;
    const dash = key && FIRST_DASH.exec(text);
    if (dash) {
      const column = (dash[1] as string).length;
      const above = text.slice(0, FIRST_DASH.lastIndex - '- '.length - column);
      const first = {
        byte: byte + encoder.encode(above).length,
        start: above.length,
        line: above.split('\n').length,
      };
      return { text: above, keyStart: start - (key[1] as string).length, start, first, column };
    }
    if (byte + read >= bytes.size) return undefined;
  }
}

/** The text of bytes; what they cut of a character is another one. */
function textOf(bytes: StoredBytes, from: number, to: number): string {
  const buffer = new Uint8Array(to - from);
  return decoder.decode(buffer.subarray(0, bytes.read(from, buffer)));
}
