import type { Colours } from "../elements/colours.ts";
import { inDigits, inHours } from "../format.ts";
import type { Hass } from "../hass.ts";
import { text } from "../texts.ts";
import type { By } from "./answers.ts";
import { markEvery } from "./marks.ts";

/** Return an amount with its unit: 12 plays, or 3 hr 5 min. */
export const inAmount = (hass: Hass, value: number, by: By): string =>
  by === "minutes"
    ? inHours(hass, value)
    : text(hass.language, "shared", "count_plays", {
        number: inDigits(hass, value),
        count: value,
      });

/** An axis that ended anywhere else would have a mark of its own there. */
const inWholeHours = (most: number): { interval: number; max: number } => {
  const interval = markEvery(most);
  return { interval, max: Math.ceil(most / interval) * interval };
};

/** Return an axis of plays, or of minutes in whole hours where there are many. */
export const amountAxis = (
  hass: Hass,
  colours: Colours,
  by: By,
  amounts: number[],
): object => ({
  type: "value",
  splitNumber: 3,
  ...(by === "minutes"
    ? inWholeHours(Math.max(1, ...amounts))
    : { minInterval: 1 }),
  splitLine: { lineStyle: { color: colours.line } },
  axisLabel: {
    color: colours.quiet,
    hideOverlap: true,
    formatter: (value: number) =>
      by === "minutes" ? inHours(hass, value) : inDigits(hass, value),
  },
});
