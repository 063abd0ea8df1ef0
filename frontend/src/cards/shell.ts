/** What Home Assistant knows of a card: it checks the configuration at once, and loads what is shown when it is shown. */

import type { Hass } from "../hass.ts";
import { checked, KINDS, tagOf, type CardConfig, type Kind } from "./kinds.ts";

/** The element inside a card, which shows it. */
export interface Face extends HTMLElement {
  config: CardConfig;
  hass: Hass;
}

/** Define the element of a kind of card. */
export const defineCard = (
  kind: Kind,
  load: () => Promise<{ faceOf: (hass: Hass) => Promise<Face> }>,
): void => {
  const { grid, usual } = KINDS[kind];

  class Card extends HTMLElement {
    #config: CardConfig | undefined;
    #hass: Hass | undefined;
    #face: Face | undefined;
    #asked = false;

    static getStubConfig(): object {
      return { ...usual };
    }

    static async getConfigForm(): Promise<object> {
      return (await import("./form.ts")).formOf(kind);
    }

    setConfig(config: unknown): void {
      this.#config = checked(kind, config);
      if (this.#face) this.#face.config = this.#config;
    }

    set hass(hass: Hass) {
      this.#hass = hass;
      if (this.#face) this.#face.hass = hass;
      else void this.#show();
    }

    connectedCallback(): void {
      this.style.display = "block";
      this.style.height = "100%";
      void this.#show();
    }

    /** Return the height in units of 50 px, for masonry views. */
    getCardSize(): number {
      const { limit = 0, years = 1 } = this.#config ?? {};
      return limit ? 1 + limit * years : 5;
    }

    getGridOptions(): object {
      return { ...grid, min_columns: 6 };
    }

    async #show(): Promise<void> {
      if (this.#asked || !this.isConnected || !this.#hass || !this.#config)
        return;
      this.#asked = true;
      try {
        const face = await (await load()).faceOf(this.#hass);
        face.config = this.#config;
        face.hass = this.#hass;
        this.#face = face;
        this.replaceChildren(face);
      } catch {
        // An update has replaced the files that this page knows of, or the connection is gone: the next state tries again.
        this.#asked = false;
      }
    }
  }

  if (!customElements.get(tagOf(kind)))
    customElements.define(tagOf(kind), Card);
};
