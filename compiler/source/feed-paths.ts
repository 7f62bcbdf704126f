/** The feeds that a file names, found without reading it as YAML. */

/** Paths of feeds, also in a file that cannot be read as YAML just now. One too many does no harm. */
const FEED_PATH = /\bpath:\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s,}#][^,}\n#]*))/g;

/** As they are written there: relative to the file. */
export function feedPaths(text: string): string[] {
  const paths = [...text.matchAll(FEED_PATH)].map(
    ([, double, single, plain]) => double ?? single ?? plain?.trim() ?? '',
  );
  return paths.filter((path) => !path.includes('\0'));
}
