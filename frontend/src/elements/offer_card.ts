/** A card for a dashboard: what its YAML is, and how it gets there. */

import { notify } from "./notify.ts";
import type { Hass } from "../hass.ts";
import { text } from "../texts.ts";
import { asYaml } from "./yaml.ts";

/** Copy the YAML of a card, for the manual card of any dashboard, and say so. */
export const offerCard = async (
  at: HTMLElement,
  hass: Hass,
  card: object,
): Promise<void> => {
  const yaml = `${asYaml(card).trimStart()}\n`;
  try {
    await navigator.clipboard.writeText(yaml);
    notify(at, text(hass.language, "shared", "yaml_copied"));
  } catch {
    // Without a secure connection no page may write to the clipboard.
    at.dispatchEvent(
      new CustomEvent("encore-yaml", {
        detail: yaml,
        bubbles: true,
        composed: true,
      }),
    );
  }
};
