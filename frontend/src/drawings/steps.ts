/** The steps of a timeline: those without a play, which answers leave out, are put back. */

import type { Answer, By, Total } from "./answers.ts";

export type StepName = "hour" | "day" | "week" | "month" | "year";

export interface Step extends Total {
  /** 2026-07-14T20:00, 2026-07-14 (a day, or the first of a week), 2026-07, or 2026. */
  start: string;
}

/** The answer to `timeline`. */
export interface Timeline extends Answer {
  step: StepName;
  by: By;
  steps: Step[];
  busiest: Step | null;
}

const LENGTH = { hour: 16, day: 10, week: 10, month: 7, year: 4 };
/** More would be neither seen nor drawn in time. */
const MOST = 4_000;

/** Return the local time of a moment as 2026-07-14T20:00. */
const localTime = (moment: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return parts.format(moment).replace(" ", "T");
};

/** Return the start of the step after another. */
const following = (start: string, step: StepName): string => {
  const whole = `${start.padEnd(4, "0")}${"-01-01T00:00".slice(start.length - 4)}`;
  const next = new Date(`${whole}:00Z`);
  if (step === "hour") next.setUTCHours(next.getUTCHours() + 1);
  else if (step === "day") next.setUTCDate(next.getUTCDate() + 1);
  else if (step === "week") next.setUTCDate(next.getUTCDate() + 7);
  else if (step === "month") next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  return next.toISOString().slice(0, LENGTH[step]);
};

/**
 * Return all steps of an answer up to `now`, in order. They begin where its window does; with the first play where the
 * window is all time, or where a limit has cut the answer.
 */
export const everyStep = (
  { step, steps, time_range: range, time_zone }: Timeline,
  { now = new Date(), limit = Infinity }: { now?: Date; limit?: number } = {},
): Step[] => {
  const [first] = steps;
  if (!first) return [];
  const length = LENGTH[step];
  const ended = new Date(range.end);
  const last = localTime(
    new Date(Math.min(ended.getTime() - 1, now.getTime())),
    time_zone,
  ).slice(0, length);
  const cut = range.name === "all_time" || steps.length >= limit;
  // A week that began before its window is the first of the answer, if anything was played in it.
  let start =
    cut || step === "week" ? first.start : range.start.slice(0, length);
  if (step === "hour") start = `${start.slice(0, 13)}:00`;
  const known = new Map(steps.map((each) => [each.start, each]));
  const all: Step[] = [];
  while (start <= last && all.length < MOST) {
    all.push(known.get(start) ?? { start, play_count: 0, minutes: 0 });
    known.delete(start);
    start = following(start, step);
  }
  return [...all, ...known.values()].sort((one, other) =>
    one.start < other.start ? -1 : 1,
  );
};
