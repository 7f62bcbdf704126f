/** What a target leaves out because its product takes no more is told: nobody looks for it in a table. */

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { counted } from '../source/words.ts';
import type { Cut } from './limit.ts';

/** One for each limit that leaves indicators out. */
export function limitDiagnostics(target: string, cuts: readonly Cut[]): Diagnostic[] {
  return cuts.map(({ file, most, options, indicators }) => ({
    code: 'RF721',
    severity: 'warning',
    message: `\`${target}\` has no room for ${counted(indicators, 'indicator')}${file === undefined ? '' : ` in \`${file}\``}: it takes at most ${most}`,
    ...(options.length > 0 && { help: helpWith(options) }),
  }));
}

function helpWith(options: readonly string[]): string {
  const named = options.map((option) => `\`${option}\``).join(' or ');
  return `list fewer, or give the target a higher ${named} in refang.yaml, where the product takes more`;
}
