/** A rule's key says what the rule is for. It is what identifiers are derived from and what the lock is sorted by. */

/** Keys are one word of printable ASCII: what is not is percent-encoded as UTF-8, and so are `%` and blanks. */
function word(text: string): string {
  // Nearly all texts: looking for nothing costs a fraction of replacing nothing.
  if (/^[!-$&-~]*$/.test(text)) return text;
  return text.toWellFormed().replace(/[^!-$&-~]/gu, encodeURIComponent);
}

/** The key of a rule for one indicator: `suricata/dns/domain/1ds.me`. */
export function indicatorKey(target: string, pass: string, kind: string, value: string): string {
  // Joined: there may be a million, and a text put together by and by keeps its pieces in memory.
  return [target, pass, kind, word(value)].join('/');
}

/** The key of a rule for a group: `sigma/dns_query/@insikt-i-soon/5c1f0a9e`, with the tier where there is one. */
export function groupKey(target: string, pass: string, group: string, tier: string | undefined): string {
  return `${target}/${pass}/${tier ? `${tier}/` : ''}${word(group)}`;
}

/** The key of a file that has a serial: `rpz/@file/refang.rpz`. No pass has such a name. */
export function fileKey(target: string, path: string): string {
  return `${target}/@file/${word(path)}`;
}

/** Whether a key is that of a file. */
export function isFileKey(key: string): boolean {
  return key.startsWith('/@file/', key.indexOf('/'));
}
