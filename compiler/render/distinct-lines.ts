/** For lists in which one line says all of several entries: what an earlier line is about is not written again. */

/** So many texts that came before are known as a whole: lists of a few texts, each said a million times, are fast. */
const KNOWN = 64;

/**
 * A function that answers with texts, of whole lines each, without the lines in which `about` (a regular expression) finds
 * what it found in an earlier one, the case of ASCII letters aside.
 */
export function distinctLines(about: string): (text: string) => string {
  const pattern = new RegExp(about);
  const seen = new Set<string>();
  /** What is left of a text when it comes again. */
  const known = new Map<string, string>();

  const keep = (text: string): string => {
    let kept = '';
    for (const line of text.split(/(?<=\n)/)) {
      const key = pattern.exec(line)?.[0].replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      kept += line;
    }
    return kept;
  };

  return (text) => {
    const again = known.get(text);
    if (again !== undefined) return again;
    const kept = keep(text);
    if (known.size < KNOWN) known.set(text, keep(text));
    return kept;
  };
}
