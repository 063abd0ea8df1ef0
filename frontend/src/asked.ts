/** A sentence that was asked, and the card that shows its answer. */

import { checked, KINDS, type CardConfig, type Kind } from "./cards/kinds.ts";
import type { Window } from "./drawings/answers.ts";
import type { Parameters } from "./requests.ts";

export interface Asked {
  /** The question or command by the name of its action; null where nothing was understood. */
  operation: string | null;
  parameters: Parameters;
  answer: { time_range?: Window } | null;
  speech: string;
}

type Shown = Exclude<Kind, "now">;

const CARDS: Record<string, Shown> = {
  get_top: "top",
  get_heatmap: "heatmap",
  get_timeline: "timeline",
  get_on_this_day: "on-this-day",
  get_plays: "recent",
};

/** Return which card shows an answer; undefined where words alone do. */
export const kindOf = (asked: Asked): Shown | undefined =>
  asked.operation && asked.answer ? CARDS[asked.operation] : undefined;

/** Return the configuration of the card: what was asked, in the very time range that was answered. */
export const configOf = (kind: Shown, asked: Asked): CardConfig => {
  const options: readonly string[] = KINDS[kind].options;
  const config: Record<string, unknown> = Object.fromEntries(
    Object.entries(asked.parameters).filter(([name]) => options.includes(name)),
  );
  const range = asked.answer?.time_range;
  if (range && options.includes("time_range") && !config["start_time"]) {
    if (range.name) config["time_range"] = range.name;
    else {
      delete config["time_range"];
      config["start_time"] = range.start;
      config["end_time"] = range.end;
    }
  }
  return checked(kind, { ...config, type: "" });
};
