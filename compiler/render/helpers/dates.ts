/** Days, written YYYY-MM-DD everywhere in Refang, in the spellings that targets want. */

import { isDay } from '../../indicators/day.ts';
import { type Helper, numberArgument, textArgument } from './helper.ts';

/** Days are few and asked for again and again: the midnight of each, in milliseconds. */
const MIDNIGHTS = new Map<string, number>();
const MOST_MIDNIGHTS = 10_000;

/** Midnight UTC of the day, in milliseconds. Throws `RangeError` for what is no day of the calendar. */
function midnight(value: unknown): number {
  const text = textArgument(value);
  let time = MIDNIGHTS.get(text);
  if (time !== undefined) return time;
  if (!isDay(text)) throw new RangeError(`\`${text}\` is not a day, YYYY-MM-DD`);
  time = Date.parse(`${text}T00:00:00Z`);
  if (MIDNIGHTS.size < MOST_MIDNIGHTS) MIDNIGHTS.set(text, time);
  return time;
}

/** An argument that is a day. Throws as `midnight` does. */
function day(value: unknown): string {
  midnight(value);
  return value as string;
}

/** A moment of a day (RFC 3339). Throws `RangeError` for a number that is none of its milliseconds. */
function instant(value: unknown, milliseconds: number): string {
  if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds >= 86_400_000)
    throw new RangeError('`instant` wants a whole number of milliseconds of one day');
  if (milliseconds === 0) return `${day(value)}T00:00:00.000Z`;
  return new Date(midnight(value) + milliseconds).toISOString();
}

export const DATES: Readonly<Record<string, Helper>> = {
  instant: {
    about:
      'The moment so many milliseconds after midnight UTC of a day: `{{instant modified rev}}` → `2024-03-20T00:00:00.002Z`.',
    params: [2, 2],
    run: (value, milliseconds) => instant(value, numberArgument(milliseconds)),
  },
  latest: {
    about: 'The latest of some days; empty ones do not count: `{{latest first_seen published}}`.',
    params: [1, Number.POSITIVE_INFINITY],
    run: (...values) =>
      values
        .filter((value) => value !== '')
        .map(day)
        .sort()
        .at(-1) ?? '',
  },
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
    about:
      'Midnight UTC of a day, in seconds since 1970; so many seconds later with a second argument: `{{epoch modified rev}}`.',
    params: [1, 2],
    run: (value, later = 0) => midnight(value) / 1000 + numberArgument(later),
  },
  epoch_after: {
    about: 'The end of a day (midnight UTC of the next) in seconds since 1970.',
    params: [1, 1],
    run: (value) => midnight(value) / 1000 + 86_400,
  },
};
