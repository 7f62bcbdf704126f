/** What an engine is: a real program (or library) that judges the files we write, and what it answers. */

import type { BehaviourReport, BehaviourRequest } from './behaviour.ts';

/** Every engine there is an adapter for. */
export const ENGINE_NAMES = [
  'suricata',
  'suricata-8',
  'yara',
  'yara-x',
  'sigma',
  'nftables',
  'iptables',
  'zeek',
  'unbound',
  'dnsmasq',
  'bind',
  'knot',
  'powerdns',
  'stix',
  'misp',
  'squid',
  'postfix',
] as const;

/** As `refang prove --require` and the `check:` of a target.yaml say it. */
export type EngineName = (typeof ENGINE_NAMES)[number];

/** For people. The version is told apart. */
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  suricata: 'Suricata',
  'suricata-8': 'Suricata',
  yara: 'YARA',
  'yara-x': 'YARA-X',
  sigma: 'sigma-cli',
  nftables: 'nftables',
  iptables: 'iptables',
  zeek: 'Zeek',
  unbound: 'Unbound',
  dnsmasq: 'dnsmasq',
  bind: 'BIND',
  knot: 'Knot Resolver',
  powerdns: 'PowerDNS Recursor',
  stix: 'stix2-validator',
  misp: 'PyMISP',
  squid: 'Squid',
  postfix: 'Postfix',
};

/** Whether an engine can run here. `why` and `install` are sentences for people, without a final stop. */
export type Availability =
  | { available: true; version: string }
  | { available: false; why: string; install: string };

/** One thing an engine said of a file. Engines' warnings count: what we write must load without any. */
export interface Problem {
  /** One of the paths given to `load`. Empty where the engine names none and it can't be told. */
  file: string;
  /** 1-based. */
  line?: number;
  /** 1-based. */
  column?: number;
  /** The engine's own words. */
  message: string;
  severity: 'error' | 'warning';
}

/** What an engine said when it loaded files. */
export interface LoadReport {
  engine: EngineName;
  version: string;
  /** True where the engine took every file and had nothing to say, not even a warning. */
  ok: boolean;
  /** In order of file and line. */
  problems: readonly Problem[];
  /** What was run, for people; files that the engine was given for this run alone are gone afterwards. */
  command: string;
}

/** An adapter for one engine. */
export interface Engine {
  name: EngineName;
  /** Never throws: what is wrong is the answer. */
  find(): Promise<Availability>;
  /**
   * Loads files the way the engine's user would, all together, and changes nothing on the machine.
   * Files they refer to are found from their own places. Throws `Error` where the engine is not available.
   */
  load(files: readonly string[]): Promise<LoadReport>;
  /**
   * Shows the cases to the rules and tells what fired. Sends nothing off the machine. Throws `Error` where the engine
   * is not available, or where the files do not load.
   */
  behave?(request: BehaviourRequest): Promise<BehaviourReport>;
}

/** How to get every engine at once on Debian 12. */
export const INSTALL_ALL = 'run scripts/install-engines.sh';

/** Puts a report together from what an engine said, sorted and told once. */
export function loadReport(
  engine: EngineName,
  version: string,
  command: string,
  problems: readonly Problem[],
): LoadReport {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  const sorted = [...once.values()].sort(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  return { engine, version, command, problems: sorted, ok: sorted.length === 0 };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
