/** Reads a user's own list: domains, networks and addresses, one a line, never matched as text. `#` begins a comment. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../diagnostics/source-file.ts';
import { cidrsOf, rangeOf } from '../indicators/address.ts';
import type { Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { shown } from '../source/words.ts';
import { GuardList } from './list.ts';
import { addNetwork } from './networks.ts';

const KINDS: readonly Kind[] = ['domain', 'ip', 'cidr', 'endpoint', 'url', 'email'];

/** Reads a list. `guard` is the name that overrides use. A line that is not understood protects nothing, so it is an error. */
export function readOwnList(file: SourceFile, guard: string): { list: GuardList; diagnostics: Diagnostic[] } {
  const list = new GuardList({
    guard,
    title: file.path,
    strength: 'own',
    about: 'on your own list',
    kinds: new Set(KINDS),
    whole: false,
  });
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const line of file.text.split('\n')) {
    const [entry = '', comment] = line.split(/\s+#|^#/, 2).map((part) => part.trim());
    if (entry !== '' && !addLine(list, entry, comment)) {
      const at = start + line.indexOf(entry);
      diagnostics.push({
        code: 'RF412',
        severity: 'error',
        span: { file, start: at, end: at + entry.length },
        message: `\`${shown(entry)}\` is neither a domain nor an address nor a network`,
      });
    }
    start += line.length + 1;
  }
  return { list, diagnostics };
}

function addLine(list: GuardList, entry: string, comment: string | undefined): boolean {
  const address = KIND_MODULES.cidr.parse(entry);
  if (address.ok) {
    for (const network of cidrsOf(rangeOf(address.value))) {
      addNetwork(list.ranges, network);
      if (comment) list.reasons.set(network.replace(/\/(?:32|128)$/, ''), comment);
    }
    return true;
  }
  const name = KIND_MODULES.domain.parse(entry.replace(/^\*?\./, ''));
  if (!name.ok || name.kind !== 'domain') return false;
  list.parents.push(name.value);
  if (comment) list.reasons.set(name.value, comment);
  return true;
}
