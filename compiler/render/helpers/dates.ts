/** Days, written YYYY-MM-DD everywhere in Refang, in the spellings that targets want. */

import { isDay } from '../../indicators/day.ts';
import { type Helper, textArgument } from './helper.ts';

/** Midnight UTC of the day, in milliseconds. Throws as `day` does. */
function midnight(value: unknown): number {
  return Date.parse(`${day(value)}T00:00:00Z`);
}

/** An argument that is a day. Throws `RangeError` for what is none of the calendar. */
function day(value: unknown): string {
  const text = textArgument(value);
  if (!isDay(text)) throw new RangeError(`\`${text}\` is not a day, YYYY-MM-DD`);
  return text;
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
