/** Simple indicators of Cortex XDR in CSV, from the page “Insert Simple Indicators, CSV” of its REST API. */

import { isIPv4 } from 'node:net';
import { csvRows } from './csv-rows.ts';
import { wrongName } from './host-name.ts';
import type { Parsed } from './parsed.ts';

export interface CortexIndicator {
  indicator: string;
  type: string;
  severity: string;
  /** Milliseconds since 1970, or `Never`. */
  expiration: string;
  comment: string;
  reputation: string;
}

const HEADER = 'indicator,type,severity,expiration_date,comment,reputation';

/** What is wrong with an indicator of each type. */
const TYPES: Readonly<Record<string, (text: string) => string | undefined>> = {
  HASH: (text) => (/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/.test(text) ? undefined : 'neither an MD5 nor a SHA-256'),
  IP: (text) => (isIPv4(text) ? undefined : 'not an IPv4 address'),
  DOMAIN_NAME: wrongName,
  FILENAME: (text) => (/^[^\\/:*?"<>|]+$/.test(text) ? undefined : 'not the name of a file'),
  PATH: (text) => (/^(?:[A-Za-z]:\\|\\\\|\/|%)./.test(text) ? undefined : 'not a full path'),
};
const SEVERITIES = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const REPUTATIONS = ['GOOD', 'BAD', 'SUSPICIOUS', 'UNKNOWN'];
/** A file that is uploaded by hand has at most so many indicators. */
const MOST = 20_000;
/** 2001 to 2286: epochs of thirteen digits, in milliseconds. */
const EPOCH = /^1[0-9]{12}$|^[2-9][0-9]{12}$/;

/** Reads one file. */
export function parseCortex(text: string): Parsed<CortexIndicator> {
  const problems: string[] = [];
  const entries: CortexIndicator[] = [];
  const [header, ...rows] = csvRows(text);
  if (header?.fields.join(',') !== HEADER) problems.push('1: not the columns of Cortex XDR');
  if (rows.length > MOST) problems.push(`more than ${MOST} indicators`);
  const seen = new Set<string>();
  for (const { line, fields } of rows) {
    const [indicator = '', type = '', severity = '', expiration = '', comment = '', reputation = ''] = fields;
    const entry = { indicator, type, severity, expiration, comment, reputation };
    const wrong = fields.length !== 6 ? `${fields.length} fields` : wrongEntry(entry);
    if (wrong) problems.push(`${line}: ${wrong}`);
    else if (seen.has(`${type} ${indicator}`)) problems.push(`${line}: a duplicate`);
    seen.add(`${type} ${indicator}`);
    entries.push(entry);
  }
  return { entries, problems };
}

function wrongEntry({
  indicator,
  type,
  severity,
  expiration,
  reputation,
}: CortexIndicator): string | undefined {
  const check = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!check) return `no type ${type}`;
  if (/^\s|\s$|\p{Cc}/u.test(indicator)) return 'a blank at an end, or a control character';
  if (!SEVERITIES.includes(severity)) return `no severity ${severity}`;
  if (expiration !== 'Never' && !EPOCH.test(expiration))
    return 'an expiration that is no time in milliseconds';
  if (!REPUTATIONS.includes(reputation)) return `no reputation ${reputation}`;
  return check(indicator);
}
