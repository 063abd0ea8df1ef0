/** The forms in which cards are set up: Home Assistant draws them, and keeps what was chosen. */

import { WINDOWS } from "../elements/filter_bar.ts";
import { fetchNames, type Names } from "../names.ts";
import type { Hass } from "../hass.ts";
import { loadTexts, text } from "../texts.ts";
import {
  checked,
  CHOICES,
  KINDS,
  type CardConfig,
  type Kind,
  type OptionName,
} from "./kinds.ts";

/** Windows that are offered by name; YAML takes any other. */
const WINDOWS_OF_CARDS = [
  ...WINDOWS.slice(0, -1),
  "last_24_hours",
  "last_7_days",
  "last_30_days",
  "last_90_days",
  "last_12_months",
  "all_time",
];

interface Option {
  value: string;
  label: string;
}

interface Field {
  name: string;
  selector: object;
  default?: unknown;
}

/** What Home Assistant keeps of its connection, for whatever is on its pages. */
interface Connected {
  hassConnection?: Promise<{ conn: Hass["connection"] }>;
}

const names = async (): Promise<
  Pick<Names, "listeners" | "groups" | "rooms">
> => {
  try {
    const connected = await (window as Connected).hassConnection;
    if (connected) return await fetchNames({ connection: connected.conn });
  } catch {
    // Encore is not there now, or this person may not ask: names can still be typed.
  }
  return { listeners: [], groups: [], rooms: [] };
};

/** Return the form of a kind of card, in the language of whoever looks. */
export const formOf = async (kind: Kind): Promise<object> => {
  const language = document.documentElement.lang || "en";
  const [known] = await Promise.all([
    names(),
    loadTexts(language, "cards", "shared"),
  ]);
  const say = (key: string, values?: Record<string, string>): string => {
    const own = text(language, "cards", key, values);
    return own === key ? text(language, "shared", key, values) : own;
  };
  const { options, usual } = KINDS[kind];
  const offered = (values: readonly string[], prefix: string): Option[] =>
    values.map((value) => ({ value, label: say(`${prefix}_${value}`) }));
  const called = (values: string[]): Option[] =>
    values.map((value) => ({ value, label: value }));
  const select = (choices: Option[], more: object = {}): object => ({
    select: { mode: "dropdown", options: choices, ...more },
  });
  const selectors: Partial<Record<OptionName, object>> = {
    title: { text: {} },
    time_range: select(offered(WINDOWS_OF_CARDS, "window")),
    listener: select(
      called([
        "me",
        ...known.listeners.map((each) => each.name),
        ...known.groups,
      ]).map((each) =>
        each.value === "me" ? { ...each, label: say("me") } : each,
      ),
      { custom_value: true },
    ),
    room: select(called(known.rooms), { custom_value: true }),
    kind: select(offered(CHOICES.kind, "kind")),
    of: select(offered(CHOICES.of, "of")),
    by: select(offered(CHOICES.by, "by")),
    step: select(offered(CHOICES.step, "step")),
    limit: { number: { min: 1, max: 20, mode: "slider" } },
    years: { number: { min: 1, max: 20, mode: "slider" } },
    date: { text: {} },
    show_empty: { boolean: {} },
  };
  const schema = options.flatMap((name): Field[] => {
    const selector = selectors[name];
    const value = usual[name];
    return selector
      ? [{ name, selector, ...(value === undefined ? {} : { default: value }) }]
      : [];
  });
  return {
    schema,
    computeLabel: ({ name }: Field) =>
      say(
        kind === "on-this-day" && name === "limit"
          ? "option_limit_of_year"
          : `option_${name}`,
      ),
    computeHelper: ({ name }: Field) => {
      const key = `helper_${name}`;
      const help = say(key);
      return help === key ? undefined : help;
    },
    /** What stands in YAML alone, such as several rooms, stays in YAML. */
    assertConfig: (config: CardConfig) => {
      checked(kind, config);
      for (const name of ["listener", "room"] as const)
        if (Array.isArray(config[name]))
          throw new Error(say("only_yaml", { option: name }));
    },
  };
};
