/** What a single indicator must match and must not, for targets that compare log events: spellings of the wire are left out. */

import type { Kind } from '../../compiler/indicators/kind.ts';
import { KIND_MODULES } from '../../compiler/indicators/kinds.ts';

/** One indicator of each kind that has witnesses, as YAML and as its value. */
export const SINGLE: readonly { kind: Kind; yaml: string; value: string; subdomains?: boolean }[] = [
  { kind: 'domain', yaml: 'domain: host.example', value: 'host.example', subdomains: true },
  { kind: 'domain', yaml: 'domain: a.host.example', value: 'a.host.example', subdomains: true },
  {
    kind: 'domain',
    yaml: 'domain: host.example\n    match: exact',
    value: 'host.example',
    subdomains: false,
  },
  { kind: 'ip', yaml: 'ip: 192.0.2.10', value: '192.0.2.10' },
  { kind: 'ip', yaml: 'ip: "2001:db8::bad:1"', value: '2001:db8::bad:1' },
  { kind: 'cidr', yaml: 'cidr: 198.51.100.128/25', value: '198.51.100.128/25' },
  { kind: 'cidr', yaml: 'cidr: 203.0.113.16-203.0.113.22', value: '203.0.113.16-203.0.113.22' },
  { kind: 'cidr', yaml: 'cidr: "2001:db8:bad::/48"', value: '2001:db8:bad::/48' },
  { kind: 'endpoint', yaml: 'endpoint: 203.0.113.77:8443', value: '203.0.113.77:8443' },
  { kind: 'endpoint', yaml: 'endpoint: host.example:4433', value: 'host.example:4433' },
  {
    kind: 'url',
    yaml: 'url: https://host.example/a/b.php?id=4*',
    value: 'https://host.example/a/b.php?id=4*',
  },
  { kind: 'email', yaml: 'email: someone@host.example', value: 'someone@host.example' },
  { kind: 'user_agent', yaml: 'user_agent: Bot/1.0 (a*b? "x" \\)', value: 'Bot/1.0 (a*b? "x" \\)' },
  { kind: 'file_name', yaml: 'file_name: "drop, per.exe"', value: 'drop, per.exe' },
  { kind: 'file_path', yaml: 'file_path: C:\\new\\x.exe', value: 'C:\\new\\x.exe' },
  { kind: 'file_path', yaml: 'file_path: /tmp/.x/run', value: '/tmp/.x/run' },
  {
    kind: 'registry_key',
    yaml: 'registry_key: HKLM\\Software\\Run\\Evil',
    value: 'HKEY_LOCAL_MACHINE\\Software\\Run\\Evil',
  },
];

/** Its witnesses and near misses as logs have them. */
export function logCases({ kind, value, subdomains = true }: (typeof SINGLE)[number]) {
  const { matches = [], misses = [] } = KIND_MODULES[kind].witnesses?.(value, { subdomains }) ?? {};
  const logged = (some: typeof matches) => some.filter(({ where }) => where === undefined);
  return { matches: logged(matches), misses: logged(misses) };
}

/** Host and port of an endpoint as it is seen. */
export function hostAndPort(text: string): { host: string; port: string } {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port };
}
