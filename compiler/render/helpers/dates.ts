/** Days, written YYYY-MM-DD everywhere in Refang, in the spellings that targets want. */

import { type Helper, textArgument } from './helper.ts';

/** Midnight UTC of the day, in milliseconds. Throws `RangeError` for what is no day of the calendar. */
function midnight(value: unknown): number {
  const day = textArgument(value);
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(day)) {
    throw new RangeError(`\`${day}\` is not a day, YYYY-MM-DD`);
  }
  return time;
}

function day(value: unknown): string {
  return new Date(midnight(value)).toISOString().slice(0, 10);
}

export const DATES: Readonly<Record<string, Helper>> = {
  date_underscored: {
    about: 'A day as `2024_03_20`.',
    params: [1, 1],
    run: (value) => day(value).replaceAll('-', '_'),
  },
  year: {
    about: 'The year of a day, four digits.',
    params: [1, 1],
    run: (value) => day(value).slice(0, 4),
  },
  epoch: {
    about: 'Midnight UTC of a day, in seconds since 1970.',
    params: [1, 1],
    run: (value) => midnight(value) / 1000,
  },
  epoch_after: {
    about: 'The end of a day (midnight UTC of the next) in seconds since 1970.',
    params: [1, 1],
    run: (value) => midnight(value) / 1000 + 86_400,
  },
};
