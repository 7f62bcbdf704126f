/** A model of the searches and lookups of a Splunk app: only what its searches use, as Splunk's manuals describe it. */

import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Conf } from './splunk-conf.ts';

/** A row by its columns. */
export type Row = Readonly<Record<string, string>>;

/** What a search works on; undefined where there is nothing. */
type Event = Record<string, string | undefined>;

/** An app, ready to search: its configuration and its tables by file name. */
export interface App {
  transforms: Conf;
  searches: Conf;
  tables: ReadonlyMap<string, readonly Row[]>;
}

/** The searches that find an event of a data model, each with the indicator found. Fields are named `DNS.query`. */
export function find(app: App, event: Readonly<Record<string, string>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, settings] of app.searches) {
    const indicator = search(app, settings.get('search') as string, event);
    if (indicator !== undefined) found.set(name, indicator);
  }
  return found;
}

function search(app: App, text: string, event: Readonly<Record<string, string>>): string | undefined {
  const [first = '', ...commands] = text
    .split(/^\| /m)
    .slice(1)
    .map((one) => one.trim());
  let events: Event[] = tstats(first, event);
  for (const command of commands) events = events.flatMap((one) => run(app, command, one));
  return events[0]?.indicator;
}

const TSTATS =
  /^tstats count min\(_time\) as first_time max\(_time\) as last_time from datamodel=[A-Z]\w+\.[A-Z]\w+ by ((?:[A-Z]\w+\.(?:SSL\.)?[a-z_]+ ?)+)$/;

/** Events without one of the fields they are counted by are not counted. */
function tstats(command: string, event: Readonly<Record<string, string>>): Event[] {
  const fields = TSTATS.exec(command)?.[1]?.split(' ');
  if (!fields) throw new Error(`not understood: ${command}`);
  const known = fields.some((field) => event[field] !== undefined);
  return known ? [Object.fromEntries(fields.map((field) => [field, event[field] ?? 'unknown']))] : [];
}

/** The events that a command makes of one. */
function run(app: App, command: string, event: Event): Event[] {
  const lookup = /^lookup (\w+) (.+?) OUTPUT ([\w ]+)$/.exec(command);
  if (lookup) return [lookUp(app, lookup[1] as string, lookup[2] as string, lookup[3] as string, event)];
  const step = STEPS.find(({ form }) => form.test(command));
  if (!step) throw new Error(`not understood: ${command}`);
  return step.run(step.form.exec(command) as RegExpExecArray, event);
}

const STEPS: readonly { form: RegExp; run(found: RegExpExecArray, event: Event): Event[] }[] = [
  {
    form: /^rename (?:All_Certificates\.SSL\.\* as \*, )?(\w+)\.\* as \*$/,
    run: ([, prefix], event) => [
      Object.fromEntries(
        Object.entries(event).map(([name, value]) => [
          name.replace(/^All_Certificates\.SSL\./, '').replace(`${prefix}.`, ''),
          value,
        ]),
      ),
    ],
  },
  {
    form: /^eval name=rtrim\(lower\((\w+)\), "\."\)$/,
    run: ([, field = ''], event) => [{ ...event, name: event[field]?.toLowerCase().replace(/\.+$/, '') }],
  },
  {
    form: /^eval hash=lower\(replace\((\w+), ":", ""\)\)$/,
    run: ([, field = ''], event) => [{ ...event, hash: event[field]?.replaceAll(':', '').toLowerCase() }],
  },
  {
    form: /^eval key=mvjoin\(mvindex\(split\((\w+), "\\\\"\), 0, -2\), "\\\\"\)$/,
    run: ([, field = ''], event) => [{ ...event, key: event[field]?.split('\\').slice(0, -1).join('\\') }],
  },
  {
    form: /^rex field=(\w+) max_match=0 "\(\?<hash>\[0-9A-Fa-f\]\{32,\}\)"$/,
    run: ([, field = ''], event) => [
      { ...event, hash: event[field]?.match(/[0-9A-Fa-f]{32,}/g)?.join('\n') },
    ],
  },
  {
    form: /^mvexpand hash$/,
    run: (_, event) => (event.hash ?? '').split('\n').map((hash) => ({ ...event, hash })),
  },
  {
    form: /^where isnotnull\(indicator\)$/,
    run: (_, event) => (event.indicator === undefined ? [] : [event]),
  },
];

function lookUp(app: App, name: string, keys: string, output: string, event: Event): Event {
  const stanza = app.transforms.get(name);
  const table = app.tables.get(stanza?.get('filename') ?? '');
  if (!stanza || !table) throw new Error(`no lookup ${name}`);
  const pairs = [...keys.matchAll(/(\w+) AS (\w+)/g)].map(
    ([, column = '', field = '']) => [column, field] as const,
  );
  const row = table.find((one) =>
    pairs.every(([column, field]) => {
      const [cell, value] = [one[column], event[field]];
      if (cell === undefined) throw new Error(`${name} has no column ${column}`);
      return value !== undefined && matches(stanza, column, cell, value);
    }),
  );
  for (const column of output.split(' ')) {
    if (table[0] && !(column in table[0])) throw new Error(`${name} has no column ${column}`);
  }
  return row ? { ...event, ...row } : { ...event, indicator: undefined };
}

function matches(stanza: ReadonlyMap<string, string>, column: string, cell: string, value: string): boolean {
  const type = stanza.get('match_type');
  if (type === `CIDR(${column})`) return contains(cell, value);
  const fold = (text: string) => (stanza.get('case_sensitive_match') === 'false' ? text.toLowerCase() : text);
  if (type !== `WILDCARD(${column})`) return fold(cell) === fold(value);
  const literals = fold(cell)
    .split('*')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${literals.join('.*')}$`, 's').test(fold(value));
}

function contains(network: string, address: string): boolean {
  const [base = '', length] = network.split('/');
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  if (!isIPv4(base) && !isIPv6(base)) throw new Error(`${network} is no network`);
  if ((family === 'ipv4' && !isIPv4(address)) || (family === 'ipv6' && !isIPv6(address))) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(length), family);
  return list.check(address, family);
}
