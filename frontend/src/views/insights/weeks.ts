/** Days as weeks beneath each other. */

interface Day {
  /** 2026-07-14 */
  start: string;
}

/** Return the weekday of a date, 0 for Monday. */
const weekdayOf = (date: string): number =>
  (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;

/** Return days that follow one another as weeks of seven, with null for what is before the first and after the last. */
export const weeksOf = <D extends Day>(
  days: D[],
  firstWeekday: number,
): (D | null)[][] => {
  const [first] = days;
  if (!first) return [];
  const before = (weekdayOf(first.start) - firstWeekday + 7) % 7;
  const all: (D | null)[] = [...Array<null>(before).fill(null), ...days];
  while (all.length % 7) all.push(null);
  return Array.from({ length: all.length / 7 }, (_, week) =>
    all.slice(7 * week, 7 * week + 7),
  );
};
