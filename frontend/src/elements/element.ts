import { LitElement } from "lit";
import { property } from "lit/decorators.js";

import type { Hass } from "../hass.ts";
import { text, type Part } from "../texts.ts";
import { look } from "./styles.ts";

/** What all of Encore's elements are: they have Home Assistant at hand, its look, and texts of their part. */
export abstract class EncoreElement extends LitElement {
  static override styles = [look];

  /** Changes with every state of the house; what needs it says so in `shouldUpdate`. */
  @property({ attribute: false }) hass!: Hass;

  /** Whose texts these are. */
  protected words: Part = "shared";

  /** Return a text of this part, or where it has none, of those that all share. */
  protected say(
    key: string,
    values: Record<string, string | number> = {},
  ): string {
    const language = this.hass.language;
    const own = text(language, this.words, key, values);
    return own === key ? text(language, "shared", key, values) : own;
  }
}
