/** Domain names. A domain matches the name itself and all names below it, unless its record says `match: exact`. */

import { readName } from './hostname.ts';
import type { KindModule, ParseNote, ParseResult } from './kind.ts';
import { type LiveText, readLive } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
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
  fields: { labels: 'how many labels the name has: 2 for `host.example`' },
  describe: (value) => ({ labels: value.split('.').length }),
};

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
