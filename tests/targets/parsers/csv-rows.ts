/** Comma-separated values as RFC 4180 says, strictly: fields are quoted exactly where they must be. */

/** A row, and where it begins. */
export interface CsvRow {
  line: number;
  fields: string[];
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)/y;

/** All rows. Throws `Error` for text that is no such file. */
export function csvRows(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let line = 1;
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const [whole, quoted, plain, end] = FIELD.exec(text) ?? [];
    if (whole === undefined) throw new Error(`${line}: not a field, or a last line without its end`);
    if (quoted !== undefined && !/[",\n]|^ | $/.test(quoted)) throw new Error(`${line}: quoted for nothing`);
    fields.push(quoted?.replaceAll('""', '"') ?? (plain as string));
    if (end !== '\n') continue;
    rows.push({ line, fields });
    fields = [];
    line += whole.split('\n').length - 1;
  }
  if (fields.length > 0) throw new Error(`${line}: the last line has no end`);
  return rows;
}
