/** Which cards there are and what each can be told; loaded on every page of Home Assistant, so it is as small as it can be. */

export type Kind =
  "now" | "top" | "heatmap" | "timeline" | "on-this-day" | "recent";

/** The configuration of a card as it stands on a dashboard. */
export interface CardConfig {
  type: string;
  title?: string;
  time_range?: string;
  start_time?: string;
  end_time?: string;
  listener?: string | string[];
  room?: string | string[];
  kind?: string;
  of?: string;
  by?: string;
  step?: string;
  limit?: number;
  date?: string;
  years?: number;
  show_empty?: boolean;
}

export type OptionName = Exclude<keyof CardConfig, "type">;

export const CHOICES = {
  kind: ["music", "podcast", "audiobook", "radio", "television", "line_in"],
  of: ["tracks", "artists", "albums", "shows", "rooms", "sources"],
  by: ["plays", "minutes"],
  step: ["hour", "day", "week", "month", "year"],
} as const;

const isText = (value: unknown): boolean =>
  typeof value === "string" && value.trim() !== "";

/** What is wrong with a value, in words that follow the option's name; nothing where it is right. */
const wrong = (option: OptionName, value: unknown): string => {
  switch (option) {
    case "limit":
    case "years":
      return Number.isInteger(value) && Number(value) > 0 && Number(value) < 101
        ? ""
        : "must be a whole number from 1 to 100";
    case "show_empty":
      return typeof value === "boolean" ? "" : "must be true or false";
    case "kind":
    case "of":
    case "by":
    case "step": {
      const choices: readonly string[] = CHOICES[option];
      return choices.includes(value as string)
        ? ""
        : `must be one of ${choices.join(", ")}`;
    }
    case "listener":
    case "room":
      return isText(value) ||
        (Array.isArray(value) && value.length > 0 && value.every(isText))
        ? ""
        : "must be a name, or a list of names";
    case "title":
      return typeof value === "string" ? "" : "must be a text";
    default:
      // YAML takes an unquoted year for a number.
      return isText(value) || Number.isInteger(value)
        ? ""
        : "must be a text, such as this_month";
  }
};

interface Described {
  name: string;
  description: string;
  options: OptionName[];
  /** What holds where nothing else was chosen. */
  usual: Partial<CardConfig>;
  /** The page of the panel that shows more. */
  page: "now" | "history" | "insights";
  grid: { columns: number; rows: number | "auto"; min_rows?: number };
}

const WINDOW = ["time_range", "start_time", "end_time"] as const;
const SCOPE = ["listener", "room", "kind"] as const;
const LIST = { columns: 12, rows: "auto" as const };
const PICTURE = { columns: 12, rows: 5, min_rows: 3 };

export const KINDS: Record<Kind, Described> = {
  now: {
    name: "Encore: now playing",
    description: "What’s playing in each room, and who’s listening.",
    options: ["title", "listener", "room", "show_empty"],
    usual: {},
    page: "now",
    grid: LIST,
  },
  top: {
    name: "Encore: top list",
    description: "Your most played artists, tracks, albums, or podcasts.",
    options: ["title", "of", "by", "limit", ...WINDOW, ...SCOPE],
    usual: { of: "artists", by: "plays", limit: 5, time_range: "this_month" },
    page: "insights",
    grid: LIST,
  },
  heatmap: {
    name: "Encore: listening by hour",
    description: "When you listen, by hour and weekday.",
    options: ["title", "by", ...WINDOW, ...SCOPE],
    usual: { by: "plays", time_range: "this_year" },
    page: "insights",
    grid: PICTURE,
  },
  timeline: {
    name: "Encore: timeline",
    description: "Listening over time, by hour, day, week, month, or year.",
    options: ["title", "step", "by", ...WINDOW, ...SCOPE],
    usual: { by: "minutes", step: "day", time_range: "this_month" },
    page: "insights",
    grid: PICTURE,
  },
  "on-this-day": {
    name: "Encore: on this day",
    description: "What you played on this day in past years.",
    options: ["title", "date", "years", "limit", ...SCOPE],
    usual: { years: 5, limit: 3 },
    page: "history",
    grid: LIST,
  },
  recent: {
    name: "Encore: recently played",
    description: "The latest plays, with listener and room.",
    options: ["title", "limit", ...WINDOW, ...SCOPE],
    usual: { limit: 5, time_range: "last_7_days" },
    page: "history",
    grid: LIST,
  },
};

export const tagOf = (kind: Kind): string => `encore-${kind}-card`;

/** Return a configuration with what is usual. Throws an Error that says which option is wrong, and what it must be. */
export const checked = (kind: Kind, config: unknown): CardConfig => {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    throw new Error(`${tagOf(kind)}: the configuration must be a mapping`);
  const { options, usual } = KINDS[kind];
  const card = config as CardConfig;
  const chosen: Record<string, unknown> = {};
  for (const option of options) {
    const value: unknown = card[option];
    if (value === undefined || value === null || value === "") continue;
    const why = wrong(option, value);
    if (why)
      throw new Error(
        `${tagOf(kind)}: “${option}” ${why}; it is ${JSON.stringify(value)}`,
      );
    chosen[option] =
      typeof value === "number" && option !== "limit" && option !== "years"
        ? String(value)
        : value;
  }
  const dated = chosen["start_time"] ?? chosen["end_time"];
  if (dated && chosen["time_range"])
    throw new Error(
      `${tagOf(kind)}: give either “time_range”, or “start_time” and “end_time”`,
    );
  const { time_range: range, ...rest } = usual;
  return {
    ...rest,
    ...(range && !dated ? { time_range: range } : {}),
    ...chosen,
    type: card.type,
  };
};
