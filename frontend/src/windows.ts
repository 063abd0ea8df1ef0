/** What a window's name says without asking: how long it is, which one is before it, and how to count through it. */

import type { StepName } from "./drawings/steps.ts";
import type { Filters } from "./filters.ts";

const STEPS: StepName[] = ["hour", "day", "week", "month", "year"];

const DAY_MS = 86_400_000;

const LENGTHS: Record<string, number> = {
  today: 1,
  yesterday: 1,
  last_night: 1,
  this_week: 7,
  last_week: 7,
  this_month: 31,
  last_month: 31,
  this_year: 366,
  last_year: 366,
};

const UNITS: Record<string, number> = {
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 31,
  year: 366,
};

/** Return about how many days a window has; `usual` is the window where none was chosen. */
export const daysOf = (
  filters: Filters,
  usual: string,
  recordedFrom: string | null,
  now: Date,
): number => {
  const since = (moment: string | null): number =>
    moment ? (now.getTime() - Date.parse(moment)) / DAY_MS : 1;
  const { start, end } = filters;
  if (start || end) {
    const from = Date.parse(start || recordedFrom || end);
    const until = Math.min(Date.parse(end) || Infinity, now.getTime());
    return Math.max(1, (until - from) / DAY_MS + (end ? 1 : 0));
  }
  const name = filters.window || usual;
  const known = LENGTHS[name];
  if (known) return known;
  const back = /^last_(\d+)_(hour|day|week|month|year)s?$/.exec(name);
  if (back) return Math.max(1, Number(back[1]) * (UNITS[back[2] ?? ""] ?? 1));
  if (/^\d{4}$/.test(name)) return 366;
  if (/^\d{4}-\d\d$/.test(name)) return 31;
  if (/spring|summer|autumn|fall|winter/.test(name)) return 92;
  if (name === "all_time" || name.startsWith("since_"))
    return Math.max(1, since(recordedFrom));
  return 31;
};

/** Return the step that shows so many days in a picture that can be read. */
export const stepFor = (days: number): StepName => {
  if (days <= 2) return "hour";
  if (days <= 93) return "day";
  if (days <= 731) return "week";
  return days <= 12 * 366 ? "month" : "year";
};

/** Return the steps by which so many days can be counted at all. */
export const stepsFor = (days: number): StepName[] =>
  STEPS.filter(
    (step) =>
      (step !== "hour" || days <= 31) &&
      (days >= (UNITS[step] ?? 1) * 1.5 || step === stepFor(days)),
  );

/** Return the name of the window that is compared with one, where its name tells. */
export const windowBefore = (name: string): string | null => {
  if (/^\d{4}$/.test(name)) return String(Number(name) - 1);
  const month = /^(\d{4})-(\d\d)$/.exec(name);
  if (month) {
    const before = new Date(Date.UTC(Number(month[1]), Number(month[2]) - 2));
    return before.toISOString().slice(0, 7);
  }
  return (
    {
      today: "yesterday",
      yesterday: "day_before_yesterday",
      last_24_hours: "yesterday",
      last_night: "day_before_yesterday_night",
      this_week: "last_week",
      last_week: "week_before_last",
      this_month: "last_month",
      last_month: "month_before_last",
      this_year: "last_year",
    }[name] ?? null
  );
};

/** Return whether a window may end long before now, so that what was heard in it can be forgotten. */
export const mayBeLongPast = (filters: Filters): boolean =>
  !!(filters.start || filters.end) ||
  /^(last_year|all_time|\d{4}(-\d\d)?|.*_\d{4})$/.test(filters.window);

/** Return the first and last day of a step, as dates. */
export const daysOfStep = (start: string, step: StepName): [string, string] => {
  const [year = 1970, month = 1, day = 1] = start
    .slice(0, 10)
    .split("-")
    .map(Number);
  const date = (y: number, m: number, d: number): string =>
    new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  const first = date(year, month, day);
  switch (step) {
    case "week":
      return [first, date(year, month, day + 6)];
    case "month":
      return [first, date(year, month + 1, 0)];
    case "year":
      return [first, date(year, 12, 31)];
    default:
      return [first, first];
  }
};

/** Return the last day of a window by its end (ISO 8601 with the home's offset), which is not in it; as a date. */
export const lastDayOf = (end: string): string => {
  const day = Date.parse(`${end.slice(0, 10)}T00:00Z`);
  const whole = end.slice(11, 19) === "00:00:00";
  return new Date(day - (whole ? DAY_MS : 0)).toISOString().slice(0, 10);
};
