import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import "../../elements/cover.ts";
import { CalmElement } from "../../elements/calm.ts";
import { icon } from "../../elements/icons.ts";
import { asPosition, dayOf, inDigits, inHours, timeOf } from "../../format.ts";
import { keyOf, type Day, type Play } from "./plays.ts";
import { sources, sourceLook } from "./sources.ts";

const NEAR = "1500px 0px";

/**
 * One day of the history. Far from what is seen it is an empty place of its height, so that a list of years is as light as
 * what is on the screen. Sends `play-picked` with a Play, and `play-restored` for one that was forgotten.
 */
@customElement("encore-history-day")
export class HistoryDay extends CalmElement {
  @property({ attribute: false }) day!: Day;
  /** Of the whole day, whether it is loaded or not. */
  @property({ attribute: false }) total:
    { play_count: number; minutes: number } | undefined;
  /** Plays of the day that were forgotten a moment ago, by their keys. */
  @property({ attribute: false }) forgotten: ReadonlySet<string> = new Set();
  /** How the day stands to now: “Today”, “Yesterday”, or its date if empty. */
  @property() relative = "";
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _near = false;

  protected override words = "history" as const;

  static override styles = [
    ...CalmElement.styles,
    sourceLook,
    css`
      :host {
        --row: 64px;
        display: block;
      }
      :host([narrow]) {
        --row: 76px;
      }
      h2 {
        position: sticky;
        top: var(--encore-bar, 56px);
        z-index: 1;
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 12px;
        padding: 12px 4px 8px;
        background: var(--primary-background-color, #fafafa);
      }
      h2 span {
        font-size: var(--ha-font-size-m, 14px);
        font-weight: 400;
      }
      ul {
        list-style: none;
        margin: 0 0 8px;
        padding: 0;
        overflow: hidden;
      }
      li {
        height: var(--row);
        content-visibility: auto;
        contain-intrinsic-height: var(--row);
      }
      li + li {
        box-shadow: inset 0 1px 0 var(--encore-line);
      }
      .row {
        display: grid;
        grid-template-columns: 44px minmax(0, 2fr) minmax(0, 1.2fr) 120px 76px;
        gap: 0 16px;
        align-items: center;
        width: 100%;
        height: 100%;
        padding: 0 16px;
        text-align: start;
      }
      button.row:hover {
        background: color-mix(in srgb, currentColor 5%, transparent);
      }
      .row:focus-visible {
        outline-offset: -2px;
      }
      .row > span {
        display: block;
        min-width: 0;
      }
      .row > span > span:not(.sources, .where) {
        display: block;
      }
      .title {
        font-weight: var(--ha-font-weight-medium, 500);
      }
      .end {
        text-align: end;
        white-space: nowrap;
      }
      .row > .signs {
        justify-self: end;
      }
      :host([narrow]) .row {
        grid-template-columns: 48px minmax(0, 1fr) auto;
        padding: 0 12px;
        gap: 0 12px;
      }
      :host([narrow]) encore-cover {
        --encore-cover: 48px;
      }
      .where {
        display: flex;
        gap: 10px;
        align-items: center;
      }
      .skipped svg {
        width: 14px;
        height: 14px;
        fill: currentColor;
        vertical-align: -2px;
      }
      .now {
        color: var(--encore-telling);
        font-weight: var(--ha-font-weight-medium, 500);
      }
      .now::before {
        content: "";
        display: inline-block;
        width: 8px;
        height: 8px;
        margin-inline-end: 5px;
        border-radius: 50%;
        background: var(--primary-color, #03a9f4);
      }
      .gone {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        height: 100%;
        padding: 0 16px;
      }
    `,
  ];

  #watched: IntersectionObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watched = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        if (last) this._near = last.isIntersecting;
      },
      { rootMargin: NEAR },
    );
    this.#watched.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watched?.disconnect();
  }

  protected override render(): TemplateResult {
    const { day, total, hass } = this;
    const count = day.plays.length;
    return html`<h2>
        ${this.relative || dayOf(hass, day.date)}
        <span class="quiet number"
          >${
            total
              ? this.say("day_total", {
                  count: total.play_count,
                  number: inDigits(hass, total.play_count),
                  time: inHours(hass, total.minutes),
                })
              : nothing
          }</span
        >
      </h2>
      <ul
        class="surface"
        style="height: calc(${count} * var(--row) + 2px)"
        aria-busy=${this._near ? "false" : "true"}
      >
        ${
          this._near
            ? repeat(
                day.plays,
                keyOf,
                (play) => html`<li>${this.#row(play)}</li>`,
              )
            : nothing
        }
      </ul>`;
  }

  #row(play: Play): TemplateResult {
    if (this.forgotten.has(keyOf(play)))
      return html`<div class="gone quiet">
        <span class="one-line" dir="auto"
          >${this.say("forgotten_one", { title: play.title })}</span
        >
        <button
          class="button"
          @click=${() => this.#send("play-restored", play)}
        >
          ${this.say("undo")}
        </button>
      </div>`;
    const by = play.artists.join(", ") || (play.station ?? "");
    const where = play.rooms.join(", ") || (play.device ?? "");
    const listener = html`<span class="one-line" dir="auto"
      >${play.listener}</span
    >`;
    return html`<button
      class="row"
      @click=${() => this.#send("play-picked", play)}
    >
      <encore-cover
        .hass=${this.hass}
        .uri=${play.uri}
        .name=${play.album || by || play.title}
      ></encore-cover>
      <span>
        <span class="title one-line" dir="auto">${play.title}</span>
        <span class="quiet one-line" dir="auto">${by || play.album}</span>
        ${
          this.narrow
            ? html`<span class="where small quiet"
                ><span class="one-line" dir="auto"
                  >${where ? `${play.listener} · ${where}` : play.listener}</span
                >${this.#sources(play)}</span
              >`
            : nothing
        }
      </span>
      ${
        this.narrow
          ? nothing
          : html`<span
                >${listener}<span class="quiet one-line" dir="auto"
                  >${where}</span
                ></span
              ><span class="signs">${this.#sources(play)}</span>`
      }
      <span class="end number">
        <span>${timeOf(this.hass, play.started_at)}</span>
        ${
          play.playing
            ? html`<span class="now small">${this.say("on_now")}</span>`
            : html`<span
                class="quiet small skipped"
                title=${this.say(play.skipped ? "heard_skipped" : "heard")}
                >${play.skipped ? icon("next") : nothing}${asPosition(
                  play.seconds_played,
                )}</span
              >`
        }
      </span>
    </button>`;
  }

  #sources(play: Play): TemplateResult {
    return sources(play.sources, (source) => this.say(`source_${source}`));
  }

  #send(what: "play-picked" | "play-restored", play: Play): void {
    this.dispatchEvent(
      new CustomEvent(what, { detail: play, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-history-day": HistoryDay;
  }
}
