/** Which engines judge a target, and which of its files they load; the other files are read by those. */

import type { EngineName } from './engine.ts';

/** By `check:` of target.yaml. Rules must behave in every engine that runs them. */
const JUDGES: Readonly<Record<string, readonly EngineName[]>> = {
  suricata: ['suricata', 'suricata-8'],
  yara: ['yara', 'yara-x'],
  sigma: ['sigma'],
  nftables: ['nftables'],
  zeek: ['zeek'],
  unbound: ['unbound'],
  dnsmasq: ['dnsmasq'],
};

const LOADED: Readonly<Record<EngineName, string>> = {
  suricata: '.rules',
  'suricata-8': '.rules',
  yara: '.yar',
  'yara-x': '.yar',
  sigma: '.yml',
  nftables: '.nft',
  zeek: '.zeek',
  unbound: '.conf',
  dnsmasq: '.conf',
};

/** The engines for a target; none for one that names no engine, or one we do not know. */
export function judgesOf(check: string | undefined): readonly EngineName[] {
  return check !== undefined && Object.hasOwn(JUDGES, check) ? (JUDGES[check] as readonly EngineName[]) : [];
}

/** Those of a target's files that an engine is given. */
export function filesFor(engine: EngineName, files: readonly string[]): string[] {
  const given = files.filter((file) => file.endsWith(LOADED[engine]));
  // Zeek loads a folder by one script, which loads the others that are wanted.
  return engine === 'zeek' ? given.filter((file) => file.endsWith('__load__.zeek')) : given;
}
