import assert from "node:assert/strict";
import { test } from "node:test";

import { configOf, kindOf, type Asked } from "../src/asked.ts";

const asked = (over: Partial<Asked>): Asked => ({
  operation: "get_top",
  parameters: { of: "tracks", listener: "me", thing: "Rain", limit: 3 },
  answer: {
    time_range: {
      name: null,
      start: "2026-10-01T00:00:00+02:00",
      end: "2026-11-01T00:00:00+01:00",
    },
  },
  speech: "…",
  ...over,
});

test("an answer has the card of its question, of what was asked and when", () => {
  assert.equal(kindOf(asked({})), "top");
  assert.deepEqual(configOf("top", asked({})), {
    by: "plays",
    of: "tracks",
    listener: "me",
    limit: 3,
    start_time: "2026-10-01T00:00:00+02:00",
    end_time: "2026-11-01T00:00:00+01:00",
    type: "",
  });
});

test("a time range that has a name is shown by it", () => {
  const window = { name: "october", start: "2026-10-01", end: "2026-11-01" };
  const config = configOf(
    "timeline",
    asked({ answer: { time_range: window } }),
  );
  assert.equal(config.time_range, "october");
  assert.equal(config.start_time, undefined);
});

test("a time range that was asked by its ends stays", () => {
  const parameters = { start_time: "2026-01-01", end_time: "2026-01-05" };
  const config = configOf("timeline", asked({ parameters }));
  assert.equal(config.start_time, "2026-01-01");
  assert.equal(config.end_time, "2026-01-05");
  assert.equal(config.time_range, undefined);
});

test("words alone answer what has no card, what was asked back, and what was not understood", () => {
  assert.equal(kindOf(asked({ operation: "get_play_count" })), undefined);
  assert.equal(kindOf(asked({ operation: null, answer: null })), undefined);
});
