/** What the picker of cards calls them, in the language of whoever looks. */

import { loadTexts, text } from "../texts.ts";

/** What Home Assistant's picker is told of a card or a dashboard; it looks when it is opened. */
export interface Entry {
  name: string;
  description: string;
}

/** Say the names and descriptions of entries by their kinds, and that of the dashboard, in a language. */
export const describe = async (
  language: string,
  entries: ReadonlyMap<string, Entry>,
  dashboard: Entry,
): Promise<void> => {
  await loadTexts(language, "cards");
  for (const [kind, entry] of entries) {
    entry.name = text(language, "cards", `pick_${kind}`);
    entry.description = text(language, "cards", `pick_${kind}_more`);
  }
  dashboard.description = text(language, "cards", "pick_dashboard_more");
};
