import assert from "node:assert/strict";
import { test } from "node:test";

import {
  filtersOf,
  NO_FILTERS,
  parametersOf,
  queryOf,
} from "../src/filters.ts";

test("an address keeps filters, and gives them back", () => {
  const filters = {
    ...NO_FILTERS,
    window: "last_night",
    listener: "Søren & Kø",
    room: "Küche / Bad",
  };
  assert.deepEqual(filtersOf(queryOf(filters)), filters);
});

test("what is not chosen is not in the address", () => {
  assert.equal(queryOf(NO_FILTERS), "");
  assert.equal(queryOf(NO_FILTERS, { play: "12" }), "?play=12");
});

test("a question is asked about the window of the page where none is chosen", () => {
  assert.deepEqual(parametersOf(NO_FILTERS, "this_month"), {
    time_range: "this_month",
  });
  assert.deepEqual(parametersOf(NO_FILTERS), {});
});

test("a window between two days is never asked for by a name as well", () => {
  const filters = { ...NO_FILTERS, window: "today", start: "2026-07-01" };
  assert.deepEqual(parametersOf(filters, "this_month"), {
    start_time: "2026-07-01",
  });
});

void test("filters are called in an address as the fields of actions", () => {
  assert.equal(
    queryOf({ ...NO_FILTERS, window: "last_night", start: "a", end: "b" }),
    "?time_range=last_night&start_time=a&end_time=b",
  );
});
