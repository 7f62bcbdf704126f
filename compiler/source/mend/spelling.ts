/** The canonical spelling of a value, defanged as it was. */

import type { Kind } from '../../indicators/kind.ts';
import { KIND_MODULES } from '../../indicators/kinds.ts';
import { type LiveText, readLive } from '../../indicators/refang.ts';

/** How the values of a kind are mended, given what they are read as. Other kinds stay as they are. */
const MENDS: Partial<Record<Kind, (written: string, live: LiveText, value: string) => string>> = {
  domain: (written, live) => withoutLastDot(inLowerCase(written, live), live),
  email: (written, live) => withoutLastDot(inLowerCase(written, live), live),
  url: (written, live) => inLowerCase(written, live, endOfHost(live.text)),
  ip: inLowerCaseWhole,
  endpoint: inLowerCaseWhole,
  hash: inLowerCaseWhole,
  ja3: inLowerCaseWhole,
  ja3s: inLowerCaseWhole,
  ja4: inLowerCaseWhole,
  certificate: inLowerCaseWhole,
  cidr: withoutHostBits,
};

/**
 * The better spelling of a text that is read as `value`: small letters where case means nothing, no dot at the end of
 * a name, no host bits in a network. Undefined where there is nothing to mend, or where it would be read as something else.
 */
export function mendedSpelling(kind: Kind, written: string, value: string): string | undefined {
  if (written === value) return undefined;
  const mend = MENDS[kind];
  const before = KIND_MODULES[kind].parse(written);
  if (!mend || !before.ok || before.value !== value) return undefined;
  const mended = mend(written, readLive(written), value);
  if (mended === written) return undefined;
  const after = KIND_MODULES[kind].parse(mended);
  return after.ok && after.kind === kind && after.value === value ? mended : undefined;
}

function inLowerCaseWhole(written: string, live: LiveText): string {
  return inLowerCase(written, live);
}

/** ASCII letters of the first `end` live characters in lower case. What is defanged, such as `hXXp`, stays. */
function inLowerCase(written: string, live: LiveText, end = live.text.length): string {
  const letters = written.split('');
  for (let at = 0; at < end; at++) {
    const span = live.span(at, at + 1);
    if (span.end - span.start > 1) continue;
    letters[span.start] = (letters[span.start] as string).replace(/[A-Z]/, (letter) => letter.toLowerCase());
  }
  return letters.join('');
}

/** Where the host of a URL ends; 0 where something stands before the host that letters can matter in. */
function endOfHost(live: string): number {
  const [start = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(live) ?? [];
  return start.includes('@') ? 0 : start.length;
}

function withoutLastDot(written: string, live: LiveText): string {
  if (!live.text.endsWith('.')) return written;
  const { start, end } = live.span(live.text.length - 1);
  return written.slice(0, start) + written.slice(end);
}

/** The network's own address in place of one inside it. IPv4 keeps its defanged dots. */
function withoutHostBits(written: string, live: LiveText, value: string): string {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/\d+$/.exec(value)?.slice(1);
  if (!octets) return live.text === written && value.includes('/') ? value : inLowerCase(written, live);
  const numbers = [...live.text.matchAll(/\d+/g)];
  if (numbers.length !== octets.length + 1) return written;
  let text = written;
  for (let at = octets.length - 1; at >= 0; at--) {
    const { 0: number, index } = numbers[at] as RegExpExecArray;
    const { start, end } = live.span(index, index + number.length);
    text = text.slice(0, start) + octets[at] + text.slice(end);
  }
  return text;
}
