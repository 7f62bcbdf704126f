/** Days of the calendar, written YYYY-MM-DD everywhere in Refang. */

/** Whether a text is a day as YYYY-MM-DD; February has 28 or 29. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= lengthOf(Number(text.slice(5, 7)), Number(text.slice(0, 4)));
}

/** How many days a month has, by the Gregorian calendar at all times; 0 for what is no month. */
function lengthOf(month: number, year: number): number {
  if (month !== 2) return [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The last day that can be written. */
export const LAST_DAY = '9999-12-31';

/** The day so many days later, or the last that can be written. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.getUTCFullYear() > 9999 ? LAST_DAY : date.toISOString().slice(0, 10);
}

/** How many days it is from one day to another; negative where that is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
