/**
 * Indicators of Microsoft Defender for Endpoint: the CSV files of “Manage indicators”, and the bodies of “Import Indicators
 * API” (learn.microsoft.com/defender-endpoint).
 */

import { isIPv4, isIPv6 } from 'node:net';
import * as z from 'zod/mini';
import { csvRows } from './csv-rows.ts';
import { wrongName } from './host-name.ts';
import type { Parsed } from './parsed.ts';

export interface DefenderIndicator {
  type: string;
  value: string;
  action: string;
  severity: string;
  title: string;
  description: string;
  expires: string;
  techniques: string;
}

const HEADER =
  'indicatorType,indicatorValue,expirationTime,action,severity,title,description,recommendedActions,rbacGroups,category,mitretechniques,GenerateAlert';
const BATCH = 500;
const SEVERITIES = ['Informational', 'Low', 'Medium', 'High'] as const;
/** Those of network indicators; `BlockAndRemediate` is for files and certificates. */
const ACTIONS = ['Allowed', 'Audit', 'Block', 'Warn'] as const;
/** Eight groups without leading zeros: “specify all 8 segments”. */
const FULL_IPV6 = /^(?:0|[1-9a-f][0-9a-f]{0,3})(?::(?:0|[1-9a-f][0-9a-f]{0,3})){7}$/;

/** What is wrong with a value of each type. */
const TYPES: Readonly<Record<string, (text: string) => string | undefined>> = {
  FileMd5: (text) => (/^[0-9a-f]{32}$/.test(text) ? undefined : 'not an MD5'),
  FileSha1: (text) => (/^[0-9a-f]{40}$/.test(text) ? undefined : 'not a SHA-1'),
  FileSha256: (text) => (/^[0-9a-f]{64}$/.test(text) ? undefined : 'not a SHA-256'),
  IpAddress: (text) =>
    isIPv4(text) || (isIPv6(text) && FULL_IPV6.test(text)) ? undefined : 'not an address, IPv6 in full',
  DomainName: wrongName,
  Url: wrongUrl,
};

/** Nothing that the documentation does not tell of: a user, a port, a query; and no whole site or folder. */
function wrongUrl(text: string): string | undefined {
  const plain = /^https?:\/\/([a-z0-9._-]+)\/[^?#\s]*[^?#\s/]$/.exec(text);
  return plain && !text.slice(8).includes('@') ? undefined : 'not a plain URL with a path';
}

/** The types that each tab of the portal imports. */
const TABS: Readonly<Record<string, readonly string[]>> = {
  files: ['FileSha1', 'FileSha256'],
  addresses: ['IpAddress'],
  domains: ['DomainName', 'Url'],
};

/** Reads one CSV file for a tab: `files`, `addresses` or `domains`. */
export function parseDefenderCsv(tab: string, text: string): Parsed<DefenderIndicator> {
  const problems: string[] = [];
  const entries: DefenderIndicator[] = [];
  const [header, ...rows] = csvRows(text);
  if (header?.fields.join(',') !== HEADER) problems.push('1: not the columns of Defender');
  for (const { line, fields } of rows) {
    const [type = '', value = '', expires = '', action = '', severity = '', title = '', description = ''] =
      fields;
    const [recommended, groups, category, techniques = '', alert] = fields.slice(7);
    const entry = { type, value, action, severity, title, description, expires, techniques };
    const wrong =
      (fields.length !== 12 && `${fields.length} fields`) ||
      (!TABS[tab]?.includes(type) && `no ${type} in the tab ${tab}`) ||
      wrongEntry(entry) ||
      (expires !== '' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.0Z$/.test(expires) && 'not a time') ||
      (!/^(?:T\d{4}(?:\.\d{3})?(?:,T\d{4}(?:\.\d{3})?)*)?$/.test(techniques) && 'not techniques') ||
      (`${recommended}${groups}${category}` !== '' && 'more than we say') ||
      (alert !== 'True' && 'no alert');
    if (wrong) problems.push(`${line}: ${wrong}`);
    entries.push(entry);
  }
  problems.push(...ofAll(entries));
  return { entries, problems };
}

const INDICATOR = z.strictObject({
  indicatorValue: z.string(),
  indicatorType: z.string(),
  action: z.enum(ACTIONS),
  generateAlert: z.literal(true),
  severity: z.enum(SEVERITIES),
  expirationTime: z.optional(z.iso.datetime()),
  application: z.string().check(z.minLength(1)),
  title: z.string(),
  description: z.string(),
  rbacGroupNames: z.array(z.string()),
});
const BODY = z.strictObject({ Indicators: z.array(INDICATOR).check(z.maxLength(BATCH)) });

/** Reads one body of the interface. */
export function parseDefenderBody(text: string): Parsed<DefenderIndicator> {
  const read = BODY.safeParse(JSON.parse(text));
  if (!read.success)
    return {
      entries: [],
      problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    };
  const entries = read.data.Indicators.map((one) => ({
    type: one.indicatorType,
    value: one.indicatorValue,
    action: one.action,
    severity: one.severity,
    title: one.title,
    description: one.description,
    expires: one.expirationTime ?? '',
    techniques: '',
  }));
  const wrong = entries.map((entry, at) => [at, wrongEntry(entry)] as const).filter(([, what]) => what);
  return { entries, problems: [...wrong.map(([at, what]) => `${at}: ${what}`), ...ofAll(entries)] };
}

function wrongEntry({
  type,
  value,
  action,
  severity,
  title,
  description,
}: DefenderIndicator): string | undefined {
  const check = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!check) return `no type ${type}`;
  if (!(ACTIONS as readonly string[]).includes(action)) return `no action ${action}`;
  if (!(SEVERITIES as readonly string[]).includes(severity)) return `no severity ${severity}`;
  if (title === '' || description === '') return 'no title, or no description';
  return check(value);
}

/** What is wrong with all of a file. */
function ofAll(entries: readonly DefenderIndicator[]): string[] {
  const problems: string[] = [];
  if (entries.length > BATCH) problems.push(`more than ${BATCH} indicators`);
  if (new Set(entries.map(({ value }) => value)).size < entries.length) problems.push('a duplicate');
  return problems;
}
