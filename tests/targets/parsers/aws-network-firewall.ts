/**
 * Groups of stateful rules for AWS Network Firewall: its limits and what it takes of Suricata, from “Limitations and caveats for
 * stateful rules” and the model of CreateRuleGroup. Whether Suricata takes a rule is for Suricata.
 */

import type { Parsed } from './parsed.ts';

export interface FirewallRule {
  sid: number;
  action: string;
  protocol: string;
  message: string;
}

const GROUP_BYTES = 2_000_000;
const RULE_CHARACTERS = 8192;
const HEADER =
  /^(\w+) (\w+) ((?:any|\$HOME_NET|\[[0-9a-f:./,]+\])) any -> ((?:any|\$HOME_NET|\[[0-9a-f:./,]+\])) (any|\d{1,5}) \((.*)\)$/;
const ACTIONS = ['pass', 'drop', 'reject', 'alert'];
const PROTOCOLS = ['dns', 'tls', 'http', 'quic', 'ip'];
/** What our rules need. `priority` is not for groups in strict order, so it is not here. */
const KEYWORDS = new Set(
  'msg flow dns.query tls.sni http.host http.uri http.uri.raw http.user_agent quic.sni ja3.hash ja3s.hash tls.cert_fingerprint to_lowercase dotprefix content nocase endswith bsize fast_pattern classtype sid rev metadata'.split(
    ' ',
  ),
);
const OPTION = /([a-z0-9_.]+)(?::((?:"(?:[^"\\]|\\.)*"|[^";])*))?; ?/y;

/** Reads the rules of one group. */
export function parseFirewallRules(text: string): Parsed<FirewallRule> {
  const problems: string[] = [];
  const entries: FirewallRule[] = [];
  if (Buffer.byteLength(text) > GROUP_BYTES) problems.push(`more than ${GROUP_BYTES} bytes`);
  const sids = new Set<number>();
  if (text !== '' && !text.endsWith('\n')) problems.push('the last line has no end');
  // “One rule per line”, says the model of CreateRuleGroup, and nothing of comments.
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const report = (what: string) => problems.push(`${at + 1}: ${what}`);
    if (line.length > RULE_CHARACTERS) report(`longer than ${RULE_CHARACTERS} characters`);
    const [, action = '', protocol = '', , , , body = ''] = HEADER.exec(line) ?? [];
    if (!ACTIONS.includes(action)) report(`no action ${action}`);
    if (!PROTOCOLS.includes(protocol)) report(`no protocol ${protocol}`);
    const options = optionsOf(body);
    if (!options) report('not options');
    for (const [name] of options ?? []) if (!KEYWORDS.has(name)) report(`the keyword ${name}`);
    const value = (name: string) => options?.find(([key]) => key === name)?.[1] ?? '';
    const sid = Number(value('sid'));
    if (!Number.isInteger(sid) || sid < 1) report('no sid');
    if (!/^[1-9]\d*$/.test(value('rev'))) report('no revision');
    if (sids.has(sid)) report(`two rules ${sid}`);
    sids.add(sid);
    entries.push({ sid, action, protocol, message: value('msg').slice(1, -1) });
  }
  return { entries, problems };
}

function optionsOf(body: string): [string, string][] | undefined {
  const options: [string, string][] = [];
  OPTION.lastIndex = 0;
  while (OPTION.lastIndex < body.length) {
    const [whole, name = '', value = ''] = OPTION.exec(body) ?? [];
    if (whole === undefined) return undefined;
    options.push([name, value]);
  }
  return options;
}
