import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { Followed, type Parameters } from "../../requests.ts";
import { EncoreElement } from "../../elements/element.ts";
import { parametersOf, NO_FILTERS, type Filters } from "../../filters.ts";
import {
  dateOf,
  dayOf,
  inDigits,
  inHours,
  inPercent,
  shortDayOf,
} from "../../format.ts";
import {
  datesBetween,
  shifted,
  stripDays,
  type Gap,
  type StripDay,
} from "./calendar.ts";

const WEEKS = 8;
const NARROW_WEEKS = 5;

interface Covered {
  by_listener: { listener: string }[];
  gaps: Gap[];
  time_range: { end: string };
  speech: string;
}

interface Steps {
  steps: { start: string; play_count: number; minutes: number }[];
}

/** The last weeks: a bar for each day, as high as it was heard long, on a line that says how much was recorded. Sends `day-picked`. */
@customElement("encore-calendar-strip")
export class CalendarStrip extends EncoreElement {
  @property({ attribute: false }) filters: Filters = NO_FILTERS;
  /** The day that the list below begins with. */
  @property() chosen = "";
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _at = -1;

  protected override words = "history" as const;

  static override styles = [
    ...EncoreElement.styles,
    css`
      :host {
        display: block;
        padding: 12px 16px;
      }
      .days {
        display: flex;
        align-items: stretch;
        gap: 2px;
        height: 76px;
        overflow: hidden;
        margin: 0 -4px;
        padding: 0 4px;
      }
      .days button {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        justify-content: flex-end;
        gap: 3px;
        padding: 4px 1px 0;
        border-radius: 4px;
      }
      .days button:focus-visible {
        outline-offset: -2px;
      }
      .days button:hover,
      .days button[aria-current] {
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .bar {
        border-radius: 3px 3px 0 0;
        background: var(--primary-color, #03a9f4);
        opacity: 0.75;
        min-height: 0;
      }
      button[aria-current] .bar,
      button:hover .bar {
        opacity: 1;
      }
      .recorded {
        height: 6px;
        border-radius: 2px;
        flex: none;
        background: var(--success-color, #43a047);
      }
      .some .recorded {
        background: linear-gradient(
          90deg,
          var(--warning-color, #ffa600) var(--missing),
          var(--success-color, #43a047) var(--missing)
        );
      }
      .none .recorded {
        background: repeating-linear-gradient(
          135deg,
          color-mix(in srgb, currentColor 45%, transparent) 0 2px,
          transparent 2px 5px
        );
      }
      .week {
        margin-inline-start: 4px;
      }
      .labels,
      .key {
        display: flex;
        gap: 4px 16px;
        flex-wrap: wrap;
        justify-content: space-between;
        padding-top: 4px;
      }
      .key span {
        display: inline-flex;
        gap: 6px;
        align-items: center;
      }
      .key .recorded {
        width: 16px;
      }
      .key .bar {
        width: 8px;
        height: 12px;
      }
      .key > div {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
      }
    `,
  ];

  #totals = new Followed<Steps>(this, () => ({
    hass: this.hass,
    question: "get_timeline",
    parameters: {
      ...parametersOf({ ...this.filters, window: "", start: "", end: "" }),
      step: "day",
      start_time: this.#first,
    },
  }));

  #coverage = new Followed<Covered>(this, () => ({
    hass: this.hass,
    question: "get_coverage",
    parameters: this.#scope,
  }));

  get #scope(): Parameters {
    const { listener } = this.filters;
    return {
      start_time: this.#first,
      limit: 100,
      ...(listener ? { listener } : {}),
    };
  }

  get #today(): string {
    return dateOf(this.hass, new Date());
  }

  get #first(): string {
    const weeks = this.narrow ? NARROW_WEEKS : WEEKS;
    return shifted(this.#today, 1 - 7 * weeks);
  }

  protected override shouldUpdate(): boolean {
    return !this.onlyStates() || this.#shownOn !== this.#today;
  }
  #shownOn = "";

  protected override render(): TemplateResult | typeof nothing {
    const totals = this.#totals.answer;
    const covered = this.#coverage.answer;
    this.#shownOn = this.#today;
    if (!totals || !covered)
      return html`<div class="days" aria-hidden="true"></div>`;
    const days = stripDays(
      datesBetween(this.#first, this.#today),
      totals.steps,
      covered.by_listener.map((each) => each.listener),
      covered.gaps,
      covered.time_range.end,
    );
    const most = Math.max(1, ...days.map((day) => day.minutes));
    const at = this._at < 0 ? this.#chosenAt(days) : this._at;
    return html`<div
        class="days"
        role="group"
        aria-label=${this.say("strip")}
        @keydown=${(event: KeyboardEvent) => this.#step(event, days.length)}
      >
        ${days.map((day, index) => this.#day(day, most, index, index === at))}
      </div>
      <div class="labels small quiet">
        <span>${shortDayOf(this.hass, days[0]?.date ?? "")}</span>
        <span>${this.say("today")}</span>
      </div>
      <div class="key small quiet">
        <div>
          <span><i class="bar"></i>${this.say("key_heard")}</span>
          <span><i class="recorded"></i>${this.say("key_recorded")}</span>
          ${
            days.some((day) => isPartly(day))
              ? html`<span class="some" style="--missing: 50%"
                  ><i class="recorded"></i>${this.say("key_partly")}</span
                >`
              : nothing
          }
          ${
            days.some((day) => isGap(day))
              ? html`<span class="none"
                  ><i class="recorded"></i>${this.say("key_gap")}</span
                >`
              : nothing
          }
        </div>
        <span>${covered.speech}</span>
      </div>`;
  }

  #day(
    day: StripDay,
    most: number,
    index: number,
    reachable: boolean,
  ): TemplateResult {
    const label = this.#dayLabel(day);
    const week = new Date(`${day.date}T12:00:00Z`).getUTCDay() === 1;
    return html`<button
      class="${isGap(day) ? "none" : isPartly(day) ? "some" : ""} ${
        week && index ? "week" : ""
      }"
      style="--missing: ${Math.round(day.missing * 100)}%"
      tabindex=${reachable ? 0 : -1}
      title=${label}
      aria-label=${label}
      aria-current=${day.date === this.chosen ? "date" : nothing}
      @click=${() => {
        this._at = index;
        this.dispatchEvent(new CustomEvent("day-picked", { detail: day.date }));
      }}
    >
      <span
        class="bar"
        style="height: ${day.minutes ? Math.max(4, (day.minutes / most) * 100) : 0}%"
      ></span>
      <span class="recorded"></span>
    </button>`;
  }

  #dayLabel(day: StripDay): string {
    const { hass } = this;
    const heard = this.say(day.play_count ? "strip_day" : "strip_day_silent", {
      day: dayOf(hass, day.date),
      count: day.play_count,
      number: inDigits(hass, day.play_count),
      time: inHours(hass, day.minutes),
    });
    if (!day.gaps.length) return heard;
    const reasons = new Map(
      day.gaps.map((gap) => [
        `${gap.listener} ${gap.reason}`,
        this.say("strip_gap", {
          listener: gap.listener,
          reason: this.say(`gap_${gap.reason}`),
        }),
      ]),
    );
    return [
      heard,
      this.say("strip_missing", { share: inPercent(hass, day.missing) }),
      ...reasons.values(),
    ].join("\n");
  }

  #chosenAt(days: StripDay[]): number {
    const chosen = days.findIndex((day) => day.date === this.chosen);
    return chosen < 0 ? days.length - 1 : chosen;
  }

  #step(event: KeyboardEvent, count: number): void {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[
      event.key
    ];
    const ends = { Home: 0, End: count - 1 }[event.key];
    if (by === undefined && ends === undefined) return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll("button")];
    const at = buttons.findIndex((button) => button.tabIndex === 0);
    this._at = Math.max(0, Math.min(count - 1, ends ?? at + (by ?? 0)));
    buttons[this._at]?.focus();
  }
}

const isGap = (day: StripDay): boolean => day.missing > 0.98;
const isPartly = (day: StripDay): boolean => day.missing > 0.02 && !isGap(day);

declare global {
  interface HTMLElementTagNameMap {
    "encore-calendar-strip": CalendarStrip;
  }
}
