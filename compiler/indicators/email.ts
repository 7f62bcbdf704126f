/** E-mail addresses. */

import { readName } from './hostname.ts';
import type { KindModule, Refused } from './kind.ts';
import { type LiveText, readLive } from './refang.ts';
import { accept, quote, refuse, refuseEmpty } from './result.ts';
import { collectWitnesses, upperCase } from './witnesses.ts';
import { refuseWrongKind } from './wrong-kind.ts';

/** RFC 5321, 4.5.3.1. */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const ATEXT = String.raw`[a-z0-9!#$%&'*+/=?^_\x60{|}~-]`;
const DOT_STRING = new RegExp(String.raw`^${ATEXT}+(?:\.${ATEXT}+)*$`, 'i');

export const email: KindModule = {
  kind: 'email',
  title: 'E-mail address',
  parse(text) {
    const whole = readLive(text);
    if (whole.text === '') return refuseEmpty();
    const at = whole.text.lastIndexOf('@');
    if (at < 0)
      return (
        refuseWrongKind(whole, 'email') ??
        refuse('RF323', `${quote(whole)} has no \`@\``, { at: whole.span() })
      );
    const local = whole.slice(0, at);
    const wrong = refuseLocal(whole, local);
    if (wrong) return refuseWrongKind(whole, 'email') ?? wrong;
    const host = whole.slice(at + 1);
    if (host.text === '')
      return refuse('RF323', `${quote(whole)} has no domain after \`@\``, { at: whole.span(at) });
    if (host.text.startsWith('[')) return refuseLiteral(whole, host);
    const name = readName(host);
    if (typeof name !== 'string') return name;
    // RFC 5321 lets a mail system tell letter case apart in the local part. None in use does, senders vary it
    // freely, and every program that we write rules for compares addresses without it.
    const value = `${local.text.toLowerCase()}@${name}`;
    if (value.length <= MAX_ADDRESS) return accept('email', value);
    return refuse('RF329', `${quote(whole)} has ${value.length} characters; ${MAX_ADDRESS} is the most`, {
      at: whole.span(),
    });
  },
  fields: {
    local: 'what stands before `@`, in lower case',
    domain: 'what stands behind `@`, canonical',
    plain: 'whether it begins with a letter, a digit or `_`: in lists, other signs may begin a comment',
  },
  describe(value) {
    const at = value.lastIndexOf('@');
    return { local: value.slice(0, at), domain: value.slice(at + 1), plain: /^\w/.test(value) };
  },
  witnesses(value) {
    const at = value.lastIndexOf('@');
    const local = value.slice(0, at);
    const name = value.slice(at + 1);
    const other = name === 'mail.example' ? 'mail.test' : 'mail.example';
    return collectWitnesses(
      email,
      [
        { text: value, about: 'the address itself' },
        { text: upperCase(value), about: 'the address in upper case' },
      ],
      [
        { text: `x${value}`, about: 'a letter more in front' },
        { text: `${local}x@${name}`, about: 'a letter more before the `@`' },
        { text: `a.${value}`, about: 'a word more in front' },
        { text: `${value}.example`, about: 'the domain in front of another' },
        { text: `${local}@evil${name}`, about: 'a longer domain' },
        { text: `${local}@sub.${name}`, about: 'a subdomain of the domain' },
        { text: `${local}@${other}`, about: 'the same name at another domain' },
      ],
    );
  },
};

/** Checks a local part against the dot-string form of RFC 5321, 4.1.2. */
function refuseLocal(whole: LiveText, local: LiveText): Refused | undefined {
  const { text } = local;
  if (text.length > MAX_LOCAL) {
    return refuse(
      'RF329',
      `${quote(whole)} has ${text.length} characters before \`@\`; ${MAX_LOCAL} is the most`,
      { at: local.span() },
    );
  }
  if (DOT_STRING.test(text)) return undefined;
  if (text === '') {
    return refuse('RF323', `${quote(whole)} has nothing before \`@\``, {
      at: whole.span(0, 1),
      help: 'for all addresses of a domain, list the domain under `domain:`',
    });
  }
  if (text.startsWith('"')) {
    return refuse('RF323', `${quote(whole)} has a quoted local part`, {
      label: 'quoted',
      at: local.span(),
      help: 'write the address without quotes; addresses that need them are not supported',
    });
  }
  const stray = text.search(new RegExp(String.raw`(?!\.)(?!${ATEXT}).`, 'isu'));
  if (stray < 0) {
    const dot = Math.max(text.search(/^\.|\.\.|\.$/), 0);
    return refuse('RF323', `${quote(whole)} has a dot at the edge of its local part, or two in a row`, {
      at: local.span(dot, dot + 1),
    });
  }
  const character = String.fromCodePoint(text.codePointAt(stray) as number);
  const shown = character === ' ' ? 'a space' : quote(character);
  return refuse('RF323', `${quote(whole)} holds ${shown} before \`@\``, {
    label: 'not part of an address',
    at: local.span(stray, stray + character.length),
  });
}

function refuseLiteral(whole: LiveText, host: LiveText): Refused {
  return refuse('RF323', `${quote(whole)} has an address in place of a domain`, {
    at: host.span(),
    help: 'list the address under `ip:`',
  });
}
