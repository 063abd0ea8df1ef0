import { LitElement, type PropertyDeclaration, type PropertyValues } from "lit";
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

  /** Whether there is another reason than `hass`; the constructor of the base asks already, so it is no private name. */
  private _owed = false;
  private _drawn: Hass | undefined;

  override requestUpdate(
    name?: PropertyKey,
    old?: unknown,
    options?: PropertyDeclaration,
  ): void {
    if (name !== "hass") this._owed = true;
    super.requestUpdate(name, old, options);
  }

  protected override update(changed: PropertyValues): void {
    this._owed = false;
    this._drawn = this.hass;
    super.update(changed);
  }

  /**
   * Return whether nothing has changed since this was drawn but states of the house. An answer that comes at the same moment
   * as a state is another reason, though it is no property.
   */
  protected onlyStates(): boolean {
    const { _drawn: drawn, hass } = this;
    return (
      !!drawn &&
      !this._owed &&
      drawn.language === hass.language &&
      drawn.locale === hass.locale &&
      drawn.themes === hass.themes &&
      drawn.config === hass.config &&
      drawn.connection === hass.connection
    );
  }

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
