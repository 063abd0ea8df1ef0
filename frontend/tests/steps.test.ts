import assert from "node:assert/strict";
import { test } from "node:test";

import { everyStep, type Step, type Timeline } from "../src/drawings/steps.ts";

const timeline = (
  step: Timeline["step"],
  starts: string[],
  window: Partial<Timeline["time_range"]> = {},
): Timeline => ({
  step,
  by: "plays",
  steps: starts.map((start) => ({ start, play_count: 1, minutes: 3 })),
  busiest: null,
  total: { plays: starts.length, minutes: 3 * starts.length },
  time_zone: "Europe/Berlin",
  speech: "",
  time_range: {
    name: "this_month",
    start: "2026-07-01T00:00:00+02:00",
    end: "2026-08-01T00:00:00+02:00",
    ...window,
  },
});
const NOW = new Date("2026-07-05T22:30:00Z");
const starts = (steps: Step[]): string[] => steps.map((each) => each.start);

test("days without a play are there, up to today by the clock of the answer", () => {
  const days = everyStep(timeline("day", ["2026-07-02", "2026-07-04"]), {
    now: NOW,
  });
  // In Berlin it is the 6th already.
  assert.deepEqual(starts(days), [
    "2026-07-01",
    "2026-07-02",
    "2026-07-03",
    "2026-07-04",
    "2026-07-05",
    "2026-07-06",
  ]);
  assert.deepEqual(
    days.map((each) => each.play_count),
    [0, 1, 0, 1, 0, 0],
  );
});

test("a window that is over ends with its last day", () => {
  const june = timeline("day", ["2026-06-29"], {
    name: "last_month",
    start: "2026-06-01T00:00:00+02:00",
    end: "2026-07-01T00:00:00+02:00",
  });
  const days = everyStep(june, { now: NOW });
  assert.equal(days.length, 30);
  assert.equal(days.at(-1)?.start, "2026-06-30");
});

test("all time begins with the first play, and so does what a limit cut", () => {
  const window = {
    name: "all_time",
    start: "1970-01-01T01:00:00+01:00",
    end: "2026-07-06T00:00:00+02:00",
  };
  assert.deepEqual(
    starts(
      everyStep(timeline("month", ["2026-03", "2026-05"], window), {
        now: NOW,
      }),
    ),
    ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"],
  );
  assert.deepEqual(
    starts(everyStep(timeline("year", ["2023"], window), { now: NOW })),
    ["2023", "2024", "2025", "2026"],
  );
  assert.equal(
    everyStep(timeline("day", ["2026-07-04"]), { now: NOW, limit: 1 })[0]
      ?.start,
    "2026-07-04",
  );
});

test("weeks follow the first of the answer, whatever day they begin on", () => {
  const weeks = everyStep(timeline("week", ["2026-06-28"]), { now: NOW });
  assert.deepEqual(starts(weeks), ["2026-06-28", "2026-07-05"]);
});

test("hours go on over midnight, and none of an answer is lost where clocks change", () => {
  const night = timeline("hour", ["2026-10-25T02:00"], {
    name: null,
    start: "2026-10-24T23:00:00+02:00",
    end: "2026-10-25T04:00:00+01:00",
  });
  const hours = everyStep(night, { now: new Date("2026-11-01T00:00:00Z") });
  assert.deepEqual(starts(hours), [
    "2026-10-24T23:00",
    "2026-10-25T00:00",
    "2026-10-25T01:00",
    "2026-10-25T02:00",
    "2026-10-25T03:00",
  ]);
});

test("nothing heard is nothing drawn", () => {
  assert.deepEqual(everyStep(timeline("day", [])), []);
});
