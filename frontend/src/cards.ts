/** Cards and a dashboard for Home Assistant; loaded on every page, so that what they are made of is loaded when it is shown. */

import { KINDS, tagOf, type Kind } from "./cards/kinds.ts";
import { defineCard } from "./cards/shell.ts";
import { defineStrategy } from "./cards/strategy_shell.ts";

const DOCUMENTATION =
  "https://github.com/encore-house/encore/blob/main/docs/cards.md";

interface Offered {
  customCards?: object[];
  customStrategies?: object[];
}

const FACES = {
  now: () => import("./cards/now.ts"),
  top: () => import("./cards/top.ts"),
  heatmap: () => import("./cards/heatmap.ts"),
  timeline: () => import("./cards/timeline.ts"),
  "on-this-day": () => import("./cards/on_this_day.ts"),
  recent: () => import("./cards/recent.ts"),
};

/**
 * Wait until Home Assistant's own elements are there: it replaces the registry of elements as it starts, and whatever was
 * defined before is not found afterwards.
 */
const started = async (): Promise<void> => {
  while (!customElements.get("home-assistant"))
    await new Promise((resolve) => setTimeout(resolve, 50));
};

const offered = window as Offered;
offered.customCards ??= [];
for (const kind of Object.keys(KINDS) as Kind[])
  offered.customCards.push({
    type: tagOf(kind),
    name: KINDS[kind].name,
    description: KINDS[kind].description,
    preview: true,
    documentationURL: DOCUMENTATION,
  });
offered.customStrategies ??= [];
offered.customStrategies.push({
  type: "encore",
  strategyType: "dashboard",
  name: "Encore",
  description: "What plays, what you love, when, and what you heard long ago.",
  documentationURL: DOCUMENTATION,
});

void started().then(() => {
  for (const kind of Object.keys(KINDS) as Kind[])
    defineCard(kind, FACES[kind]);
  defineStrategy();
});
