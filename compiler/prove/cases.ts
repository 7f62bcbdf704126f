/** The cases of a target: what each of its indicators must match and must not. */

import { KIND_MODULES } from '../indicators/kinds.ts';
import type { IndicatorSet } from '../indicators/set.ts';
import type { Witness } from '../indicators/witnesses.ts';
import type { Verdicts } from '../plan/verdicts.ts';
import type { Case } from './behaviour.ts';
import type { EngineName } from './engine.ts';

/** A case, and the indicator it is about. */
export interface IndicatorCase extends Case {
  indicator: number;
}

/** What an engine is shown: packets and queries, or the text of files. Log events are neither. */
const SEES: Readonly<Partial<Record<EngineName, 'wire' | 'text'>>> = {
  suricata: 'wire',
  'suricata-8': 'wire',
  zeek: 'wire',
  nftables: 'wire',
  iptables: 'wire',
  unbound: 'wire',
  dnsmasq: 'wire',
  bind: 'wire',
  knot: 'wire',
  powerdns: 'wire',
  squid: 'wire',
  postfix: 'wire',
  yara: 'text',
  'yara-x': 'text',
};

/** The indicators that the target says it matches: those with an entry, and those that another entry covers. */
export function provable(verdicts: Verdicts): number[] {
  return Array.from(verdicts, (_, index) => index).filter((index) =>
    ['emitted', 'covered', 'approximated'].includes(verdicts.at(index).fate),
  );
}

/** The cases of some indicators for one engine. Hashes and fingerprints have none: see stand-in-set.ts. */
export function casesOf(
  set: IndicatorSet,
  indicators: readonly number[],
  engine: EngineName,
): IndicatorCase[] {
  const cases: IndicatorCase[] = [];
  for (const indicator of indicators) {
    const kind = set.kind(indicator);
    const subdomains = set.context(indicator).match === 'suffix';
    const witnesses = KIND_MODULES[kind].witnesses?.(set.value(indicator), { subdomains });
    const add = (expect: Case['expect']) => (witness: Witness) => {
      if (witness.where !== undefined && witness.where !== SEES[engine]) return;
      cases.push({ id: cases.length, indicator, kind, expect, text: witness.text, about: witness.about });
    };
    witnesses?.matches.forEach(add('match'));
    witnesses?.misses.forEach(add('silence'));
  }
  return cases;
}
