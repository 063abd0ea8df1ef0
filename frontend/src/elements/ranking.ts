import { sizeOf } from "../drawings/answers.ts";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { inDigits, inHours } from "../format.ts";
import "./cover.ts";
import { EncoreElement } from "./element.ts";
import { icon } from "./icons.ts";

/** One place of a list of what was heard. */
export interface Ranked {
  name: string;
  artist: string;
  uri: string | null;
  play_count: number;
  minutes: number;
  /** Another line about it, such as when it was last heard. */
  note?: string;
}

export type Of = "artists" | "tracks" | "albums" | "shows" | "rooms";
export type By = "plays" | "minutes";

/** Places with their pictures, each before a quiet bar of its share. Sends `picked` with the Ranked that was chosen. */
@customElement("encore-ranking")
export class Ranking extends EncoreElement {
  @property({ attribute: false }) entries: Ranked[] = [];
  @property() of: Of = "tracks";
  @property() by: By = "plays";
  @property({ type: Boolean }) pickable = false;
  /** Whether places are numbered. */
  @property({ type: Boolean }) numbered = false;

  static override styles = [
    ...EncoreElement.styles,
    css`
      :host {
        display: block;
      }
      ol {
        list-style: none;
        margin: 0 -8px;
        padding: 0;
        display: grid;
        gap: 2px;
      }
      li {
        min-width: 0;
      }
      .row {
        position: relative;
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 52px;
        padding: 4px 8px;
        border-radius: 8px;
        text-align: start;
        overflow: hidden;
      }
      .row::before {
        content: "";
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        width: var(--share);
        background: var(--primary-color, #03a9f4);
        opacity: 0.1;
        border-radius: 8px;
        pointer-events: none;
      }
      button.row:hover {
        background: color-mix(in srgb, currentColor 5%, transparent);
      }
      button.row:focus-visible {
        outline-offset: -2px;
      }
      .row > * {
        position: relative;
      }
      .place {
        width: 20px;
        flex: none;
        text-align: end;
      }
      .sign {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        flex: none;
        border-radius: 50%;
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 16%,
          transparent
        );
      }
      .sign svg {
        fill: var(--primary-color, #03a9f4);
        width: 22px;
        height: 22px;
      }
      .what {
        flex: 1;
        min-width: 0;
      }
      .much {
        text-align: end;
        flex: none;
        white-space: nowrap;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const most = Math.max(
      1,
      ...this.entries.map((each) => sizeOf(each, this.by)),
    );
    return html`<ol>
      ${this.entries.map((entry, index) => {
        const share = `--share: ${((100 * sizeOf(entry, this.by)) / most).toFixed(1)}%`;
        const inside = this.#inside(entry, index + 1);
        return html`<li>
          ${
            this.pickable
              ? html`<button
                  class="row"
                  style=${share}
                  @click=${() => this.#pick(entry)}
                >
                  ${inside}
                </button>`
              : html`<div class="row" style=${share}>${inside}</div>`
          }
        </li>`;
      })}
    </ol>`;
  }

  #inside(entry: Ranked, place: number): TemplateResult {
    const plays = this.say("count_plays", {
      number: inDigits(this.hass, entry.play_count),
      count: entry.play_count,
    });
    const time = inHours(this.hass, entry.minutes);
    const [first, second] = this.by === "plays" ? [plays, time] : [time, plays];
    const below =
      entry.note ?? (entry.artist === entry.name ? "" : entry.artist);
    return html`${
        this.numbered
          ? html`<span class="place quiet number">${place}</span>`
          : nothing
      }${
        this.of === "rooms"
          ? html`<span class="sign">${icon("room")}</span>`
          : html`<encore-cover
              .hass=${this.hass}
              .uri=${entry.uri}
              .artist=${this.of === "artists" || this.of === "albums" ? entry.artist : null}
              .album=${this.of === "albums" ? entry.name : null}
              .show=${this.of === "shows" ? entry.name : null}
              .name=${entry.name}
              ?round=${this.of === "artists"}
            ></encore-cover>`
      }
      <div class="what">
        <div class="one-line" title=${entry.name} dir="auto">
          ${entry.name || "–"}
        </div>
        ${
          below
            ? html`<div class="one-line quiet small" dir="auto">${below}</div>`
            : nothing
        }
      </div>
      <div class="much number">
        <div>${first}</div>
        <div class="quiet small">${second}</div>
      </div>`;
  }

  #pick(entry: Ranked): void {
    this.dispatchEvent(new CustomEvent<Ranked>("picked", { detail: entry }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-ranking": Ranking;
  }
}
