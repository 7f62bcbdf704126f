/** The CSV file of all indicators, strictly as its README promises it. */

import { KINDS } from '../../../compiler/indicators/kind.ts';
import { csvRows } from './csv-rows.ts';

/** What each cell may hold, by column. */
const COLUMNS: Readonly<Record<string, RegExp>> = {
  type: new RegExp(`^(${KINDS.join('|')})$`),
  value: /^.+$/s,
  subdomains: /^(true|false|)$/,
  status: /^(active|historical|revoked)$/,
  confidence: /^(100|[1-9]?\d)$/,
  severity: /^(informational|low|medium|high|critical)$/,
  tlp: /^(clear|green)$/,
  first_seen: /^(\d{4}-\d\d-\d\d)?$/,
  last_seen: /^(\d{4}-\d\d-\d\d)?$/,
  expires: /^(\d{4}-\d\d-\d\d)?$/,
  actors: /^/,
  reports: /^/,
  attack: /^(T\d{4}(\.\d{3})?(; )?)*$/,
  tags: /^/,
  references: /^(\w+:\/\/\S+ ?)*$/,
  of_file: /^/,
  note: /^/,
};

/** What a spreadsheet would run. */
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** What the README tells programs to do with the column `value`. */
export function unguarded(cell: string): string {
  return cell.replace(/^'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '');
}

/** The values of a file. Throws `Error` for what is not as promised. */
export function indicatorsCsvValues(text: string): string[] {
  const [header, ...rows] = csvRows(text);
  const names = Object.keys(COLUMNS);
  if (header?.fields.join() !== names.join()) throw new Error('not the columns');
  return rows.map(({ line, fields }) => {
    if (fields.length !== names.length) throw new Error(`${line}: ${fields.length} cells`);
    for (const [at, name] of names.entries()) {
      const cell = fields[at] as string;
      if (!COLUMNS[name]?.test(cell)) throw new Error(`${line}: ${name} cannot be ${cell}`);
      if (FORMULA.test(cell)) throw new Error(`${line}: ${name} is a formula`);
      if (/[\p{Cc}\u2028\u2029]/u.test(cell)) throw new Error(`${line}: ${name} is more than a line`);
    }
    const [type, value, subdomains] = fields as [string, string, string];
    if ((type === 'domain') === (subdomains === '')) throw new Error(`${line}: subdomains of a ${type}`);
    return unguarded(value);
  });
}
