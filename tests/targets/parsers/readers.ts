/** The strict reader of each target that has one: of all its files at once, as a table for tests of every target. */

import type { Kind } from '../../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../../compiler/indicators/kinds.ts';
import { parseAdguard } from './adguard.ts';
import { parseFirewallRules } from './aws-network-firewall.ts';
import { readContent } from './content-manager.ts';
import { parseCortex } from './cortex-xdr.ts';
import { parseFalconBody } from './crowdstrike.ts';
import { csvRows } from './csv-rows.ts';
import { parseDefenderBody, parseDefenderCsv } from './defender.ts';
import { checkDocument } from './ecs.ts';
import { readRules } from './elastic-rules.ts';
import { readEql } from './eql.ts';
import { parseHosts } from './hosts.ts';
import { indicatorsCsvValues } from './indicators-csv.ts';
import { jsonlValues } from './jsonl.ts';
import { parseKql } from './kql.ts';
import { LIST_PARSERS, type ListParser } from './list-parsers.ts';
import { parsePfRules, parsePfTable } from './pf.ts';
import { parseDomainList } from './route53.ts';
import { parseRouterOs } from './routeros.ts';
import { parseSentinelBody } from './sentinel.ts';
import { readConf } from './splunk-conf.ts';
import { parseCdbList, parseWazuhRules, wrongAddressKey, wrongHashKey } from './wazuh.ts';

type Files = ReadonlyMap<string, string>;

export interface Reader {
  /** The texts that files say; throws, or tells `problems`, for what the product would refuse. */
  read(files: Files): { values: string[]; problems: string[] };
  /** How the files spell a value; undefined for one that stands in none as itself. As it is where this is left out. */
  spelling?(kind: Kind, value: string): string | readonly string[] | undefined;
  /** Of the targets that answer with values: the others (merged addresses, patterns) are read for problems alone. */
  answers: boolean;
}

/** A reader of a target whose files are read one by one. */
function each<T>(
  parse: (name: string, text: string) => { entries: readonly T[]; problems: readonly string[] },
  toValue: (entry: T) => string,
  spelling?: Reader['spelling'],
): Reader {
  return {
    answers: true,
    ...(spelling && { spelling }),
    read(files) {
      const read = [...files].map(([name, text]) => [name, parse(name, text)] as const);
      return {
        values: read.flatMap(([, { entries }]) => entries.map(toValue)),
        problems: read.flatMap(([name, { problems }]) => problems.map((problem) => `${name}:${problem}`)),
      };
    },
  };
}

const bare = (value: string) => value.replace(/^(?:\*\.|\^|https?:\/\/)/, '');
const list = (parse: ListParser, spell: (text: string) => string = (text) => text): Reader =>
  each(parse, spell, (_, value) => spell(value));

/** An IPv6 address in its short form. */
function shortAddress(text: string): string {
  const read = KIND_MODULES.ip.parse(text);
  return read.ok ? read.value : text;
}

/** A network as its first and last address. */
function firstToLast(network: string): string {
  const { first, last } = KIND_MODULES.cidr.describe(network);
  return `${first}-${last}`;
}

/** A range as the networks that cover it. */
function inNetworks(kind: Kind, value: string): string | readonly string[] {
  return kind === 'cidr' && value.includes('-')
    ? (KIND_MODULES.cidr.describe(value).cidrs as readonly string[])
    : value;
}

/** The lines of a file, each with its end. */
const linesOf = (text: string) => text.split('\n').slice(0, -1);

/** The names of the documents in a bulk file, where every second line is an action. */
function ecsNames(text: string): unknown[] {
  const documents = linesOf(text).filter((_, at) => at % 2 === 1);
  return documents.map((line) => checkDocument(JSON.parse(line)).get('threat.indicator.name'));
}

const onlyProblems = (problemsOf: (name: string, text: string) => readonly string[]): Reader => ({
  ...each(
    (name, text) => ({ entries: [], problems: problemsOf(name, text) }),
    () => '',
  ),
  answers: false,
});

export const READERS: Readonly<Record<string, Reader>> = {
  adguard: each(
    (_, text) => {
      const { rules, problems } = parseAdguard(text);
      return { entries: rules, problems };
    },
    ({ name }) => name,
  ),
  'aws-network-firewall': onlyProblems((_, text) => parseFirewallRules(text).problems),
  'check-point': {
    ...list(LIST_PARSERS['check-point']),
    spelling: (kind, value) => (kind === 'cidr' ? firstToLast(value) : value),
  },
  'cisco-si': { ...list(LIST_PARSERS['cisco-si']), spelling: inNetworks },
  'cortex-xdr': each(
    (_, text) => parseCortex(text),
    ({ indicator }) => indicator,
  ),
  crowdstrike: each(
    (_, text) => parseFalconBody(text),
    ({ value }) => value,
  ),
  csv: each((_, text) => ({ entries: indicatorsCsvValues(text), problems: [] }), String),
  defender: each(
    (name, text) =>
      name.endsWith('.json')
        ? parseDefenderBody(text)
        : parseDefenderCsv(name.replace(/-\d+\.csv$/, ''), text),
    ({ type, value }) => (type === 'IpAddress' ? shortAddress(value) : value),
  ),
  elastic: each(
    (name, text) => {
      if (name.endsWith('.json')) return { entries: [], problems: [] };
      if (name.startsWith('indicators-')) return { entries: ecsNames(text), problems: [] };
      for (const rule of readRules(text)) if (rule.type === 'eql') readEql(rule.query);
      return { entries: [], problems: [] };
    },
    String,
    // What stands in rules of EQL is in no document.
    (kind, value) => (/^(?:cidr|endpoint|user_agent|ja3s?|certificate)$/.test(kind) ? undefined : value),
  ),
  fortios: list(LIST_PARSERS.fortios, (entry) => entry.replace(/^\*\./, '')),
  hosts: each((_, text) => {
    const { names, problems } = parseHosts(text);
    return { entries: [...names.keys()], problems };
  }, String),
  jsonl: each((_, text) => ({ entries: jsonlValues(text), problems: [] }), String),
  lists: { ...list(LIST_PARSERS.lists), spelling: inNetworks },
  mikrotik: onlyProblems((_, text) => parseRouterOs(text).problems),
  'pan-os': list(LIST_PARSERS['pan-os'], bare),
  pf: onlyProblems((name, text) =>
    name.endsWith('.conf') ? parsePfRules(text).problems : parsePfTable(text).problems,
  ),
  route53: each(
    (_, text) => parseDomainList(text),
    (name) => name.replace(/^\*\./, ''),
  ),
  secops: {
    answers: false,
    read: (files) => ({ values: [...readContent(files).columns.values()].flat(), problems: [] }),
  },
  sentinel: each(
    (name, text) => {
      if (!name.endsWith('.json')) parseKql(text);
      return name.endsWith('.json') ? parseSentinelBody(text) : { entries: [], problems: [] };
    },
    ({ value }) => value,
    // Networks, ports and names of files are for the queries alone.
    (kind, value) => (['cidr', 'endpoint', 'file_name'].includes(kind) ? undefined : value),
  ),
  splunk: each((name, text) => {
    if (!name.endsWith('.csv')) readConf(name.split('/').at(-1) as string, text);
    if (!name.startsWith('refang/lookups/')) return { entries: [], problems: [] };
    const [header, ...rows] = csvRows(text);
    const column = header?.fields.indexOf('indicator') as number;
    return { entries: rows.map(({ fields }) => fields[column] as string), problems: [] };
  }, String),
  umbrella: list(LIST_PARSERS.umbrella, bare),
  wazuh: onlyProblems((name, text) =>
    name.endsWith('.xml')
      ? parseWazuhRules(text).problems
      : parseCdbList(text, name.includes('hashes') ? wrongHashKey : wrongAddressKey).problems,
  ),
};
