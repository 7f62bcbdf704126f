/** Every engine, by name. */

import { bind } from './bind.ts';
import { dnsmasq } from './dnsmasq.ts';
import type { Engine, EngineName } from './engine.ts';
import { iptables } from './iptables.ts';
import { knot } from './knot.ts';
import { misp } from './misp.ts';
import { nftables } from './nftables.ts';
import { postfix } from './postfix.ts';
import { powerdns } from './powerdns.ts';
import { sigma } from './sigma.ts';
import { squid } from './squid.ts';
import { stix } from './stix.ts';
import { suricata, suricata8 } from './suricata.ts';
import { unbound } from './unbound.ts';
import { yara } from './yara.ts';
import { yaraX } from './yara-x.ts';
import { zeek } from './zeek.ts';

/** The adapters. */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  suricata,
  'suricata-8': suricata8,
  yara,
  'yara-x': yaraX,
  sigma,
  nftables,
  iptables,
  zeek,
  unbound,
  dnsmasq,
  bind,
  knot,
  powerdns,
  stix,
  misp,
  squid,
  postfix,
};
