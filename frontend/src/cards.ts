/** Cards and a dashboard for Home Assistant; loaded on every page, so that what they are made of is loaded when it is shown. */

import { KINDS, tagOf, type Kind } from "./cards/kinds.ts";
import { defineCard } from "./cards/shell.ts";
import { defineStrategy } from "./cards/strategy_shell.ts";

const DOCUMENTATION = "https://example.com/encore/blob/main/docs/cards.md";

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

const entries = new Map(
  (Object.keys(KINDS) as Kind[]).map((kind) => [
    kind,
    {
      type: tagOf(kind),
      name: KINDS[kind].name,
      description: KINDS[kind].description,
      preview: true,
      documentationURL: DOCUMENTATION,
    },
  ]),
);
const dashboard = {
  type: "encore",
  strategyType: "dashboard",
  name: "Encore",
  description: "What’s playing, your favorites, habits, and memories.",
  documentationURL: DOCUMENTATION,
};
const offered = window as Offered;
(offered.customCards ??= []).push(...entries.values());
(offered.customStrategies ??= []).push(dashboard);

/** They are English from the start; Home Assistant says later which language is spoken, and when it is another. */
let spoken = "en";
const speak = async (): Promise<void> => {
  const { lang } = document.documentElement;
  if (!lang || lang === spoken) return;
  spoken = lang;
  try {
    const { describe } = await import("./cards/described.ts");
    await describe(lang, entries, dashboard);
  } catch {
    // The connection is gone, or an update has replaced the files: what they were called before will do.
    spoken = "";
  }
};

void started().then(() => {
  for (const kind of Object.keys(KINDS) as Kind[])
    defineCard(kind, FACES[kind]);
  defineStrategy();
  new MutationObserver(() => void speak()).observe(document.documentElement, {
    attributeFilter: ["lang"],
  });
  void speak();
});
