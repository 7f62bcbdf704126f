/** Texts as their units: what is done with very many of them is done without a text each. */

/** Texts one behind another. */
export interface JoinedTexts {
  /** Their UTF-16 units; bytes, where all are ASCII. */
  units: Uint8Array | Uint16Array;
  /** Where each begins, and where the last one ends. */
  starts: Uint32Array;
}

/** Any texts, in their order. */
export function joinedTexts(texts: readonly string[]): JoinedTexts {
  const starts = new Uint32Array(texts.length + 1);
  for (const [at, text] of texts.entries()) starts[at + 1] = (starts[at] as number) + text.length;
  const units = new Uint16Array(starts[texts.length] as number);
  for (const [at, text] of texts.entries())
    for (let unit = 0; unit < text.length; unit++)
      units[(starts[at] as number) + unit] = text.charCodeAt(unit);
  return { units, starts };
}
