/** DNS master files (RFC 1035, 5), as name servers read zones from. */

import { oneLine } from './characters.ts';
import type { Escape, Language } from './language.ts';
import { LINE } from './line.ts';

const { hostname } = LINE.places as { hostname: Escape };

/** In a response policy zone what stands before these labels is no name that is asked for. */
const TRIGGER = /(?:^|\.)rpz-(?:client-ip|ip|nsip|nsdname)$/;

function owner(value: string): string {
  if (value.includes('rpz-') && TRIGGER.test(value))
    throw new RangeError('an owner name cannot end as the triggers of response policy zones do');
  return hostname.escape(value);
}

export const ZONE: Language = {
  name: 'zone',
  text: {
    about: 'after `;`; one line',
    escape: oneLine,
  },
  places: {
    owner: {
      about:
        'the owner of a record, relative to the zone, or what stands before its last labels; a domain in canonical form, or what `rpz_trigger` makes',
      escape: owner,
    },
  },
};
