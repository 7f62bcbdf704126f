/** The built-in languages by name. */

import { CSV } from './csv.ts';
import { IPSET } from './ipset.ts';
import { JSON_TEXT } from './json.ts';
import { KQL } from './kql.ts';
import type { Language } from './language.ts';
import { LINE } from './line.ts';
import { NFTABLES } from './nftables.ts';
import { PF } from './pf.ts';
import { POSTFIX } from './postfix.ts';
import { ROUTEROS } from './routeros.ts';
import { SIGMA } from './sigma.ts';
import { SQUID } from './squid.ts';
import { SURICATA } from './suricata.ts';
import { type EscapeTable, tableLanguage } from './table.ts';
import { WAZUH } from './wazuh.ts';
import { YARA } from './yara.ts';
import { YARA_L } from './yara-l.ts';
import { ZEEK } from './zeek.ts';
import { ZONE } from './zone.ts';

/** By the name that `syntax:` gives. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  [
    SURICATA,
    SIGMA,
    YARA,
    YARA_L,
    ZEEK,
    NFTABLES,
    IPSET,
    PF,
    ROUTEROS,
    JSON_TEXT,
    CSV,
    LINE,
    ZONE,
    KQL,
    WAZUH,
    SQUID,
    POSTFIX,
  ].map((language) => [language.name, language]),
);

/** The language that `syntax:` of a target.yaml asks for, or `undefined` for a name that is not built in. */
export function languageFor(syntax: string | EscapeTable): Language | undefined {
  return typeof syntax === 'string' ? LANGUAGES.get(syntax) : tableLanguage(syntax);
}
