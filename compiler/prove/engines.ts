/** Every engine, by name. */

import type { Engine, EngineName } from './engine.ts';
import { misp } from './engines/misp/misp.ts';
import { iptables } from './engines/packet-filters/iptables.ts';
import { nftables } from './engines/packet-filters/nftables.ts';
import { postfix } from './engines/postfix/postfix.ts';
import { bind } from './engines/resolvers/bind.ts';
import { dnsmasq } from './engines/resolvers/dnsmasq.ts';
import { knot } from './engines/resolvers/knot.ts';
import { powerdns } from './engines/resolvers/powerdns.ts';
import { unbound } from './engines/resolvers/unbound.ts';
import { sigma } from './engines/sigma/sigma.ts';
import { squid } from './engines/squid/squid.ts';
import { stix } from './engines/stix/stix.ts';
import { suricata, suricata8 } from './engines/suricata/suricata.ts';
import { yara } from './engines/yara/yara.ts';
import { yaraX } from './engines/yara/yara-x.ts';
import { zeek } from './engines/zeek/zeek.ts';

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
