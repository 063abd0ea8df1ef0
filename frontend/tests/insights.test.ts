import assert from "node:assert/strict";
import { test } from "node:test";

import { markEvery } from "../src/drawings/marks.ts";
import { beside } from "../src/views/insights/beside.ts";
import { gapsOf } from "../src/views/insights/gaps.ts";
import { weeksOf } from "../src/views/insights/weeks.ts";

const of = (name: string, plays: number): Parameters<typeof beside>[0][0] => ({
  name,
  play_count: plays,
  minutes: 3 * plays,
});

test("who is missing in a list that was cut may have been heard all the same", () => {
  const [first, second, third] = beside(
    [of("A", 9), of("B", 5)],
    [of("B", 7), of("C", 6)],
    "plays",
    2,
  );
  assert.deepEqual([first?.name, second?.name, third?.name], ["A", "B", "C"]);
  assert.equal(first?.other, null);
  assert.equal(second?.other?.play_count, 7);
  assert.equal(third?.mine, null);
});

test("who is missing in a list that is whole was not heard", () => {
  const [only] = beside([of("A", 9)], [], "plays", 2);
  assert.deepEqual(only?.other, { play_count: 0, minutes: 0 });
});

test("weeks begin with the first weekday of the home, and end whole", () => {
  // A Wednesday to the Monday after.
  const days = ["15", "16", "17", "18", "19", "20"].map((day) => ({
    start: `2026-07-${day}`,
  }));
  const starts = (first: number): (string | undefined)[][] =>
    weeksOf(days, first).map((week) => week.map((day) => day?.start.slice(8)));
  assert.deepEqual(starts(0), [
    [undefined, undefined, "15", "16", "17", "18", "19"],
    ["20", ...Array<undefined>(6).fill(undefined)],
  ]);
  assert.deepEqual(starts(6), [
    [undefined, undefined, undefined, "15", "16", "17", "18"],
    ["19", "20", ...Array<undefined>(5).fill(undefined)],
  ]);
  assert.deepEqual(weeksOf([], 0), []);
});

test("a gap is shaded from the step it begins in, unless nobody could see it", () => {
  const steps = Array.from({ length: 31 }, (_, day) => ({
    start: `2026-07-${String(day + 1).padStart(2, "0")}`,
  }));
  const gap = (start: string, end: string): Parameters<typeof gapsOf>[0] => ({
    gaps: [
      {
        start: `2026-07-${start}:00+02:00`,
        end: `2026-07-${end}:00+02:00`,
        reason: "not_recording",
      },
    ],
  });
  assert.deepEqual(gapsOf(gap("03T12:00", "07T08:00"), steps, "day"), [[2, 6]]);
  assert.deepEqual(gapsOf(gap("03T12:00", "03T14:00"), steps, "day"), []);
  const months = ["2026-06", "2026-07", "2026-08"].map((start) => ({ start }));
  assert.deepEqual(
    gapsOf(
      {
        gaps: [
          {
            start: "2025-01-01T00:00:00+01:00",
            end: "2026-07-20T00:00:00+02:00",
            reason: "not_recording",
          },
        ],
      },
      months,
      "month",
    ),
    [[0, 1]],
  );
});

test("an axis of time is marked by what a clock counts by, five times at the most", () => {
  for (const most of [1, 7, 45, 100, 406, 1800, 33 * 60, 9_000, 90_000, 5e6]) {
    const marks = most / markEvery(most);
    assert.ok(marks <= 4, `${most}: ${marks}`);
    assert.ok(marks > 1 || most < 4, `${most}: ${marks}`);
    if (most > 240) assert.equal(markEvery(most) % 60, 0);
  }
});
