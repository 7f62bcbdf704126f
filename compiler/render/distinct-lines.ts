/** For lists in which one line says all of several entries: what an earlier line is about is not written again. */

/** So many texts are known as a whole: lists of fewer, each said a million times, are fast. */
const KNOWN = 64;

/**
 * A function that answers with texts, of whole lines each, without the lines in which `about` (a regular expression) finds
 * what it found in an earlier one, the case of ASCII letters aside.
 */
export function distinctLines(about: string): (text: string) => string {
  const pattern = new RegExp(about);
  const seen = new Set<string>();
  /** What is left of a text when it comes again. */
  let known: Map<string, string> | undefined = new Map();

  const keep = (text: string): string => {
    let kept = '';
    for (let start = 0, end = 0; start < text.length; start = end) {
      end = text.indexOf('\n', start) + 1 || text.length;
      const line = text.slice(start, end);
      const subject = pattern.exec(line)?.[0];
      if (subject === undefined || isNew(subject)) kept += line;
    }
    return kept;
  };
  const isNew = (subject: string): boolean => {
    const before = seen.size;
    seen.add(lowerAscii(subject));
    return seen.size > before;
  };

  return (text) => {
    const again = known?.get(text);
    if (again !== undefined) return again;
    const kept = keep(text);
    // Where there are more, looking for them costs more than it spares.
    if (known?.size === KNOWN) known = undefined;
    known?.set(text, keep(text));
    return kept;
  };
}

function lowerAscii(text: string): string {
  if (!/[A-Z]/.test(text)) return text;
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
