/** The views of the dashboard that makes itself. */

export interface Home {
  listeners: string[];
  rooms: string[];
  /** By the ids of their entities, with the names of the areas they are in. */
  players: { id: string; area: string | null }[];
}

export type Card = Record<string, unknown> & { type: string };

interface Section {
  type: "grid";
  column_span?: number;
  cards: Card[];
}

export interface View {
  title: string;
  path: string;
  icon: string;
  type: "sections";
  max_columns: number;
  sections: Section[];
}

export const VIEWS = ["now", "favourites", "when", "memories"] as const;
type ViewName = (typeof VIEWS)[number];

const ICONS: Record<ViewName, string> = {
  now: "mdi:play-circle-outline",
  favourites: "mdi:heart-outline",
  when: "mdi:chart-timeline-variant",
  memories: "mdi:calendar-star",
};

const card = (kind: string, more: object = {}): Card => ({
  type: `custom:encore-${kind}-card`,
  ...more,
});

const section = (
  heading: string,
  icon: string,
  cards: Card[],
  span = 1,
): Section => ({
  type: "grid",
  ...(span > 1 ? { column_span: span } : {}),
  cards: [{ type: "heading", heading, icon }, ...cards],
});

const HOME_ICON = "mdi:home-outline";
const PERSON = "mdi:account-music";
const ROOM = "mdi:speaker";

/** Return the names that a configuration chose of those there are; all where it chose none. Throws for what is no list. */
const chosen = <T extends string>(
  config: Record<string, unknown>,
  option: string,
  all: readonly T[],
): T[] => {
  const wanted: unknown = config[option];
  if (wanted === undefined || wanted === null) return [...all];
  const names: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  const unknown = names.find((name) => typeof name !== "string");
  if (unknown !== undefined)
    throw new Error(
      `custom:encore: “${option}” must be a list of names; it has ${JSON.stringify(unknown)}`,
    );
  return all.filter((name) => names.includes(name));
};

/** Return the views for a house; `config` may choose `views`, `listeners` and `rooms` by name. */
export const viewsOf = (
  { listeners, rooms, players }: Home,
  config: unknown,
  say: (key: string) => string,
): View[] => {
  const options = (config ?? {}) as Record<string, unknown>;
  const people = chosen(options, "listeners", listeners);
  const places = chosen(options, "rooms", rooms);
  // One person alone is the house.
  const each = people.length > 1 ? people : [];

  const sections: Record<ViewName, () => Section[]> = {
    now: () => {
      const areas = [...new Set(players.map(({ area }) => area))];
      const named = areas.filter((area) => area !== null).sort();
      const inArea = (area: string | null): Card[] =>
        players
          .filter((player) => player.area === area)
          .map(({ id }) => ({ type: "media-control", entity: id }));
      return [
        section(say("house"), HOME_ICON, [
          card("now", { show_empty: true }),
          card("recent", { limit: 5 }),
        ]),
        ...named.map((area) => section(area, ROOM, inArea(area))),
        ...(areas.includes(null)
          ? [section(say("elsewhere"), PERSON, inArea(null))]
          : []),
      ];
    },
    favourites: () => [
      section(say("house"), HOME_ICON, [
        card("top", { of: "artists", limit: 10 }),
        card("top", { of: "tracks", limit: 10 }),
      ]),
      ...each.map((listener) =>
        section(listener, PERSON, [
          card("top", { of: "artists", listener }),
          card("top", { of: "tracks", listener }),
          card("top", { of: "albums", listener, time_range: "this_year" }),
        ]),
      ),
      ...places.map((room) =>
        section(room, ROOM, [
          card("top", { of: "artists", room, time_range: "this_year" }),
        ]),
      ),
    ],
    when: () => [
      section(
        say("house"),
        HOME_ICON,
        [
          card("timeline", { step: "day", time_range: "last_90_days" }),
          card("heatmap", { time_range: "this_year" }),
          card("timeline", { step: "month", time_range: "all_time" }),
          ...(places.length > 1
            ? [
                card("top", {
                  of: "rooms",
                  by: "minutes",
                  time_range: "this_year",
                }),
              ]
            : []),
        ],
        each.length ? 1 : 2,
      ),
      ...each.map((listener) =>
        section(listener, PERSON, [
          card("timeline", {
            step: "day",
            time_range: "last_90_days",
            listener,
          }),
          card("heatmap", { time_range: "this_year", listener }),
        ]),
      ),
    ],
    memories: () => [
      section(say("house"), HOME_ICON, [
        card("on-this-day", { limit: 5 }),
        card("recent", { limit: 10 }),
      ]),
      ...each.map((listener) =>
        section(listener, PERSON, [
          card("on-this-day", { listener }),
          card("top", {
            of: "tracks",
            listener,
            time_range: "all_time",
            limit: 10,
          }),
        ]),
      ),
    ],
  };
  return chosen(options, "views", VIEWS).map((name) => ({
    title: say(`view_${name}`),
    path: name,
    icon: ICONS[name],
    type: "sections",
    max_columns: 3,
    sections: sections[name](),
  }));
};
