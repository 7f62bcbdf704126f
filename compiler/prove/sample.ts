/** Which of very many indicators an engine is shown. */

/** The most that are shown; each is seen some fifty times. */
export const MOST_SHOWN = 2000;

/**
 * Some of the indicators, in their order: all where they are at most `most`. Strata, such as the rules that they are for,
 * share the room evenly, so that no rule with few indicators is left out for one with many.
 */
export function sampleOf(
  indicators: readonly number[],
  most: number,
  stratumOf: (indicator: number) => string,
): number[] {
  if (indicators.length <= most) return [...indicators];
  const strata = new Map<string, number[]>();
  for (const indicator of indicators) {
    const stratum = stratumOf(indicator);
    const list = strata.get(stratum);
    if (list) list.push(indicator);
    else strata.set(stratum, [indicator]);
  }
  const smallestFirst = spread([...strata.values()], most).sort((a, b) => a.length - b.length);
  let room = most;
  const chosen = smallestFirst.flatMap((list, at) => {
    const share = spread(list, Math.floor(room / (smallestFirst.length - at)));
    room -= share.length;
    return share;
  });
  return chosen.sort((a, b) => a - b);
}

/** So many items at even distances, the first among them; all where they are no more. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)] as T);
}
