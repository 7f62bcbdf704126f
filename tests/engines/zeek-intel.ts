/**
 * A strict reader of Zeek intel files, for tests. It decodes cells as Zeek's own reader does, and refuses
 * what Zeek refuses, skips or misreads in silence: a row is only good here if Zeek takes it as it is meant.
 */

import { isIPv4, isIPv6 } from 'node:net';

export interface IntelRow {
  /** 1-based. */
  line: number;
  /** By column name, decoded; columns that are unset (`-`) are absent. */
  cells: Readonly<Record<string, string>>;
}

export interface IntelProblem {
  line: number;
  message: string;
}

const HEADER = '#fields\t';
const REQUIRED = ['indicator', 'indicator_type', 'meta.source'];

/** Reads a whole file. `problems` is empty where every row loads as written. */
export function readZeekIntel(bytes: Uint8Array): { rows: IntelRow[]; problems: IntelProblem[] } {
  const rows: IntelRow[] = [];
  const problems: IntelProblem[] = [];
  const text = decodeUtf8(bytes);
  if (text === undefined) return { rows, problems: [{ line: 1, message: 'not UTF-8' }] };
  // Anything before it, a byte order mark too, and Zeek loads nothing or shifts every cell.
  if (!text.startsWith(HEADER)) {
    return { rows, problems: [{ line: 1, message: 'the first bytes are not "#fields" and a tab' }] };
  }
  const lines = text.split('\n');
  if (lines.pop() !== '') problems.push({ line: lines.length + 1, message: 'no line break at the end' });
  const columns = (lines[0] as string).slice(HEADER.length).split('\t');
  for (const message of columnFaults(columns)) problems.push({ line: 1, message });

  const seen = new Map<string, number>();
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    if (line === 1) continue;
    if (content.startsWith('#')) {
      for (const message of commentFaults(content, columns)) problems.push({ line, message });
      continue;
    }
    const raw = content.split('\t');
    const faults = content === '' ? ['empty line'] : rowFaults(raw, columns);
    const cells = decodeCells(raw, columns);
    if (faults.length === 0) {
      // Zeek compares indicators without case, sources with it, and keeps the last of two.
      const key = [asciiLower(cells.indicator ?? ''), cells.indicator_type, cells['meta.source']].join('\0');
      const first = seen.get(key);
      if (first) faults.push(`the same indicator, type and source as line ${first}`);
      else seen.set(key, line);
    }
    for (const message of faults) problems.push({ line, message });
    if (faults.length === 0) rows.push({ line, cells });
  }
  return { rows, problems };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function columnFaults(columns: readonly string[]): string[] {
  const faults: string[] = [];
  for (const name of REQUIRED) if (!columns.includes(name)) faults.push(`no column ${name}`);
  for (const [index, name] of columns.entries()) {
    // Zeek ignores a column it does not know, in silence.
    if (!(name in COLUMNS)) faults.push(`unknown column ${JSON.stringify(name)}`);
    if (columns.indexOf(name) !== index) faults.push(`column ${name} twice`);
  }
  return faults;
}

/** Comments are fine, but neither a second header nor a row whose indicator begins with "#" is one. */
function commentFaults(content: string, columns: readonly string[]): string[] {
  if (content.startsWith('#fields')) return ['a second header'];
  if (content.split('\t').length === columns.length) return ['a row that Zeek reads as a comment'];
  return [];
}

function rowFaults(raw: readonly string[], columns: readonly string[]): string[] {
  if (raw.length !== columns.length) return [`${raw.length} cells where the header has ${columns.length}`];
  const faults: string[] = [];
  for (const [index, column] of columns.entries()) {
    const cell = raw[index] as string;
    const fault = cellFault(cell) ?? (cell === '-' ? unsetFault(column) : COLUMNS[column]?.(decode(cell)));
    if (fault) faults.push(`${column}: ${fault}`);
  }
  if (faults.length > 0) return faults;
  const cells = decodeCells(raw, columns);
  const fault = TYPES[cells.indicator_type ?? '']?.(cells.indicator ?? '');
  return fault ? [`indicator: ${fault}`] : [];
}

/** What no cell may be, whatever its column. */
function cellFault(cell: string): string | undefined {
  if (cell === '') return 'empty';
  if (/^\s|\s$/.test(cell)) return 'a blank at the edge';
  if (/[\u0000-\u001f\u007f]/.test(cell)) return 'a control character';
  // Zeek takes it as it stands, where others would read an escape such as a tab's.
  if (/\\(?!x[0-9a-fA-F]{2})/.test(cell)) return 'a backslash that begins no \\xHH';
  return undefined;
}

function unsetFault(column: string): string | undefined {
  return REQUIRED.includes(column) ? 'unset' : undefined;
}

/** Only `\xHH` is an escape. It stands for a byte, so that a character may take several. */
function decode(cell: string): string {
  return cell.replace(/(?:\\x[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}

function decodeCells(raw: readonly string[], columns: readonly string[]): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const cell = raw[index];
    if (cell !== undefined && cell !== '-') cells[column] = decode(cell);
  }
  return cells;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Says what is wrong with a decoded value; `undefined` where nothing is. */
type Check = (value: string) => string | undefined;

const anything: Check = () => undefined;
const matches =
  (pattern: RegExp, otherwise: string): Check =>
  (value) =>
    pattern.test(value) ? undefined : otherwise;

const bool = matches(/^[TF]$/, 'neither T nor F');

const COLUMNS: Readonly<Record<string, Check>> = {
  indicator: anything,
  indicator_type: (value) => (value in TYPES ? undefined : `unknown type ${JSON.stringify(value)}`),
  'meta.source': anything,
  'meta.desc': anything,
  'meta.url': anything,
  'meta.do_notice': bool,
  'meta.remove': bool,
  'meta.whitelist': bool,
  'meta.if_in': matches(/^[A-Z]\w*::IN_[A-Z_]+$/, 'no place where Zeek sees indicators'),
  // A date such as 2026-01-01 would be read as the number 2026, long past.
  'meta.expires': matches(/^[1-9]\d{8,10}$/, 'no time in seconds since 1970'),
};

const LABEL = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const HOST = new RegExp(`^(?:${LABEL}\\.)+${LABEL}$`, 'i');
const domain: Check = (value) => (value.length <= 253 && HOST.test(value) ? undefined : 'no domain');

const TYPES: Readonly<Record<string, Check>> = {
  'Intel::ADDR': address,
  'Intel::SUBNET': subnet,
  'Intel::DOMAIN': (value) => (isIPv4(value) ? 'an address' : domain(value)),
  'Intel::URL': url,
  'Intel::EMAIL': email,
  'Intel::FILE_HASH': matches(/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i, 'no MD5, SHA-1 or SHA-256'),
  'Intel::CERT_HASH': matches(/^[0-9a-f]{40}$/i, 'no SHA-1'),
  'Intel::PUBKEY_HASH': matches(/^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/i, 'no MD5 with colons'),
  'Intel::FILE_NAME': matches(/^[^/]+$/, 'a path'),
  'Intel::SOFTWARE': anything,
  'Intel::USER_NAME': anything,
};

/** Zeek reads leading zeros as decimal, and stores `::` for what it can't read. Only the usual spelling is good. */
function address(value: string): string | undefined {
  if (isIPv4(value)) return undefined;
  if (!isIPv6(value) || value.includes('%')) return 'no address';
  if (/^::ffff:/i.test(value)) return 'an IPv4 address written as IPv6';
  return new URL(`http://[${value}]/`).hostname === `[${value}]` ? undefined : 'not the usual spelling';
}

/** What Zeek can't read here it takes for `::/0`, and every connection is a hit. */
function subnet(value: string): string | undefined {
  const [, network, digits] = /^([^/]+)\/([1-9]\d{0,2})$/.exec(value) ?? [];
  if (!network) return 'no network with a length above 0';
  const fault = address(network);
  if (fault) return fault;
  const length = Number(digits);
  const bits = addressBits(network);
  if (length > bits.length) return `a length above ${bits.length}`;
  return bits.slice(length).includes('1') ? 'host bits are set' : undefined;
}

/** 32 or 128 digits, 0 and 1. */
function addressBits(value: string): string {
  if (isIPv4(value))
    return value
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  const [head = '', tail] = value.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const zeros = 8 - groups(head).length - groups(tail ?? '').length;
  const all = [
    ...groups(head),
    ...Array<string>(tail === undefined ? 0 : zeros).fill('0'),
    ...groups(tail ?? ''),
  ];
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}

/** Host, port where it is not 80, path. Only a request through a proxy is seen with `http://`. */
function url(value: string): string | undefined {
  const [, host, port] = /^(?:http:\/\/)?(\[[^\]]+\]|[^/:]+)((?::\d+)*)\//.exec(value) ?? [];
  if (/^(?!http:)[a-z][a-z0-9+.-]*:\/\//i.test(value)) return 'a scheme';
  if (!host) return 'no host and path';
  if (port === ':80') return 'the port 80, which Zeek leaves out';
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return isIPv4(bare) || isIPv6(bare) ? undefined : domain(host);
}

function email(value: string): string | undefined {
  const at = value.lastIndexOf('@');
  if (at < 1 || /[\s<>]/.test(value)) return 'no e-mail address';
  return domain(value.slice(at + 1));
}
