import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { CalmElement } from "../../elements/calm.ts";
import "../../elements/cover.ts";
import { icon } from "../../elements/icons.ts";
import { parametersOf, type Filters } from "../../filters.ts";
import { dayOf, inDigits, inHours } from "../../format.ts";
import type { Many } from "./doing.ts";

/** A song, artist, album, show or episode. */
export interface Thing {
  type: string;
  name: string;
  artist: string;
  uri: string | null;
}

export interface Total {
  play_count: number;
  minutes: number;
}

/** Return all plays of a thing that filters let pass, as a rule by which they can be forgotten. */
export const allOf = (
  { type, name, artist, uri }: Thing,
  filters: Filters,
): Many => {
  const rule = parametersOf(filters);
  if (type === "track" || type === "episode") rule["track"] = uri ?? name;
  else rule[type] = name;
  if (type === "album" && artist) rule["artist"] = artist;
  return { title: name, rule };
};

/**
 * What the list is about: one thing, or what ends with a day. Sends `all-plays` and `newest` for what undoes that, and
 * `forget-all` for the plays of the thing.
 */
@customElement("encore-history-about")
export class HistoryAbout extends CalmElement {
  @property({ attribute: false }) thing: Thing | null = null;
  @property({ attribute: false }) total: Total | null = null;
  /** Such as 2026-07-14; empty where the list begins with the newest. */
  @property() day = "";
  @property({ type: Boolean }) administrator = false;

  protected override words = "history" as const;

  static override styles = [
    ...CalmElement.styles,
    css`
      .chosen {
        display: flex;
        align-items: center;
        gap: 16px;
        padding: 12px 8px 12px 16px;
        margin: 8px 0;
        --encore-cover: 56px;
      }
      .chosen > div {
        flex: 1;
        min-width: 0;
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`${this.thing ? this.#thing(this.thing) : nothing}${
      this.day
        ? html`<div class="chosen surface">
            <div>
              ${this.say("until_day", { day: dayOf(this.hass, this.day) })}
            </div>
            <button class="button" @click=${() => this.#send("newest")}>
              ${this.say("to_newest")}
            </button>
          </div>`
        : nothing
    }`;
  }

  #thing(thing: Thing): TemplateResult {
    const { hass, total } = this;
    const isArtist = thing.type === "artist";
    return html`<div class="chosen surface">
      <encore-cover
        .hass=${hass}
        .uri=${thing.uri}
        .artist=${isArtist ? thing.name : thing.artist}
        .album=${thing.type === "album" ? thing.name : null}
        .show=${thing.type === "show" ? thing.name : null}
        .name=${thing.artist || thing.name}
        ?round=${isArtist}
      ></encore-cover>
      <div>
        <h2 class="one-line" dir="auto">${thing.name}</h2>
        <p class="quiet one-line" dir="auto">
          ${thing.artist === thing.name ? this.say(`one_${thing.type}`) : thing.artist}
        </p>
        <p class="quiet number">
          ${
            total
              ? this.say("day_total", {
                  count: total.play_count,
                  number: inDigits(hass, total.play_count),
                  time: inHours(hass, total.minutes),
                })
              : nothing
          }
        </p>
      </div>
      ${
        this.administrator
          ? html`<button
              class="icon-button"
              aria-label=${this.say("forget_all")}
              title=${this.say("forget_all")}
              @click=${() => this.#send("forget-all")}
            >
              ${icon("trash")}
            </button>`
          : nothing
      }
      <button
        class="icon-button"
        aria-label=${this.say("all_plays")}
        title=${this.say("all_plays")}
        @click=${() => this.#send("all-plays")}
      >
        ${icon("close")}
      </button>
    </div>`;
  }

  #send(what: "all-plays" | "newest" | "forget-all"): void {
    this.dispatchEvent(new Event(what));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-history-about": HistoryAbout;
  }
}
