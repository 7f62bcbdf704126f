/** For lists in which one line says all of several entries: what an earlier line is about is not written again. */

/**
 * The texts, of whole lines each, without the lines in which `about` (a regular expression) finds what it found
 * in an earlier one, the case of ASCII letters aside. Without `about` they stay as they are.
 */
export function* distinctLines(texts: Iterable<string>, about: string | undefined): Generator<string> {
  if (about === undefined) {
    yield* texts;
    return;
  }
  const pattern = new RegExp(about);
  const seen = new Set<string>();
  for (const text of texts) {
    let kept = '';
    for (const line of text.split(/(?<=\n)/)) {
      const key = pattern.exec(line)?.[0].replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
      if (key !== undefined && seen.has(key)) continue;
      if (key !== undefined) seen.add(key);
      kept += line;
    }
    yield kept;
  }
}
