import assert from "node:assert/strict";
import { test } from "node:test";

import type { WindowAnswers, YearAnswer } from "../src/views/year/answers.ts";
import {
  directionOf,
  fitting,
  onOneLine,
} from "../src/views/year/lettering.ts";
import { reviewOfWindow, reviewOfYear } from "../src/views/year/review.ts";

const window = {
  name: "2025",
  start: "2025-01-01T00:00:00+01:00",
  end: "2026-01-01T00:00:00+01:00",
  complete: true,
  covered: 1,
  gap_count: 0,
  gaps: [],
};
const answer = {
  time_range: window,
  recorded_from: "2019-03-09T12:00:00+01:00",
  time_zone: "Europe/Berlin",
  speech: "",
};
const year: YearAnswer = {
  ...answer,
  year: 2025,
  total: { play_count: 9, minutes: 42 },
  days: 3,
  different: {},
  top: {},
  months: [{ month: "2025-03", play_count: 9, minutes: 42, top_track: null }],
  biggest_day: null,
  longest_streak: null,
  longest_session: null,
  first_play: null,
  most_repeated_in_a_day: null,
  new_artists: 3,
  new_favourite: null,
  favourites_known_years: null,
  before: { start: "", end: "", play_count: 0, minutes: 0 },
  change_percent: null,
};

test("a year has twelve months, silent ones too", () => {
  const { steps } = reviewOfYear(year);
  assert.equal(steps.length, 12);
  assert.deepEqual(
    steps.filter((each) => each.play_count).map((each) => each.start),
    ["2025-03"],
  );
});

test("a year before of which nothing is known is not compared with", () => {
  assert.equal(reviewOfYear(year).before, null);
  const before = { ...year.before, play_count: 4, minutes: 12 };
  assert.equal(reviewOfYear({ ...year, before }).before?.play_count, 4);
});

test("a window that is no year is reviewed as well, and counts what plays now", () => {
  const about = { ...answer, total: { play_count: 8, minutes: 40 } };
  const review = reviewOfWindow(
    {
      taste: { ...about, days: 2, top: {}, before: null, change_percent: null },
      time: {
        ...about,
        total: { play_count: 9, minutes: 42 },
        longest_day: null,
      },
      timeline: {
        ...about,
        step: "day",
        by: "plays",
        busiest: null,
        steps: [{ start: "2025-12-30", play_count: 8, minutes: 40 }],
      },
      streaks: { ...about, days: 2, current: null, streaks: [] },
      sessions: { ...about, longest: null, latest: [] },
      discoveries: { ...about, new: 1, different: 2, discoveries: [] },
    } as unknown as WindowAnswers,
    new Date("2026-07-01T00:00:00Z"),
  );
  assert.equal(review.total.play_count, 9);
  assert.equal(review.year, null);
  assert.equal(review.steps.at(-1)?.start, "2025-12-31");
  assert.equal(review.streak, null);
});

/** As if each sign were one wide. */
const wide = (text: string): number => [...text].length;

test("what fits stays, and what does not ends in dots", () => {
  assert.equal(fitting("Ember", 5, wide), "Ember");
  assert.equal(fitting("Ember Light", 7, wide), "Ember…");
  assert.equal(wide(fitting("x".repeat(300), 20, wide)), 20);
  assert.equal(fitting("Ember", 0, wide), "…");
});

test("no character is cut in two", () => {
  const family = "👨‍👩‍👧‍👦";
  const cut = fitting(family.repeat(4), 18, wide);
  assert.equal(cut, `${family.repeat(2)}…`);
  assert.equal(fitting("e\u0301e\u0301e\u0301", 3, wide), "e\u0301…");
});

test("signs that steer other texts, and breaks of lines, are not painted", () => {
  assert.equal(onOneLine("a\u202eb\nc\u2066d\u0000"), "a b c d");
});

test("a text runs as its first letter does", () => {
  assert.equal(directionOf("فيروز Fairuz"), "rtl");
  assert.equal(directionOf("99 שירים"), "rtl");
  assert.equal(directionOf("Ember فيروز"), "ltr");
  assert.equal(directionOf("🎉 123"), "ltr");
});
