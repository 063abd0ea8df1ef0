import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { ask, Followed, type Parameters } from "../../requests.ts";
import { CalmElement } from "../../elements/calm.ts";
import { icon } from "../../elements/icons.ts";
import { notice, waiting } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { timeOf } from "../../format.ts";
import { extended, keyOf, type Play, type Plays } from "../history/plays.ts";
import { lanesOf, nearest, type Lane, type Segment } from "./today.ts";

const PAGE = 100;
const MOST_PAGES = 8;
const HOURS = [0, 6, 12, 18, 24];
const COLOURS = [
  "var(--primary-color, #03a9f4)",
  "var(--accent-color, #ff9800)",
  "var(--success-color, #43a047)",
  "var(--purple-color, #926bc7)",
  "var(--pink-color, #e91e63)",
  "var(--teal-color, #009688)",
];

interface Today extends Plays {
  time_range: { start: string; end: string };
}

/** The day by room: what was played as segments in the colour of who listened. Sends `play-picked` with a Play. */
@customElement("encore-today")
export class TodayStrip extends CalmElement {
  /** What is asked of the plays beside the window. */
  @property({ attribute: false }) asked: Parameters = {};
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _whole: Today | undefined;
  @state() private _shown: Play | null = null;
  @state() private _at = new Map<string, number>();

  protected override words = "now" as const;

  static override styles = [
    ...CalmElement.styles,
    states,
    css`
      :host {
        display: block;
        padding: 0 16px 16px;
      }
      .lanes {
        display: grid;
        grid-template-columns: minmax(64px, max-content) minmax(0, 1fr);
        gap: 6px 12px;
        align-items: center;
      }
      .lanes > span {
        display: flex;
        align-items: center;
        gap: 6px;
        max-width: 140px;
        min-width: 0;
      }
      .lanes > span svg {
        width: 18px;
        height: 18px;
        fill: var(--secondary-text-color, #727272);
        flex: none;
      }
      :host([narrow]) .lanes > span svg {
        display: none;
      }
      .lane {
        position: relative;
        height: 40px;
        border-radius: 8px;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 6%, transparent);
        cursor: pointer;
      }
      .lane button {
        position: absolute;
        inset-block: 0;
        padding: 0;
        min-width: 2px;
        opacity: 0.82;
      }
      .lane button:is(:hover, :focus-visible, .shown) {
        opacity: 1;
        outline: 2px solid currentColor;
        outline-offset: -2px;
        z-index: 1;
      }
      .now {
        position: absolute;
        inset-block: 0;
        width: 2px;
        background: var(--error-color, #db4437);
      }
      .hours {
        display: flex;
        justify-content: space-between;
        white-space: nowrap;
      }
      :host([narrow]) .hours span:nth-child(even) {
        display: none;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
      .key span {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .key i {
        width: 12px;
        height: 12px;
        border-radius: 3px;
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        justify-content: space-between;
        padding-top: 10px;
        min-height: 32px;
      }
      .below p {
        min-width: 0;
        min-height: 32px;
      }
      .words {
        padding: 6px 0;
        text-align: start;
        text-decoration: underline;
        text-underline-offset: 3px;
      }
    `,
  ];

  #newest = new Followed<Today>(this, () => ({
    hass: this.hass,
    question: "get_plays",
    parameters: this.#parameters,
  }));
  #answered: Today | undefined;

  get #parameters(): Parameters {
    return { ...this.asked, time_range: "today", limit: PAGE };
  }

  protected override willUpdate(): void {
    const answer = this.#newest.answer;
    if (!answer || answer === this.#answered) return;
    this.#answered = answer;
    void this.#fetchAll(answer);
  }

  /** A day may be longer than a page; all of it is shown at once. */
  async #fetchAll(newest: Today): Promise<void> {
    let whole = newest;
    try {
      for (let page = 1; whole.next && page < MOST_PAGES; page++) {
        const earlier = await ask<Today>(this.hass, "get_plays", {
          ...this.#parameters,
          before: whole.next,
        });
        whole = { ...whole, ...extended(whole, earlier) };
      }
    } catch {
      // What came is shown; the next change asks for the rest again.
    }
    if (newest === this.#answered) this._whole = whole;
  }

  protected override render(): TemplateResult {
    const state = this.#newest.state;
    if (state.is === "refused") return notice("warning", state.refusal.message);
    const day = this._whole;
    if (!day) return waiting(this.say("waiting"), 3);
    if (!day.plays.length) return notice("music", this.say("nothing_today"));
    const { start, end } = day.time_range;
    const lanes = lanesOf(day.plays, start, end);
    const listeners = [
      ...new Set(day.plays.map((play) => play.listener)),
    ].sort();
    const now =
      (Date.now() - Date.parse(start)) / (Date.parse(end) - Date.parse(start));
    const shown = this._shown;
    return html`<div class="lanes">
        ${lanes.map(
          (lane) =>
            html`<span
                >${icon(lane.isRoom ? "room" : "person")}<span
                  class="one-line"
                  dir="auto"
                  title=${lane.name}
                  >${lane.name}</span
                ></span
              >${this.#lane(lane, listeners, now)}`,
        )}
        <span></span>
        <div class="hours small quiet number" aria-hidden="true">
          ${HOURS.map(
            (hour) =>
              html`<span
                >${timeOf(
                  this.hass,
                  new Date(
                    Date.parse(start) +
                      (hour / 24) * (Date.parse(end) - Date.parse(start)),
                  ),
                )}</span
              >`,
          )}
        </div>
      </div>
      <div class="below small">
        <p aria-live="polite" dir="auto">
          ${
            shown
              ? html`<button class="words" @click=${() => this.#pick(shown)}>
                  ${this.#words(shown)}
                </button>`
              : html`<span class="quiet">${this.say("today_how")}</span>`
          }
        </p>
        <div class="key quiet">
          ${
            listeners.length > 1
              ? listeners.map(
                  (listener, index) =>
                    html`<span
                      ><i style="background: ${colour(index)}"></i
                      >${listener}</span
                    >`,
                )
              : nothing
          }
        </div>
      </div>`;
  }

  #lane(lane: Lane, listeners: string[], now: number): TemplateResult {
    const key = `${lane.isRoom} ${lane.name}`;
    const last = lane.segments.length - 1;
    const at = Math.min(this._at.get(key) ?? last, last);
    return html`<div
      class="lane"
      role="group"
      aria-label=${this.say("lane", { name: lane.name })}
      @keydown=${(event: KeyboardEvent) => this.#step(event, key, at, last)}
      @pointermove=${(event: PointerEvent) => this.#point(event, lane)}
      @pointerdown=${(event: PointerEvent) => this.#point(event, lane)}
      @pointerleave=${(event: PointerEvent) => {
        if (event.pointerType === "mouse") this._shown = null;
      }}
      @click=${(event: PointerEvent) => {
        // A finger first sees what it was; the words below lead on.
        if (event.pointerType !== "touch" && this._shown)
          this.#pick(this._shown);
      }}
    >
      ${lane.segments.map((segment, index) =>
        this.#segment(
          segment,
          colour(listeners.indexOf(segment.play.listener)),
          index === at,
        ),
      )}
      <i
        class="now"
        aria-hidden="true"
        style="inset-inline-start: ${Math.min(1, now) * 100}%"
      ></i>
    </div>`;
  }

  #segment(
    { play, from, to }: Segment,
    background: string,
    reachable: boolean,
  ): TemplateResult {
    return html`<button
      class=${this._shown && keyOf(this._shown) === keyOf(play) ? "shown" : ""}
      style="inset-inline-start: ${from * 100}%; width: ${(to - from) * 100}%; background: ${background}"
      tabindex=${reachable ? 0 : -1}
      aria-label=${this.#words(play)}
      @focus=${() => {
        this._shown = play;
      }}
    ></button>`;
  }

  /** Show what was on where somebody points, or next to it. */
  #point(event: PointerEvent, lane: Lane): void {
    const place = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - place.left) / place.width;
    const rtl = getComputedStyle(this).direction === "rtl";
    this._shown = nearest(lane.segments, rtl ? 1 - share : share)?.play ?? null;
  }

  #pick(play: Play): void {
    this.dispatchEvent(new CustomEvent("play-picked", { detail: play }));
  }

  #words(play: Play): string {
    return this.say(play.artists.length ? "heard_at" : "heard_at_alone", {
      time: timeOf(this.hass, play.started_at),
      title: play.title,
      artists: play.artists.join(", "),
      listener: play.listener,
    });
  }

  #step(event: KeyboardEvent, key: string, at: number, last: number): void {
    const to = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, to));
    this._at = new Map(this._at).set(key, next);
    (event.currentTarget as HTMLElement)
      .querySelectorAll("button")
      [next]?.focus();
  }
}

const colour = (index: number): string =>
  COLOURS[Math.max(0, index) % COLOURS.length] ?? "currentColor";

declare global {
  interface HTMLElementTagNameMap {
    "encore-today": TodayStrip;
  }
}
