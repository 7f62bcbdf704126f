/** `refang explain RF301`. */

import { explainCode, nearestCodes } from '../explain-code.ts';
import { choices } from '../source/words.ts';
import { colorsFor } from './report.ts';
import { paragraph, table } from './table.ts';
import { UsageError } from './verb.ts';

/** Tells what a code means; throws UsageError where there is none of that name. */
export async function tellCode(text: string, format: 'text' | 'json'): Promise<number> {
  const code = text.toUpperCase();
  const explained = await explainCode(code);
  if (!explained)
    throw new UsageError(
      `there is no code \`${code}\``,
      `did you mean ${choices(nearestCodes(code))}? docs/codes/ lists the codes`,
    );
  if (format === 'json') {
    process.stdout.write(`${JSON.stringify(explained, undefined, 2)}\n`);
    return 0;
  }
  const { name, title, why, help, example } = explained;
  const { bold } = colorsFor('stdout');
  const { columns } = process.stdout;
  const rows = [
    ['  why', why],
    ['  help', help],
  ];
  process.stdout.write(`${bold(`${code} ${name}`)}\n${paragraph(title, columns)}\n`);
  process.stdout.write(table(rows, ['left', 'left'], columns));
  if (example !== undefined) process.stdout.write(`\n${example}`);
  return 0;
}
