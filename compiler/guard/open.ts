/** Makes the guards of a project ready: those that are always on, Refang's own lists, and the lists of refang.yaml. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { FileReader } from '../source/files.ts';
import type { GuardSetting, Limits } from '../source/guard-settings.ts';
import { bareTld } from './bare-tld.ts';
import { blastRadius } from './blast-radius.ts';
import type { Guard } from './guard.ts';
import { addHarmlessHashes, harmlessHash } from './harmless-hash.ts';
import type { GuardList } from './list.ts';
import { listGuard } from './lookup.ts';
import { publicResolvers } from './public-resolver.ts';
import { addSpecialUses, specialUse } from './special-use.ts';
import { Suspects } from './suspects.ts';
import { wellKnown } from './well-known.ts';

/** The guards, or why there are none. */
export interface OpenGuards {
  guards: readonly Guard[];
  /** What tells quickly of most indicators that none of the guards speaks of them. */
  suspects: () => Suspects;
  diagnostics: Diagnostic[];
}

/** Opens all guards. Paths of lists are relative to the reader's folder. */
export async function openGuards(
  settings: { guards: readonly GuardSetting[]; limits: Limits },
  reader: FileReader,
): Promise<OpenGuards> {
  const diagnostics: Diagnostic[] = [];
  // Their tables and readers take time to load: the public suffixes always, those of lists only where there are any.
  const { publicSuffix, addSuffixes } = await import('./public-suffix.ts');
  const lists: GuardList[] = [];
  if (settings.guards.length > 0) {
    const { readLists } = await import('./read-lists.ts');
    const read = readLists(settings.guards, reader);
    lists.push(...read.lists);
    diagnostics.push(...read.diagnostics);
  }
  const { blastRadius: most } = settings.limits;
  const all = [...publicResolvers(), ...wellKnown(), ...lists];
  const guards = [specialUse, bareTld, publicSuffix, harmlessHash, blastRadius(most), listGuard(all)];
  const suspects = () => {
    const found = new Suspects(most);
    addSpecialUses(found);
    addSuffixes(found.names);
    addHarmlessHashes(found.names);
    for (const list of all) found.addList(list);
    return found;
  };
  return { guards, suspects, diagnostics };
}
