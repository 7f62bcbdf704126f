/** The Kusto Query Language, as Microsoft Sentinel and Defender XDR read it. */

import { oneLine, refuseControl } from './characters.ts';
import type { Language } from './language.ts';

function text(value: string): string {
  refuseControl(value, 'a string of KQL');
  return value.replace(/[\\"]/g, '\\$&');
}

export const KQL: Language = {
  name: 'kql',
  text: {
    about: 'between the quotes of a string literal `"…"`',
    escape: text,
  },
  places: {
    comment: {
      about: 'after `//`; one line',
      escape: oneLine,
    },
  },
};
