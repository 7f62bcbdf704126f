/** The form of the lists that are kept by hand: on each line names or networks, ` | ` and the reason. */

export function linesOf(text: string): [entries: string[], reason: string][] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [entries = '', reason = ''] = line.split(' | ');
      return [entries.split(' '), reason];
    });
}
