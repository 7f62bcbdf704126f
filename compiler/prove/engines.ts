/** Every engine, by name. */

import { dnsmasq } from './dnsmasq.ts';
import type { Engine, EngineName } from './engine.ts';
import { nftables } from './nftables.ts';
import { sigma } from './sigma.ts';
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
  zeek,
  unbound,
  dnsmasq,
};
