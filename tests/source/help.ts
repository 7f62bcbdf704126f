/** What the tests of this folder share. */

import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { SourceFile } from '../../compiler/diagnostics/source-file.ts';
import type { FeedFiles } from '../../compiler/source/feeds/feed-files.ts';
import { readCollection } from '../../compiler/source/records.ts';

const HEAD =
  'refang: 1\ndefaults: {status: active, confidence: 80, severity: high, tlp: clear}\nindicators:\n';

/** Reads records, given from their first dash on, below a head that is complete. */
export function readRecords(records: string) {
  return readFiles([new SourceFile('test.yaml', HEAD + records)]);
}

/** Reads files that name no feeds. */
export function readFiles(files: readonly SourceFile[]) {
  return readCollection(files, NO_FEEDS);
}

const NO_FEEDS: FeedFiles = {
  open: (path) => {
    throw new Error(`there is no feed ${path}`);
  },
  fromRoot: (path) => path,
};

/** `RF201 4:5-4:11`: code, start, end. */
export function placed({ code, span }: Diagnostic): string {
  if (!span) return code;
  const start = span.file.position(span.start);
  const end = span.file.position(span.end);
  return `${code} ${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** The stretch of the file that a diagnostic points at. */
export function pointedAt({ span }: Diagnostic): string | undefined {
  return span?.file.text.slice(span.start, span.end);
}
