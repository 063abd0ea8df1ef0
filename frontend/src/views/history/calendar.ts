/** The last weeks by day: how much was heard, and how much of each day was recorded. */

export interface Gap {
  listener: string;
  start: string;
  end: string;
  reason: string;
}

export interface StripDay {
  /** Such as 2026-07-14. */
  date: string;
  play_count: number;
  minutes: number;
  /** The share of the day, as far as it is past, that was not recorded; 0 to 1. */
  missing: number;
  gaps: Gap[];
}

const NOT_RECORDING = "not_recording";
const DAY_MS = 86_400_000;

/** Return a date so many days later. */
export const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * DAY_MS)
    .toISOString()
    .slice(0, 10);

/** Return the days from one date to another, both included. */
export const datesBetween = (first: string, last: string): string[] => {
  const dates: string[] = [];
  for (let date = first; date <= last; date = shifted(date, 1))
    dates.push(date);
  return dates;
};

/**
 * Return the days of a strip, which is about some listeners. Where one is not recorded because nothing was there to do so,
 * such as before an account was linked, that counts only as far as all lack it; any other gap counts of each. Gaps are in
 * local times with their offsets; a day's share is by its wall clock, so an hour that a change of clocks adds or takes does
 * not count.
 */
export const stripDays = (
  dates: string[],
  totals: { start: string; play_count: number; minutes: number }[],
  listeners: string[],
  gaps: Gap[],
  now: string,
): StripDay[] => {
  const byDate = new Map(totals.map((total) => [total.start, total]));
  return dates.map((date) => {
    const begins = wall(`${date}T00:00:00`);
    const ends = Math.min(begins + DAY_MS, wall(now));
    const lost = (gap: Gap): number =>
      Math.max(
        0,
        Math.min(wall(gap.end), ends) - Math.max(wall(gap.start), begins),
      );
    const lacks = (listener: string, of: Gap[]): number =>
      of
        .filter((gap) => gap.listener === listener)
        .reduce((sum, gap) => sum + lost(gap), 0);
    const near = gaps.filter((gap) => lost(gap) > 0);
    const disturbed = near.filter((gap) => gap.reason !== NOT_RECORDING);
    const least = Math.min(...listeners.map((each) => lacks(each, near)));
    const most = Math.max(
      0,
      Number.isFinite(least) ? least : 0,
      ...listeners.map((each) => lacks(each, disturbed)),
    );
    const total = byDate.get(date);
    return {
      date,
      play_count: total?.play_count ?? 0,
      minutes: total?.minutes ?? 0,
      missing: ends > begins ? Math.min(1, most / (ends - begins)) : 0,
      gaps: least > 0 ? near : disturbed,
    };
  });
};

/** Return a local moment as a number by its wall clock alone. */
const wall = (moment: string): number => Date.parse(`${moment.slice(0, 19)}Z`);
