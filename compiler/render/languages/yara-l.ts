/** YARA-L 2.0, the rules of Google Security Operations, and the CSV files of its data tables. */

import { oneLine } from './characters.ts';
import { CSV } from './csv.ts';
import type { Escape, Language } from './language.ts';

const { exact } = CSV.places as { exact: Escape };

export const YARA_L: Language = {
  name: 'yara-l',
  text: {
    about: 'between the quotes of a string `"…"`, here and in YAML; one line',
    escape: (value) => oneLine(value).replace(/[\\"]/g, '\\$&'),
  },
  places: {
    cell: {
      about: 'a whole cell of a data table, quoted where needed and otherwise unchanged',
      escape: exact.escape,
    },
    remark: {
      about: 'a whole cell of a data table, for people; one line',
      escape: (value) => exact.escape(oneLine(value)),
    },
  },
};
