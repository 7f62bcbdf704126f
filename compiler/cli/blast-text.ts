/** What blocking targets block of the internet, for people. */

import type { CompiledTarget } from '../compile.ts';
import { type Blast, isNotable } from '../plan/blast.ts';
import { grouped } from '../source/words.ts';
import { colorsFor } from './report.ts';
import { table, widthOf } from './table.ts';

const HEADINGS = ['IPv4 addresses', 'IPv6 /64', 'listed', 'special-use', 'blocked by'];

/** A table under a blank line: targets that block the same are told once. */
export function blastText(targets: readonly Pick<CompiledTarget, 'name' | 'blast'>[]): string {
  const { bold } = colorsFor('stderr');
  const rows = new Map<string, { cells: string[]; names: string[] }>();
  for (const { name, blast } of targets) {
    if (!isNotable(blast)) continue;
    const cells = cellsOf(blast);
    const key = cells.join(' ');
    const row = rows.get(key) ?? { cells, names: [] };
    rows.set(key, row);
    row.names.push(name);
  }
  const body = [...rows.values()].map(({ cells, names }) => [...cells, names.join(', ')]);
  return `\n${table(
    [HEADINGS.map((heading) => bold(heading)), ...body],
    ['right', 'right', 'right', 'right', 'left'],
    widthOf(process.stderr),
  )}`;
}

function cellsOf({ addresses, listed, specialUse }: Blast): string[] {
  const numbers = [addresses.ipv4, addresses.ipv6, listed.length, specialUse.length];
  return numbers.map((number) => (number === 0 ? '-' : grouped(number)));
}
