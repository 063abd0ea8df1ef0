import type { PropertyDeclaration, PropertyValues } from "lit";

import type { Hass } from "../hass.ts";
import { EncoreElement } from "./element.ts";

/** An element that a state of the house, which changes all the time, is no reason to draw anew. */
export abstract class CalmElement extends EncoreElement {
  /** Whether there is another reason; the constructor of its base asks already, so it is no private name. */
  private _owed = false;
  private _last: Hass | undefined;

  override requestUpdate(
    name?: PropertyKey,
    old?: unknown,
    options?: PropertyDeclaration,
  ): void {
    if (name !== "hass") this._owed = true;
    super.requestUpdate(name, old, options);
  }

  protected override shouldUpdate(_changed: PropertyValues): boolean {
    const last = this._last;
    const { hass } = this;
    const owed =
      this._owed ||
      last?.language !== hass.language ||
      last.locale !== hass.locale ||
      last.themes.darkMode !== hass.themes.darkMode;
    this._owed = false;
    this._last = hass;
    return owed;
  }
}
