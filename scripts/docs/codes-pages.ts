/** One page a diagnostic code, and their list. */

import { CODES, type CodeEntry } from '../../compiler/diagnostics/codes.ts';
import { explainCode } from '../../compiler/explain-code.ts';
import { GENERATED, markdownTable } from './markdown.ts';

/** Text by path. */
export async function codesPages(): Promise<Map<string, string>> {
  const codes = Object.entries(CODES as Record<string, CodeEntry>).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = codes.map(([code, { name, title }]) => [`[${code}](${code}.md)`, `\`${name}\``, title]);
  const intro = 'Every message of Refang has a code. `refang explain CODE` prints its page.';
  const list = `${GENERATED}# Diagnostic codes\n\n${intro}\n\n${markdownTable(['code', 'name', 'meaning'], rows)}`;
  const pages = await Promise.all(
    codes.map(async ([code, entry]): Promise<[string, string]> => {
      const example = (await explainCode(code))?.example;
      return [`docs/codes/${code}.md`, pageOf(code, entry, example)];
    }),
  );
  return new Map([['docs/codes/README.md', list], ...pages]);
}

function pageOf(code: string, { name, title, why, help }: CodeEntry, example: string | undefined): string {
  const told = example === undefined ? '' : `\n**Example:**\n\n\`\`\`text\n${example.trimEnd()}\n\`\`\`\n`;
  return `${GENERATED}# ${code} ${name}\n\n${title}\n\n**Why it matters:** ${why}.\n\n**What to do:** ${help}.\n${told}`;
}
