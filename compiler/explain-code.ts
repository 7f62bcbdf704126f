/** Explains the code of a diagnostic: what it means, how to mend it, and the diagnostic itself for a small example. */

import { CODES, type Code, type CodeEntry } from './diagnostics/codes.ts';
import { EXAMPLES } from './diagnostics/examples.ts';
import { printPretty } from './diagnostics/print-pretty.ts';
import { SourceFile } from './diagnostics/source-file.ts';
import told from './diagnostics/told-examples.json' with { type: 'json' };
import { findMends, NO_FEEDS } from './source/mend/mends.ts';
import { readCollection } from './source/records.ts';
import { nearestOf } from './source/words.ts';

/** What a code means. */
export interface ExplainedCode extends CodeEntry {
  code: Code;
  /** What Refang says of an example, as it prints it. Absent where nothing that is read can show it. */
  example?: string;
}

const MOST_NEAR = 3;

/** Undefined where there is no such code. */
export async function explainCode(code: string): Promise<ExplainedCode | undefined> {
  if (!isCode(code)) return undefined;
  const text = EXAMPLES[code];
  const example = text === undefined ? recorded(code) : await diagnosticOf(code, text);
  return { code, ...CODES[code], ...(example !== undefined && { example }) };
}

/** The codes that look like a text. */
export function nearestCodes(text: string): string[] {
  return nearestOf(text, Object.keys(CODES), MOST_NEAR);
}

function isCode(code: string): code is Code {
  return Object.hasOwn(CODES, code);
}

/** What Refang says where settings, targets, feeds or folders have a part in it. */
function recorded(code: Code): string | undefined {
  const lines = (told as Partial<Record<Code, string[]>>)[code];
  return lines && `${lines.join('\n')}\n`;
}

/** What reading an example says under its code. */
async function diagnosticOf(code: Code, text: string): Promise<string | undefined> {
  const files = [new SourceFile('example.yaml', text)];
  const { diagnostics } = await readCollection(files, NO_FEEDS);
  const told = [...diagnostics, ...(await findMends(files))].find((one) => one.code === code);
  // Its reason and its help are told above it, where they are the code's own.
  return (
    told &&
    printPretty([{ ...told, why: told.why ?? '', help: told.help ?? '' }]).replace(
      /^ += (why|help): \n/gm,
      '',
    )
  );
}
