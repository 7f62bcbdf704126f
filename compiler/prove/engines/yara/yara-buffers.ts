/** The cases as what YARA scans: contents of files that hold a text, or stand-ins for files with a listed hash. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from '../../../indicators/kind.ts';
import type { BehaviourReport, Case } from '../../behaviour.ts';
import { standInFile } from '../../stand-ins.ts';

/** One file that is scanned for one case. */
export interface ScannedBuffer {
  /** The case's id. */
  case: number;
  carrier: string;
  bytes: Uint8Array;
}

type Holder = readonly [before: string, after: string];

const ALONE: Holder = ['', ''];
const QUOTED: Holder = ['name = "', '"\r\n'];

/**
 * What stands before and after a text in real files and is no part of it: ASCII in lines, as in scripts and logs, and
 * UTF-16 between NULs, as programs for Windows keep it. YARA's `ascii` means bytes as they are, which are UTF-8 today.
 */
const CARRIERS: readonly { carrier: string; encoding: BufferEncoding; holder: Holder }[] = [
  { carrier: 'ASCII alone', encoding: 'utf8', holder: ALONE },
  { carrier: 'ASCII on a line', encoding: 'utf8', holder: ['first line\r\n', '\r\nlast line\r\n'] },
  { carrier: 'ASCII in quotes', encoding: 'utf8', holder: QUOTED },
  { carrier: 'UTF-16 alone', encoding: 'utf16le', holder: ALONE },
  { carrier: 'UTF-16 between NULs', encoding: 'utf16le', holder: ['first\0', '\0last\0'] },
  { carrier: 'UTF-16 in quotes', encoding: 'utf16le', holder: QUOTED },
];

const COMPUTED: readonly Kind[] = ['ja3', 'ja3s', 'ja4', 'certificate'];

/** What is scanned for the cases, in their order; a buffer for each carrier. */
export function buffersOf(cases: readonly Case[]): ScannedBuffer[] {
  return cases.flatMap((shown) => {
    if (COMPUTED.includes(shown.kind)) return [];
    return shown.kind === 'hash' ? fileOf(shown) : textsOf(shown);
  });
}

/** No file is known that has a listed hash, so that only stand-ins can be scanned. */
function fileOf({ id, standIn }: Case): ScannedBuffer[] {
  return standIn === undefined ? [] : [{ case: id, carrier: 'file', bytes: standInFile(standIn) }];
}

/** A text with a quote would end the quotes early, and be another text. */
function textsOf({ id, text }: Case): ScannedBuffer[] {
  const carriers = CARRIERS.filter(({ holder }) => holder !== QUOTED || !text.includes('"'));
  return carriers.map(({ carrier, encoding, holder: [before, after] }) => ({
    case: id,
    carrier,
    bytes: Buffer.from(before + text + after, encoding),
  }));
}

/** Those kinds of the cases that no file holds. */
export function notInFiles(cases: readonly Case[]): BehaviourReport['notCarried'] {
  return COMPUTED.filter((kind) => cases.some((shown) => shown.kind === kind)).map((kind) => ({
    kind,
    why: 'it is computed from what is sent and does not stand in a file',
  }));
}

/** Writes the buffers as files named by their place in the list. Answers with their folder, which holds nothing else. */
export async function writeBuffers(folder: string, buffers: readonly ScannedBuffer[]): Promise<string> {
  const path = join(folder, 'buffers');
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  for (const [number, { bytes }] of buffers.entries()) await writeFile(join(path, String(number)), bytes);
  return path;
}
