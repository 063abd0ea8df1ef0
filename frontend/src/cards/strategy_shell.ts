/** The dashboard that makes itself, as Home Assistant knows it; how it is made is loaded when somebody has one. */

import type { Hass } from "../hass.ts";

/** Define the strategy of dashboards of the type `custom:encore`. */
export const defineStrategy = (): void => {
  class Strategy extends HTMLElement {
    /** What it is made anew for when it has changed. */
    static registryDependencies = ["areas", "devices", "entities"];

    static getCreateSuggestions(): object {
      return { title: "Encore", icon: "mdi:music-clef-treble" };
    }

    static async generate(config: unknown, hass: Hass): Promise<object> {
      return (await import("./strategy.ts")).dashboardOf(config, hass);
    }
  }
  const tag = "ll-strategy-dashboard-encore";
  if (!customElements.get(tag)) customElements.define(tag, Strategy);
};
