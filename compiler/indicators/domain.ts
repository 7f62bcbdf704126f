/** Domain names. A domain matches the name itself and all names below it, unless its record says `match: exact`. */

import { readName } from './hostname.ts';
import type { KindModule, ParseNote, ParseResult } from './kind.ts';
import { type LiveText, readLive } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
import { collectWitnesses, upperCase, type Witness } from './witnesses.ts';
import { refuseWrongKind } from './wrong-kind.ts';

export const domain: KindModule = {
  kind: 'domain',
  title: 'Domain name',
  parse(text) {
    const whole = readLive(text);
    if (whole.text === '') return refuseEmpty();
    const wildcard = /^\*[.\u3002\uff0e\uff61]/.test(whole.text);
    const part = wildcard ? whole.slice(2) : whole;
    const name = readName(part);
    if (typeof name === 'string')
      return accept('domain', name, wildcard ? [wildcardNote(whole, name)] : undefined);
    return refuseWrongKind(whole, 'domain') ?? refusePath(whole) ?? name;
  },
  fields: {
    labels: 'how many labels the name has: 2 for `host.example`',
    underscore: 'whether a label has a `_`, as names of services have and names of hosts have not',
  },
  describe: (value) => ({ labels: labelsOf(value), underscore: value.includes('_') }),
  witnesses(value, { subdomains }) {
    const itself: Witness[] = [
      { text: value, about: 'the name itself' },
      { text: upperCase(value), about: 'the name in upper case' },
    ];
    const below: Witness[] = [
      { text: `www.${value}`, about: 'a subdomain' },
      { text: `a.b.c.${value}`, about: 'a deeper subdomain' },
      { text: mixedCase(`www.${value}`), about: 'a subdomain in mixed case' },
    ];
    return subdomains
      ? collectWitnesses(domain, [...itself, ...below], nearMisses(value))
      : collectWitnesses(domain, itself, [...below, ...nearMisses(value)]);
  },
};

/** Counted without parts: a million names are asked. */
export function labelsOf(name: string): number {
  let labels = 1;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) labels++;
  return labels;
}

/** Names that end, begin or look like the name, and are neither it nor below it. */
function nearMisses(name: string): Witness[] {
  const labels = name.split('.');
  const above = labels.slice(0, -1).join('.');
  const otherTop = labels.at(-1) === 'example' ? 'test' : 'example';
  const misses: Witness[] = [
    { text: `evil${name}`, about: 'a longer first label' },
    { text: `foo-${name}`, about: 'a longer first label, with a hyphen' },
    { text: `${name}.${otherTop}`, about: 'the name in front of another domain' },
    { text: `${name}x`, about: 'a longer top-level domain' },
    { text: `${above}.${otherTop}`, about: 'the same labels under another top-level domain' },
    { text: dotReplaced(labels), about: 'a letter in place of a dot' },
  ];
  if (labels.length === 2) return misses;
  const parent = labels.slice(1).join('.');
  const sibling = labels[0] === 'sibling' ? 'other' : 'sibling';
  return [
    ...misses,
    { text: `${sibling}.${parent}`, about: 'a sibling' },
    { text: parent, about: 'the parent domain' },
  ];
}

/** What a pattern takes for the name if it does not escape the dot; a single label is no name, so it gets one in front. */
function dotReplaced([first, second, ...rest]: string[]): string {
  const joined = `${first}x${second}`;
  return rest.length === 0 ? `www.${joined}` : [joined, ...rest].join('.');
}

/** Every other character in upper case. */
function mixedCase(text: string): string {
  return text.replace(/(.)(.?)/g, (_, one: string, two: string) => upperCase(one) + two);
}

function wildcardNote(written: LiveText, name: string): ParseNote {
  return {
    code: 'RF307',
    message: `${quote(written)} is read as \`${name}\`, which matches all names below it as well`,
  };
}

/** `host.example/path`: the name is there, but a rule for it would match the whole site. */
function refusePath(part: LiveText): ParseResult | undefined {
  const [, host] = /^([\w.-]+\.[\w-]+)\//.exec(part.text) ?? [];
  if (host === undefined) return undefined;
  return refuse('RF302', `${quote(part)} has a path, so it is not a domain name`, {
    label: 'path',
    help: `for this one address write it with its scheme under \`url:\`; for the whole site write ${quote(part.slice(0, host.length))}`,
    at: part.span(host.length),
  });
}
