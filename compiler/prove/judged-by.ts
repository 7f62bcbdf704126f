/** Which engines judge a target, and which of its files they load; the other files are read by those. */

import type { EngineName } from './engine.ts';

/** By `check:` of target.yaml. Rules must behave in every engine that runs them. */
const JUDGES: Readonly<Record<string, readonly EngineName[]>> = {
  suricata: ['suricata', 'suricata-8'],
  yara: ['yara', 'yara-x'],
  sigma: ['sigma'],
  nftables: ['nftables'],
  iptables: ['iptables'],
  zeek: ['zeek'],
  unbound: ['unbound'],
  dnsmasq: ['dnsmasq'],
  bind: ['bind'],
  knot: ['knot'],
  powerdns: ['powerdns'],
  stix: ['stix'],
  misp: ['misp'],
  squid: ['squid'],
  postfix: ['postfix'],
};

const LOADED: Readonly<Record<EngineName, string | readonly string[]>> = {
  suricata: '.rules',
  'suricata-8': '.rules',
  yara: '.yar',
  'yara-x': '.yar',
  sigma: '.yml',
  nftables: '.nft',
  // A script, which loads the files of both families and the sets.
  iptables: '.sh',
  zeek: '.zeek',
  unbound: ['.conf', '.rpz'],
  dnsmasq: '.conf',
  bind: '.rpz',
  knot: '.rpz',
  powerdns: '.rpz',
  stix: '.stix.json',
  misp: ['.json', '.csv'],
  squid: '.conf',
  postfix: ['.map', '.regexp', '.cidr'],
};

/** The engines for a target, by `check:` of its target.yaml; those that we do not know are left out. */
export function judgesOf(check: readonly string[]): readonly EngineName[] {
  return check.flatMap((name) =>
    Object.hasOwn(JUDGES, name) ? (JUDGES[name] as readonly EngineName[]) : [],
  );
}

/** Those of a target's files that an engine is given. */
export function filesFor(engine: EngineName, files: readonly string[]): string[] {
  const given = files.filter((file) => [LOADED[engine]].flat().some((ending) => file.endsWith(ending)));
  // Zeek loads a folder by one script, which loads the others that are wanted.
  return engine === 'zeek' ? given.filter((file) => file.endsWith('__load__.zeek')) : given;
}
