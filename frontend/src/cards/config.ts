/** What the configuration of a card means: the question it asks, the window it names, and where the panel shows more. */

import type { Parameters } from "../requests.ts";
import { momentOf, stepName } from "../format.ts";
import type { Hass } from "../hass.ts";
import { NO_FILTERS, queryOf } from "../filters.ts";
import { text } from "../texts.ts";
import type { CardConfig } from "./kinds.ts";

const SCOPE = [
  "time_range",
  "start_time",
  "end_time",
  "listener",
  "room",
  "kind",
] as const;

/** Return what a question is asked with: what plays are meant, and these options besides. */
export const questionOf = (
  config: CardConfig,
  ...options: (keyof CardConfig)[]
): Parameters => {
  const parameters: Parameters = {};
  for (const option of [...SCOPE, ...options])
    if (config[option] !== undefined) parameters[option] = config[option];
  return parameters;
};

/** Return what the window of a card is called; nothing where it has none. */
export const windowOf = (hass: Hass, config: CardConfig): string => {
  const { language } = hass;
  const { time_range: window, start_time, end_time } = config;
  const from = start_time && dayCalled(hass, start_time);
  const until = end_time && dayCalled(hass, end_time);
  if (from && until) return text(language, "cards", "between", { from, until });
  if (from) return text(language, "cards", "since", { from });
  if (until) return text(language, "cards", "until_day", { until });
  if (!window) return "";
  for (const part of ["cards", "shared"] as const) {
    const known = text(language, part, `window_${window}`);
    if (known !== `window_${window}`) return known;
  }
  const words = window.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
};

const DATE = /^\d{4}-\d\d-\d\d$/;

/** Return what an end of a window is called: a date is the same everywhere, what has a time is a moment. */
const dayCalled = (hass: Hass, value: string): string => {
  if (DATE.test(value)) return stepName(hass, value, "day");
  return Number.isNaN(Date.parse(value)) ? value : momentOf(hass, value);
};

const single = (names: string | string[] | undefined): string =>
  typeof names === "string" ? names : names?.length === 1 ? names[0]! : "";

/** Return where a page of the panel shows what a card is about; it filters by one listener and one room. */
export const addressOf = (
  config: CardConfig,
  page: string,
  more: Record<string, string> = {},
): string => {
  const filters = {
    ...NO_FILTERS,
    window: config.time_range ?? "",
    start: config.start_time ?? "",
    end: config.end_time ?? "",
    listener: single(config.listener),
    room: single(config.room),
    kind: config.kind ?? "",
  };
  return `/encore/${page}${queryOf({ ...filters, ...more })}`;
};
