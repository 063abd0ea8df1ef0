import {
  css,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { CalmElement } from "../../elements/calm.ts";
import { asPosition } from "../../format.ts";
import type { EntityState } from "../../hass.ts";
import { slider } from "./slider.ts";

/** Where a player is in what it plays; it moves. Sends `seek` with seconds. */
@customElement("encore-position")
export class Position extends CalmElement {
  @property({ attribute: false }) entity!: EntityState;
  @property({ type: Boolean }) seekable = false;

  @state() private _now = Date.now();
  @state() private _held: number | null = null;

  protected override words = "now" as const;

  static override styles = [
    ...CalmElement.styles,
    slider,
    css`
      :host {
        display: block;
      }
      input[type="range"] {
        display: block;
        width: 100%;
        height: 28px;
      }
      .line {
        height: 4px;
        border-radius: 2px;
        margin: 10px 0;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 15%, transparent);
      }
      .line i {
        display: block;
        height: 100%;
        background: var(--primary-color, #03a9f4);
      }
      .times {
        display: flex;
        justify-content: space-between;
      }
    `,
  ];

  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => {
      if (this.entity.state === "playing") this._now = Date.now();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("entity")) this._now = Date.now();
  }

  get #seconds(): number {
    const { attributes, state: is } = this.entity;
    const position = Number(attributes["media_position"] ?? 0);
    const at = Date.parse(String(attributes["media_position_updated_at"]));
    const since =
      is === "playing" && at ? Math.max(0, this._now - at) / 1000 : 0;
    return position + since;
  }

  protected override render(): TemplateResult | typeof nothing {
    const length = Number(this.entity.attributes["media_duration"] ?? 0);
    if (!length) return nothing;
    const seconds = this._held ?? Math.min(length, this.#seconds);
    const label = this.say("position", {
      at: asPosition(seconds),
      length: asPosition(length),
    });
    return html`${
        this.seekable
          ? html`<input
              type="range"
              min="0"
              max=${Math.round(length)}
              .value=${String(Math.round(seconds))}
              style="--at: ${(seconds / length) * 100}%"
              aria-label=${this.say("where_in_it")}
              aria-valuetext=${label}
              @input=${(event: Event) =>
                (this._held = (event.target as HTMLInputElement).valueAsNumber)}
              @change=${this.#seek}
            />`
          : html`<div class="line" role="img" aria-label=${label}>
              <i style="width: ${(seconds / length) * 100}%"></i>
            </div>`
      }
      <div class="times small quiet number" aria-hidden="true">
        <span>${asPosition(seconds)}</span><span>${asPosition(length)}</span>
      </div>`;
  }

  #seek = (event: Event): void => {
    const seconds = (event.target as HTMLInputElement).valueAsNumber;
    this._held = null;
    this.dispatchEvent(new CustomEvent("seek", { detail: seconds }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-position": Position;
  }
}
