/** Days of the calendar, written YYYY-MM-DD everywhere in Refang. */

/** Whether a text is a day as YYYY-MM-DD; February has 28 or 29. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
