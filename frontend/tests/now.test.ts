import assert from "node:assert/strict";
import { test } from "node:test";

import type { Player } from "../src/players.ts";
import type { Play } from "../src/views/history/plays.ts";
import { changes, groupsOf, type Sounding } from "../src/views/now/groups.ts";
import { lanesOf, nearest, varied } from "../src/views/now/today.ts";

const player = (
  id: string,
  state: string,
  attributes: Record<string, unknown> = {},
): Player => ({
  entity: {
    entity_id: `media_player.${id}`,
    state,
    last_changed: "",
    last_updated: "",
    attributes,
  },
  name: id,
  area: null,
  isRoom: "group_members" in attributes,
});
const room = (id: string, state: string, ...members: string[]): Player =>
  player(id, state, {
    group_members: (members.length ? members : [id]).map(
      (each) => `media_player.${each}`,
    ),
  });
const sounds = (listener: string, more: Partial<Sounding> = {}): Sounding => ({
  title: "Ember",
  uri: "spotify:track:ember",
  listener,
  rooms: [],
  device: null,
  ...more,
});
const named = ({ name, area }: Player): string[] =>
  area ? [name, area] : [name];
const described = (players: Player[], sounding: Sounding[] = []) =>
  groupsOf(players, sounding, named).map((group) => [
    group.players.map((each) => each.name).join("+"),
    group.state,
    group.listeners.join("+"),
  ]);

test("rooms that play together are one group, led by its first, and what plays comes first", () => {
  assert.deepEqual(
    described([
      room("bath", "idle"),
      room("kitchen", "playing", "study", "kitchen"),
      room("study", "playing", "study", "kitchen"),
      room("cellar", "unavailable"),
    ]),
    [
      ["study+kitchen", "playing", ""],
      ["bath", "quiet", ""],
      ["cellar", "away", ""],
    ],
  );
});

test("a listener is where their play sounds, by room, area or device", () => {
  const kitchen = { ...room("speaker", "playing"), area: "Kitchen" };
  for (const more of [{ rooms: ["Kitchen"] }, { device: "speaker" }])
    assert.deepEqual(
      described([kitchen], [sounds("Alva", more), sounds("Ben")]),
      [["speaker", "playing", "Alva"]],
    );
});

test("an account that plays in a room is not shown beside it", () => {
  const account = player("Alva", "playing", { source: "kitchen" });
  assert.deepEqual(described([account, room("kitchen", "playing")]), [
    ["kitchen", "playing", ""],
  ]);
  assert.deepEqual(described([account, room("kitchen", "idle")]), [
    ["Alva", "playing", ""],
    ["kitchen", "quiet", ""],
  ]);
});

test("an account on a phone is known by what it plays", () => {
  const account = player("ben", "playing", {
    source: "Phone",
    media_content_id: "spotify:track:ember",
  });
  assert.deepEqual(described([account], [sounds("Ben")]), [
    ["ben", "playing", "Ben"],
  ]);
});

test("a group whose lead is not Encore's stands for itself", () => {
  assert.deepEqual(
    described([room("kitchen", "playing", "other", "kitchen")]),
    [["kitchen", "playing", ""]],
  );
});

test("choosing rooms tells who joins and who leaves", () => {
  assert.deepEqual(changes(["a", "b"], new Set(["a", "c"])), {
    join: ["c"],
    leave: ["b"],
  });
});

const play = (started_at: string, more: Partial<Play> = {}): Play => ({
  id: started_at,
  title: "Ember",
  artists: [],
  album: null,
  kind: "track",
  uri: "spotify:track:ember",
  listener: "Alva",
  rooms: [],
  device: null,
  started_at,
  ended_at: new Date(Date.parse(started_at) + 7_200_000).toISOString(),
  seconds_played: 3600,
  skipped: null,
  in_progress: false,
  playing: false,
  sources: [],
  context_uri: null,
  ...more,
});

test("a day has a lane for each room, and one for what a listener heard elsewhere", () => {
  const lanes = lanesOf(
    [
      play("2026-07-14T18:00:00Z", { rooms: ["Kitchen", "Bath"] }),
      play("2026-07-14T12:00:00Z"),
      play("2026-07-14T06:00:00Z", { rooms: ["Kitchen"], in_progress: true }),
    ],
    "2026-07-14T00:00:00Z",
    "2026-07-15T00:00:00Z",
  );
  assert.deepEqual(
    lanes.map((lane) => [
      lane.name,
      lane.isRoom,
      lane.segments.map(({ from, to }) => [from * 24, Math.round(to * 24)]),
    ]),
    [
      ["Bath", true, [[18, 19]]],
      [
        "Kitchen",
        true,
        [
          [6, 8],
          [18, 19],
        ],
      ],
      ["Alva", false, [[12, 13]]],
    ],
  );
});

test("a segment stays within its day", () => {
  const [lane] = lanesOf(
    [play("2026-07-14T23:30:00Z")],
    "2026-07-14T00:00:00Z",
    "2026-07-15T00:00:00Z",
  );
  assert.equal(lane?.segments[0]?.to, 1);
});

test("what was played last is offered once, and of an album its last first", () => {
  const heard = (hour: number, uri: string, album: string): Play => ({
    ...play(`2026-07-14T${hour}:00:00Z`),
    uri: `spotify:track:${uri}`,
    album,
  });
  const plays = [
    heard(15, "one", "Ember"),
    heard(14, "two", "Ember"),
    heard(13, "one", "Ember"),
    heard(12, "three", "Tide"),
    heard(11, "four", "Ember"),
  ];
  const offered = (most: number): string[] =>
    varied(plays, most).map((each) => each.started_at.slice(11, 13));
  assert.deepEqual(offered(9), ["15", "12", "14", "11"]);
  assert.deepEqual(offered(2), ["15", "12"]);
});

test("who points beside a short play means it, and far from all means nothing", () => {
  const [lane] = lanesOf(
    [play("2026-07-14T12:00:00Z"), play("2026-07-14T14:00:00Z")],
    "2026-07-14T00:00:00Z",
    "2026-07-15T00:00:00Z",
  );
  const at = (hour: number): string | undefined =>
    nearest(lane?.segments ?? [], hour / 24)?.play.started_at.slice(11, 13);
  assert.deepEqual([12.5, 11.8, 13.9, 2].map(at), [
    "12",
    "12",
    "14",
    undefined,
  ]);
});
