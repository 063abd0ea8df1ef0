import assert from "node:assert/strict";
import { test } from "node:test";

import { NO_FILTERS } from "../src/filters.ts";
import {
  daysOf,
  daysOfStep,
  lastDayOf,
  mayBeLongPast,
  stepFor,
  stepsFor,
  windowBefore,
} from "../src/windows.ts";

const NOW = new Date("2026-07-15T14:30:00Z");
const days = (window: string, recordedFrom = "2016-07-15T00:00:00Z"): number =>
  daysOf({ ...NO_FILTERS, window }, "this_month", recordedFrom, NOW);

test("a window is counted in steps that can be read", () => {
  assert.equal(stepFor(days("last_night")), "hour");
  assert.equal(stepFor(days("")), "day");
  assert.equal(stepFor(days("last_90_days")), "day");
  assert.equal(stepFor(days("2019")), "week");
  assert.equal(stepFor(days("all_time")), "month");
  assert.equal(stepFor(days("all_time", "1999-01-01T00:00:00Z")), "year");
  assert.equal(stepFor(days("all_time", "2026-07-10T00:00:00Z")), "day");
});

test("days between two dates count both, and no future", () => {
  const between = (start: string, end: string): number =>
    Math.round(
      daysOf({ ...NO_FILTERS, start, end }, "", "2026-01-01T00:00:00Z", NOW),
    );
  assert.equal(between("2026-07-01", "2026-07-07"), 7);
  assert.equal(between("2026-07-10", ""), 6);
  assert.ok(between("2026-07-10", "2027-07-10") < 8);
  assert.equal(between("", "2026-01-31"), 31);
});

test("the step that fits is always offered, hours never for years", () => {
  for (const length of [1, 7, 31, 92, 366, 3650, 20_000]) {
    assert.ok(stepsFor(length).includes(stepFor(length)), String(length));
    assert.equal(stepsFor(length).includes("hour"), length <= 31);
  }
});

test("windows are compared with those before them, over the turn of the year too", () => {
  assert.equal(windowBefore("this_month"), "last_month");
  assert.equal(windowBefore("2026-01"), "2025-12");
  assert.equal(windowBefore("2019"), "2018");
  assert.equal(windowBefore("all_time"), null);
});

test("only what may be long past can hold what is forgotten", () => {
  assert.ok(mayBeLongPast({ ...NO_FILTERS, window: "2019" }));
  assert.ok(mayBeLongPast({ ...NO_FILTERS, start: "2019-01-01" }));
  assert.ok(!mayBeLongPast({ ...NO_FILTERS, window: "this_month" }));
  assert.ok(!mayBeLongPast(NO_FILTERS));
});

test("a step is left for its days", () => {
  assert.deepEqual(daysOfStep("2024-02", "month"), [
    "2024-02-01",
    "2024-02-29",
  ]);
  assert.deepEqual(daysOfStep("2026", "year"), ["2026-01-01", "2026-12-31"]);
  assert.deepEqual(daysOfStep("2026-12-28", "week"), [
    "2026-12-28",
    "2027-01-03",
  ]);
  assert.deepEqual(daysOfStep("2026-07-14T20:00", "hour"), [
    "2026-07-14",
    "2026-07-14",
  ]);
});

test("the last day of a window is that of the home, wherever somebody looks from", () => {
  assert.equal(lastDayOf("2026-01-01T00:00:00+01:00"), "2025-12-31");
  assert.equal(lastDayOf("2026-07-15T14:30:00+02:00"), "2026-07-15");
  assert.equal(lastDayOf("2024-03-01T00:00:00-08:00"), "2024-02-29");
});
