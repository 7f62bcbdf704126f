/** Splunk's .conf files, strictly: what admin manuals say of stanzas, settings, comments and continued lines. */

/** The settings of each stanza, by name. */
export type Conf = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The settings that a file may have here, with the form of their values. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'app.conf': {
    name: /^[a-z][a-z0-9_]*$/,
    version: /^\d+\.\d+\.\d+$/,
    is_configured: /^(true|false)$/,
    state: /^(enabled|disabled)$/,
    author: /./,
    description: /./,
    id: /^[a-z][a-z0-9_]*$/,
    check_for_updates: /^(true|false)$/,
    is_visible: /^(true|false)$/,
    label: /^.{5,80}$/,
  },
  'transforms.conf': {
    filename: /^[a-z0-9_]+\.csv$/,
    match_type: /^(WILDCARD|CIDR|EXACT)\([a-z_]+\)$/,
    case_sensitive_match: /^(true|false)$/,
    max_matches: /^\d+$/,
  },
  'savedsearches.conf': {
    description: /./,
    search: /^\| /,
    cron_schedule: /^(\S+ ){4}\S+$/,
    'dispatch.earliest_time': /^-\d+[mhd]@[mhd]$/,
    'dispatch.latest_time': /^-\d+[mhd]@[mhd]$/,
    counttype: /^number of events$/,
    relation: /^greater than$/,
    quantity: /^\d+$/,
    'alert.track': /^[01]$/,
    enableSched: /^[01]$/,
  },
  'default.meta': { access: /^read : \[ .+ \], write : \[ .+ \]$/, export: /^(none|system)$/ },
};

/** A file by its name. Throws `Error` for what is no such file. */
export function readConf(name: string, text: string): Conf {
  const allowed = SETTINGS[name];
  if (!allowed) throw new Error(`${name}: not a known file`);
  const conf = new Map<string, Map<string, string>>();
  let stanza: Map<string, string> | undefined;
  for (const line of joined(name, text)) {
    if (line === '' || line.startsWith('#')) continue;
    const [, title] = /^\[(.*)\]$/.exec(line) ?? [];
    if (title !== undefined) {
      if (conf.has(title)) throw new Error(`${name}: [${title}] twice`);
      stanza = new Map();
      conf.set(title, stanza);
      continue;
    }
    const [, key, value] = /^([A-Za-z][\w.]*) = (\S|\S.*\S)$/s.exec(line) ?? [];
    if (key === undefined || value === undefined) throw new Error(`${name}: not a setting: ${line}`);
    if (!stanza) throw new Error(`${name}: ${key} is above all stanzas`);
    if (stanza.has(key)) throw new Error(`${name}: ${key} twice`);
    if (!allowed[key]?.test(value)) throw new Error(`${name}: ${key} cannot be ${value}`);
    stanza.set(key, value);
  }
  return conf;
}

/** Lines, each with those that a backslash at its end joins to it. */
function joined(name: string, text: string): string[] {
  if (!text.endsWith('\n') || text.endsWith('\\\n')) throw new Error(`${name}: the last line has no end`);
  if (/[^\n\x20-\x7e]/.test(text)) throw new Error(`${name}: holds more than printable ASCII`);
  const lines: string[] = [];
  let open = false;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kept = '', backslash] = /^(.*?)(\\?)$/.exec(line) ?? [];
    if (open) lines.push(`${lines.pop()}\n${kept}`);
    else lines.push(kept);
    open = backslash === '\\';
  }
  return lines;
}
