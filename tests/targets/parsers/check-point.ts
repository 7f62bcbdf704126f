/**
 * A strict reader of custom intelligence feeds, by sk132193 and "Supported Indicator Files" of the Threat Prevention
 * administration guide (Check Point R81.20): the CSV of the Check Point format.
 */

import { address, type Check, email, hashOf, hostname, ipv4, range, webUrl } from './list-grammar.ts';

const COLUMNS = ['UNIQ-NAME', 'VALUE', 'TYPE', 'CONFIDENCE', 'SEVERITY', 'PRODUCT', 'COMMENT'];
const DEGREES = ['low', 'medium', 'high', 'critical'];

/** What a value of each type looks like. Types are compared without case. */
const TYPES: Readonly<Record<string, Check>> = {
  url: webUrl,
  domain: hostname,
  ip: (text) => (ipv4(text) ? 'not an IPv4 address' : address(text)),
  'ip range': (text) => ipv4(text) ?? range(text),
  md5: hashOf('md5'),
  sha1: hashOf('sha1'),
  sha256: hashOf('sha256'),
  'mail-from': email,
  'mail-to': email,
  'mail-cc': email,
  'mail-reply-to': email,
  'mail-subject': (text) => (text === '' ? 'an empty subject' : undefined),
};

/** One observable. */
export interface Observable {
  name: string;
  value: string;
  type: string;
  confidence: string;
  severity: string;
  product: string;
  comment: string;
}

/** The observables of a feed, and what the gateway would refuse: `line: what is wrong`. */
export function parseFeed(text: string): { observables: Observable[]; problems: string[] } {
  const observables: Observable[] = [];
  const problems: string[] = [];
  if (text.includes('\r')) problems.push('lines end in more than a line feed');
  if (!text.endsWith('\n')) problems.push('the last line has no end');
  const lines = text.split('\n').slice(0, -1);
  if (!lines.includes(`# ${COLUMNS.join(',')}`)) problems.push('no header with the names of the columns');
  const names = new Set<string>();
  const values = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line.startsWith('#')) continue;
    const fields = fieldsOf(line);
    const wrong = fields ? wrongRecord(fields, names, values) : 'text beside quotes';
    if (wrong) problems.push(`${at + 1}: ${wrong}`);
    const [name = '', value = '', type = '', confidence = '', severity = '', product = '', comment = ''] =
      fields ?? [];
    names.add(name);
    values.add(`${type} ${value}`);
    observables.push({ name, value, type, confidence, severity, product, comment });
  }
  return { observables, problems };
}

/** The fields of a record of RFC 4180 that is one line. */
function fieldsOf(line: string): string[] | undefined {
  const fields = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/gu) ?? [];
  if (fields.join(',') !== line) return undefined;
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

function wrongRecord(
  fields: readonly string[],
  names: ReadonlySet<string>,
  values: ReadonlySet<string>,
): string | undefined {
  if (fields.length !== COLUMNS.length) return `${fields.length} fields`;
  const [name, value, type, confidence, severity, product, comment] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if (name === '' || value === '' || type === '') return 'a mandatory field is empty';
  if (names.has(name)) return 'a name that is taken';
  if (values.has(`${type} ${value}`)) return 'a duplicate';
  const check = TYPES[type.toLowerCase()];
  if (!check) return `no type \`${type}\``;
  if (confidence !== '' && !DEGREES.includes(confidence)) return `no confidence \`${confidence}\``;
  if (severity !== '' && !DEGREES.includes(severity)) return `no severity \`${severity}\``;
  if (!['', 'AV', 'AB'].includes(product)) return `no product \`${product}\``;
  if (type.toLowerCase() === 'md5' && product === 'AB') return 'Anti-Bot does not process MD5';
  return /[\p{Cc}\u2028\u2029]/u.test(comment) ? 'a control character' : check(value);
}
