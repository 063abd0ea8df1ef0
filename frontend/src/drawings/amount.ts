import { inDigits, inHours } from "../format.ts";
import type { Hass } from "../hass.ts";
import { text } from "../texts.ts";
import type { By } from "./answers.ts";

/** Return an amount with its unit: 12 plays, or 3 hr 5 min. */
export const inAmount = (hass: Hass, value: number, by: By): string =>
  by === "minutes"
    ? inHours(hass, value)
    : text(hass.language, "shared", "count_plays", {
        number: inDigits(hass, value),
        count: value,
      });
