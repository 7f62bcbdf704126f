/** What the tests of this folder share. */

import type { Diagnostic } from '../../../compiler/diagnostics/diagnostic.ts';
import { SourceFile } from '../../../compiler/diagnostics/source-file.ts';
import type { IndicatorSet } from '../../../compiler/indicators/set.ts';
import type { FeedFiles } from '../../../compiler/source/feeds/feed-files.ts';
import { readCollection } from '../../../compiler/source/records.ts';
import { placed } from '../help.ts';

/** What is before `feeds` in the files that these helpers make. */
export const HEAD = `refang: 1
reports: {r: {title: R, author: A, published: 2025-01-01}}
actors: {a: {name: A, kind: group}, b: {name: B, kind: group}}
defaults: {status: active, confidence: 80, severity: high, tlp: clear, tags: [all]}
`;

/** Bytes in chunks that end at these offsets. Each is written over when the next is asked for, as files are read. */
export async function* chunksOf(bytes: Uint8Array, ends: Iterable<number> = []): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const end of [...ends].sort((a, b) => a - b)) {
    if (end <= start || end >= bytes.length) continue;
    const chunk = bytes.slice(start, end);
    yield chunk;
    chunk.fill(GONE);
    start = end;
  }
  if (start < bytes.length) yield bytes.slice(start);
}

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? new TextEncoder().encode(text) : text;
}

const GONE = 0x21;

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Reads a file of indicators, `test.yaml` or another, and feeds by path. */
export function readYaml(
  text: string,
  files: Files,
  { ends = [] as readonly number[], path = 'test.yaml' } = {},
) {
  const memory: FeedFiles = {
    open: (name) => ({ chunks: chunksOf(bytesOf(files[name] ?? ''), ends), sha256: () => `hash of ${name}` }),
    fromRoot: (name) => name,
  };
  return readCollection([new SourceFile(path, text)], memory);
}

/** Reads these items of `feeds`, from `  - ` on. */
export function readFeeds(feeds: string, files: Files, options = {}) {
  return readYaml(`${HEAD}feeds:\n${feeds}`, files, options);
}

/** Reads one feed `f` with these keys, in flow style, and this text. */
export function readFeed(keys: string, text: string | Uint8Array, ends: readonly number[] = []) {
  return readFeeds(`  - {path: f, ${keys}}\n`, { f: text }, { ends });
}

/** `kind value file:line:column` of each indicator. */
export function listed(set: IndicatorSet | undefined): string[] {
  return (set?.values ?? []).map((value, index) => {
    const { file, start } = (set as IndicatorSet).origin(index);
    const { line, column } = file.position(start);
    return `${set?.kind(index)} ${value} ${file.path}:${line}:${column}`;
  });
}

/** `warning f RF303 3:6-3:7 message`. */
export function told(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((one) => `${one.severity} ${one.span?.file.path} ${placed(one)} ${one.message}`);
}
