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

/** A guard, and what adds to the suspects all that it may speak of: in a large set it is asked of nobody else. */
interface Opened {
  guard: Guard;
  addTo: (suspects: Suspects) => void;
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
  const opened: Opened[] = [
    { guard: specialUse, addTo: addSpecialUses },
    // Names without a dot are suspects whatever is added, and so are wide networks.
    { guard: bareTld, addTo: () => {} },
    { guard: publicSuffix, addTo: ({ names }) => addSuffixes(names) },
    { guard: harmlessHash, addTo: ({ names }) => addHarmlessHashes(names) },
    { guard: blastRadius(most), addTo: () => {} },
    { guard: listGuard(all), addTo: (suspects) => addLists(suspects, all) },
  ];
  const suspects = () => {
    const found = new Suspects(most);
    for (const { addTo } of opened) addTo(found);
    return found;
  };
  return { guards: opened.map(({ guard }) => guard), suspects, diagnostics };
}

function addLists(suspects: Suspects, lists: readonly GuardList[]): void {
  for (const list of lists) suspects.addList(list);
}
