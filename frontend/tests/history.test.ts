import assert from "node:assert/strict";
import { test } from "node:test";

import {
  datesBetween,
  shifted,
  stripDays,
} from "../src/views/history/calendar.ts";
import {
  addressOf,
  byDay,
  extended,
  fromHere,
  keyOf,
  renewed,
  withThese,
  type Play,
} from "../src/views/history/plays.ts";

const play = (started_at: string, more: Partial<Play> = {}): Play => ({
  id: `${Date.parse(started_at)}-00000000`,
  title: "Ember",
  artists: ["Kite Season"],
  album: null,
  kind: "track",
  uri: "spotify:track:ember",
  listener: "Alva",
  rooms: [],
  device: null,
  started_at,
  ended_at: new Date(Date.parse(started_at) + 200_000).toISOString(),
  seconds_played: 200,
  skipped: null,
  in_progress: false,
  playing: false,
  sources: ["live"],
  context_uri: null,
  ...more,
});

const at = (minute: number): Play =>
  play(new Date(Date.UTC(2026, 6, 14, 12, minute)).toISOString());
const page = (minutes: number[], next: string | null) => ({
  plays: minutes.map(at),
  next,
});
const minutesOf = (plays: Play[]): number[] =>
  plays.map((each) => new Date(each.started_at).getUTCMinutes());

test("pages one after another are one list, whatever they share", () => {
  const list = extended(page([50, 40], "a"), page([40, 30], "b"));
  assert.deepEqual(minutesOf(list.plays), [50, 40, 30]);
  assert.equal(list.next, "b");
});

test("a new play comes on top, and what fell off the newest page is kept", () => {
  const list = renewed(page([50, 40, 30, 20], "x"), page([55, 50, 40], "y"));
  assert.deepEqual(minutesOf(list.plays), [55, 50, 40, 30, 20]);
  assert.equal(list.next, "x");
});

test("what the newest page no longer has is gone", () => {
  const list = renewed(page([50, 40, 30, 20], "x"), page([50, 30], "y"));
  assert.deepEqual(minutesOf(list.plays), [50, 30, 20]);
});

test("where all of the newest page is new, the list begins anew without a hole", () => {
  const list = renewed(page([30, 20], null), page([50, 45], "y"));
  assert.deepEqual(minutesOf(list.plays), [50, 45]);
  assert.equal(list.next, "y");
});

test("a newest page with nothing before it is all there is", () => {
  const list = renewed(page([50, 40], "x"), page([50], null));
  assert.deepEqual(minutesOf(list.plays), [50]);
  assert.equal(list.next, null);
});

test("a play that is under way becomes the one that is over", () => {
  const now = play("2026-07-14T12:50:00Z", { id: null, in_progress: true });
  const list = renewed(
    { plays: [now, at(40)], next: "x" },
    { plays: [at(50), at(40)], next: "y" },
  );
  assert.deepEqual(minutesOf(list.plays), [50, 40]);
  assert.notEqual(keyOf(now), keyOf(at(50)));
});

test("a forgotten play stands where it was, and once when it is back", () => {
  const plays = [at(50), at(30)];
  assert.deepEqual(minutesOf(withThese(plays, [at(40)])), [50, 40, 30]);
  assert.deepEqual(minutesOf(withThese(plays, [at(30)])), [50, 30]);
});

test("a day is the listener's own, across midnight and a change of clocks", () => {
  const days = byDay([
    play("2026-10-25T00:30:00+02:00"),
    play("2026-10-24T23:50:00+02:00"),
    play("2026-10-24T08:00:00+02:00"),
  ]);
  assert.deepEqual(
    days.map((day) => [day.date, day.plays.length]),
    [
      ["2026-10-25", 1],
      ["2026-10-24", 2],
    ],
  );
});

test("from a play on goes until half an hour of silence, and is one listener's", () => {
  const plays = [
    play("2026-07-14T14:00:00Z"),
    play("2026-07-14T12:30:00Z"),
    play("2026-07-14T12:10:00Z", { listener: "Ben", id: "b" }),
    play("2026-07-14T12:05:00Z"),
    play("2026-07-14T11:00:00Z"),
  ];
  const first = plays[3];
  assert.ok(first);
  assert.deepEqual(
    fromHere(plays, first).map((each) => each.started_at.slice(11, 16)),
    ["12:05", "12:30"],
  );
});

test("only what is Spotify's has an address there", () => {
  assert.equal(
    addressOf("spotify:episode:a1"),
    "https://open.spotify.com/episode/a1",
  );
  for (const uri of [null, "spotify:local:a:b:c:1", "encore:television", "x"])
    assert.equal(addressOf(uri), null);
});

test("days follow each other over the end of a month and a leap day", () => {
  assert.equal(shifted("2028-02-28", 1), "2028-02-29");
  assert.deepEqual(datesBetween("2026-12-30", "2027-01-01"), [
    "2026-12-30",
    "2026-12-31",
    "2027-01-01",
  ]);
});

const gap = (listener: string, start: string, end: string, reason: string) => ({
  listener,
  start: `${start}:00+02:00`,
  end: `${end}:00+02:00`,
  reason,
});

test("a day lacks as much as the listener whose recording was disturbed the most", () => {
  const days = stripDays(
    ["2026-07-13", "2026-07-14", "2026-07-15"],
    [{ start: "2026-07-14", play_count: 3, minutes: 10 }],
    ["Alva", "Ben"],
    [
      gap("Ben", "2026-07-13T18:00", "2026-07-14T12:00", "paused"),
      gap("Alva", "2026-07-14T06:00", "2026-07-14T12:00", "restarted"),
      gap("Ben", "2026-07-15T00:00", "2026-07-15T06:00", "paused"),
    ],
    "2026-07-15T12:00:00+02:00",
  );
  assert.deepEqual(
    days.map((day) => day.missing),
    [0.25, 0.5, 0.5],
  );
  assert.deepEqual(
    days.map((day) => [day.play_count, day.gaps.length]),
    [
      [0, 1],
      [3, 2],
      [0, 1],
    ],
  );
});

test("who was not there yet leaves no gap while somebody else was recorded", () => {
  const gaps = [
    gap("Ben", "2026-07-13T00:00", "2026-07-14T18:00", "not_recording"),
    gap("Alva", "2026-07-13T00:00", "2026-07-14T06:00", "not_recording"),
  ];
  const missing = (listeners: string[]) =>
    stripDays(
      ["2026-07-13", "2026-07-14", "2026-07-15"],
      [],
      listeners,
      gaps.filter((each) => listeners.includes(each.listener)),
      "2026-07-16T12:00:00+02:00",
    ).map((day) => day.missing);
  assert.deepEqual(missing(["Alva", "Ben"]), [1, 0.25, 0]);
  assert.deepEqual(missing(["Ben"]), [1, 0.75, 0]);
});
