/** Python's own reader of comma-separated values, strict. */

import { execFileSync } from 'node:child_process';

const SCRIPT =
  'import csv, json, sys\nprint(json.dumps(list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))))';

/** The rows of a file, each by the names of its columns. */
export function pythonRows(path: string): Record<string, string>[] {
  return JSON.parse(execFileSync('python3', ['-c', SCRIPT, path], { encoding: 'utf8' }));
}
