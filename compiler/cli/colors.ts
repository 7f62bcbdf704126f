/** Colours of terminals, and whether a stream is to have them. */

import { fstatSync } from 'node:fs';

/** What colours a text, and what ends it (ECMA-48, SGR). */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

/** A way to write a text. */
export type Color = keyof typeof CODES;

/** What colours a text, or leaves it as it is. */
export type Coloring = Readonly<Record<Color, (text: string) => string>>;

/** Standard output or standard error. */
export type Output = 'stdout' | 'stderr';

/** The file descriptors of processes. */
export const DESCRIPTOR: Readonly<Record<Output, number>> = { stdout: 1, stderr: 2 };

/** On a terminal only; NO_COLOR and FORCE_COLOR are honoured. */
export function isColored(output: Output): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return !NO_COLOR && (Boolean(FORCE_COLOR) || isTerminal(output));
}

/** Whether somebody may be reading along. Node's stream knows as well, and takes milliseconds to be made. */
export function isTerminal(output: Output): boolean {
  try {
    if (!fstatSync(DESCRIPTOR[output]).isCharacterDevice()) return false;
  } catch {
    // The stream knows what to make of what cannot be looked at.
  }
  return process[output].isTTY === true;
}

/** Colours, or none. */
export function coloring(colored: boolean): Coloring {
  const entries = Object.entries(CODES).map(([name, [begins, ends]]) => [
    name,
    colored ? coloredBy(`\x1b[${begins}m`, `\x1b[${ends}m`) : (text: string) => text,
  ]);
  return Object.fromEntries(entries) as Coloring;
}

/** What ends the colour of a part ends that of the whole as well, which begins again behind it. */
function coloredBy(begin: string, end: string): (text: string) => string {
  return (text) => `${begin}${text.replaceAll(end, `${end}${begin}`)}${end}`;
}
