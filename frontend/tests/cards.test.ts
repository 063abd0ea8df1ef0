import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { checked, KINDS, tagOf, type Kind } from "../src/cards/kinds.ts";
import { viewsOf, type Home } from "../src/cards/views.ts";
import type { Hass } from "../src/hass.ts";
import { playerOf, playersOf, roomOf } from "../src/players.ts";

const kinds = Object.keys(KINDS) as Kind[];

test("a card that is told nothing shows what is usual", () => {
  for (const kind of kinds) {
    const config = checked(kind, { type: `custom:${tagOf(kind)}` });
    assert.deepEqual(config, {
      type: `custom:${tagOf(kind)}`,
      ...KINDS[kind].usual,
    });
  }
});

test("what Home Assistant and others keep in a configuration is left alone", () => {
  assert.doesNotThrow(() =>
    checked("top", {
      type: "custom:encore-top-card",
      grid_options: { columns: 6 },
      visibility: [],
      card_mod: { style: "" },
    }),
  );
});

test("an option that cannot be is named, with what it must be", () => {
  const type = "custom:encore-top-card";
  for (const [options, said] of [
    [{ of: "songs" }, /“of” must be one of tracks, artists.*"songs"/],
    [{ limit: 0 }, /“limit” must be a whole number from 1 to 100/],
    [{ limit: "5" }, /“limit”/],
    [{ by: ["plays"] }, /“by” must be one of plays, minutes/],
    [{ listener: [] }, /“listener” must be a name/],
    [{ room: { area: "kitchen" } }, /“room” must be a name/],
    [{ time_range: ["today"] }, /“time_range” must be a text/],
    [{ title: 5 }, /“title” must be a text/],
    [{ time_range: "today", start_time: "2026-07-01" }, /either “time_range”/],
  ] as const)
    assert.throws(() => checked("top", { type, ...options }), said);
  for (const none of [null, undefined, "top", ["top"]])
    assert.throws(() => checked("top", none), /must be a mapping/);
});

test("a year that YAML takes for a number is a window", () => {
  assert.equal(
    checked("top", { type: "x", time_range: 2019 }).time_range,
    "2019",
  );
});

test("dates take the place of the usual window", () => {
  const config = checked("heatmap", { type: "x", start_time: "2026-07-01" });
  assert.equal(config.time_range, undefined);
  assert.equal(config.start_time, "2026-07-01");
});

const home: Home = {
  listeners: ["Alva", "Ben"],
  rooms: ["Kitchen", "Bath"],
  players: [
    { id: "media_player.alva", area: null },
    { id: "media_player.bath", area: "Bath" },
    { id: "media_player.kitchen", area: "Kitchen" },
  ],
};
const say = (key: string): string => key;
const cardsOf = (views: ReturnType<typeof viewsOf>): { type: string }[] =>
  views.flatMap((view) => view.sections.flatMap((section) => section.cards));

test("a dashboard has all views, and each card of it is one that there is and can be set up", () => {
  const views = viewsOf(home, { type: "custom:encore" }, say);
  assert.deepEqual(
    views.map((view) => view.path),
    ["now", "favourites", "when", "memories"],
  );
  const shown = new Set<string>();
  for (const card of cardsOf(views)) {
    const kind = kinds.find((each) => card.type === `custom:${tagOf(each)}`);
    if (kind) {
      checked(kind, card);
      shown.add(kind);
    } else assert.match(card.type, /^(heading|media-control)$/);
  }
  assert.deepEqual([...shown].sort(), [...kinds].sort());
});

test("players stand by their area, and those without one at the end", () => {
  const [now] = viewsOf(home, {}, say);
  assert.deepEqual(
    now?.sections.map((section) => section.cards[0]?.["heading"]),
    ["house", "Bath", "Kitchen", "elsewhere"],
  );
});

test("one listener alone is the home, and nobody's name is shown twice", () => {
  const views = viewsOf({ ...home, listeners: ["Alva"] }, {}, say);
  assert.ok(
    cardsOf(views).every((card) => !("listener" in card)),
    "a card of one listener",
  );
});

test("a home without listeners, rooms and players still has a dashboard", () => {
  const views = viewsOf({ listeners: [], rooms: [], players: [] }, null, say);
  assert.equal(views.length, 4);
  assert.ok(views.every((view) => view.sections.length > 0));
});

test("views, listeners and rooms can be chosen, and others are not shown", () => {
  const chosen = { views: ["favourites"], listeners: [], rooms: ["Kitchen"] };
  const views = viewsOf(home, chosen, say);
  const text = JSON.stringify(views);
  assert.equal(views.length, 1);
  assert.match(text, /Kitchen/);
  assert.doesNotMatch(text, /Bath|Alva|Ben/);
  assert.throws(() => viewsOf(home, { views: [1] }, say), /“views”/);
});

const hassWith = (players: Record<string, [string, object, string?]>): Hass =>
  ({
    states: Object.fromEntries(
      Object.entries(players).map(([id, [state, attributes]]) => [
        id,
        { entity_id: id, state, attributes },
      ]),
    ),
    entities: Object.fromEntries(
      Object.entries(players).map(([entity_id, [, , area_id]]) => [
        entity_id,
        { entity_id, platform: "encore", ...(area_id ? { area_id } : {}) },
      ]),
    ),
    devices: {},
    areas: { kitchen: { area_id: "kitchen", name: "Kitchen" } },
  }) as unknown as Hass;

test("what sounds in a room is controlled by the player of that room, and not by one that cannot", () => {
  const hass = hassWith({
    "media_player.alva": ["playing", { media_title: "Ember" }],
    "media_player.kitchen": ["playing", { media_title: "Ember" }, "kitchen"],
  });
  const play = { rooms: ["Kitchen"], title: "Ember" };
  const players = playersOf(hass);
  assert.equal(
    playerOf(players, play)?.entity.entity_id,
    "media_player.kitchen",
  );
  assert.equal(
    playerOf(players, { ...play, rooms: [] })?.entity.entity_id,
    "media_player.alva",
  );
  assert.equal(playerOf(players, { rooms: [], title: "Glass" }), undefined);
  const gone = hassWith({
    "media_player.kitchen": ["unavailable", {}, "kitchen"],
  });
  assert.equal(playerOf(playersOf(gone), play), undefined);
});

test("what the picker calls a card in English at first is what it is called there", () => {
  const file = new URL("../src/texts/en/cards.json", import.meta.url);
  const texts = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    string
  >;
  for (const kind of kinds) {
    assert.equal(texts[`pick_${kind}`], KINDS[kind].name);
    assert.equal(texts[`pick_${kind}_more`], KINDS[kind].description);
  }
});

test("a speaker that stands in no area is a room by its own name, and an account's player is none", () => {
  const group_members: string[] = [];
  const players = playersOf(
    hassWith({
      "media_player.alva": ["playing", { friendly_name: "Alva" }],
      "media_player.bath": [
        "playing",
        { friendly_name: "Bath", group_members },
      ],
      "media_player.left": [
        "idle",
        { friendly_name: "Left", group_members },
        "kitchen",
      ],
    }),
  );
  assert.deepEqual(players.map(roomOf), [null, "Bath", "Kitchen"]);
  const play = { rooms: ["Bath"], title: "Ember" };
  assert.equal(playerOf(players, play)?.name, "Bath");
});

/** Read the YAML of a card in the documentation: one option a line. */
const cardIn = (block: string): Record<string, unknown> =>
  Object.fromEntries(
    block
      .trim()
      .split("\n")
      .map((line) => {
        const [, option, value] = /^(\w+): (.+)$/.exec(line)!;
        if (value!.startsWith("["))
          return [option, value!.slice(1, -1).split(", ")];
        if (/^\d+$/.test(value!)) return [option, Number(value)];
        return [option, value === "true" ? true : value];
      }),
  );

test("the cards of the documentation can be pasted", () => {
  const page = readFileSync(
    new URL("../../docs/cards.md", import.meta.url),
    "utf8",
  );
  const blocks = [
    ...page.matchAll(/```yaml\n(type: custom:encore-[^]+?)```/g),
  ].map(([, block]) => cardIn(block!));
  const shown = blocks.map((card) => String(card["type"]));
  const kinds = Object.keys(KINDS) as Kind[];
  assert.deepEqual(
    new Set(shown),
    new Set(kinds.map((kind) => `custom:${tagOf(kind)}`)),
  );
  for (const card of blocks) {
    const kind = kinds.find((one) => `custom:${tagOf(one)}` === card["type"])!;
    const { type, ...options } = card;
    for (const option of Object.keys(options))
      assert.ok((KINDS[kind].options as string[]).includes(option), option);
    assert.equal(checked(kind, card).type, type);
  }
});
