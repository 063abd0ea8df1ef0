import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import type { Timeline } from "../drawings/steps.ts";
import { shown, notice } from "../elements/states.ts";
import { NO_FILTERS, parametersOf, type Filters } from "../filters.ts";
import { dateOf } from "../format.ts";
import { View } from "./view.ts";
import "./year/review_page.ts";

/** Other windows that are offered for a review. */
const WINDOWS = [
  "this_month",
  "last_month",
  "last_90_days",
  "spring",
  "summer",
  "autumn",
  "winter",
  "all_time",
];
const BETWEEN = "between";

/** A year in review, or any other time: as it stands in the address. */
@customElement("encore-year")
export class YearPage extends View {
  protected override words = "year" as const;

  @state() private _between = false;

  static override styles = [
    ...View.styles,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 16px;
      }
      .years {
        display: flex;
        gap: 8px;
        overflow-x: auto;
        scrollbar-width: thin;
        max-width: 100%;
        padding: 2px;
      }
      .years button {
        min-height: 40px;
        background: var(--encore-surface);
        flex: none;
      }
      .years button[aria-pressed="true"] {
        background: var(--encore-strong);
        color: var(--text-primary-color, #fff);
        border-color: transparent;
      }
      select,
      input {
        border-radius: 20px;
        min-height: 40px;
      }
      select.chosen {
        border-color: var(--primary-color, #03a9f4);
      }
    `,
  ];

  /** Whose, where and of what kind, without a window. */
  get #who(): Filters {
    const { listener, room, kind } = this.filters;
    return { ...NO_FILTERS, listener, room, kind };
  }

  #years = new Followed<Timeline>(this, () => ({
    hass: this.hass,
    question: "get_timeline",
    parameters: {
      ...parametersOf(this.#who, "all_time"),
      step: "year",
      limit: 200,
    },
  }));

  protected override render(): TemplateResult {
    return shown(this.#years.state, (years) => this.#page(years), {
      waiting: this.say("waiting"),
      lines: 10,
    });
  }

  #page({ steps, speech }: Timeline): TemplateResult {
    const years = steps.map((step) => Number(step.start)).reverse();
    if (!years.length)
      return this.names.recorded_from
        ? notice("music", this.say("nothing_here"), speech)
        : notice(
            "music",
            this.say("nothing_yet"),
            html`${this.say("nothing_yet_more")} ${this.importOffer()}`,
          );
    const time = this.query.get("time") ?? "";
    const from = this.query.get("from") ?? "";
    const until = this.query.get("until") ?? "";
    const isYear = !time && !from && !until && !this._between;
    const year = isYear
      ? Number(this.query.get("year")) ||
        usual(years, dateOf(this.hass, new Date()))
      : 0;
    const filters = {
      ...this.#who,
      window: time,
      start: from,
      end: until,
    };
    const between = this._between || !!(from || until);
    return html`<form @submit=${(event: Event) => event.preventDefault()}>
        <div class="years" role="group" aria-label=${this.say("years_heard")}>
          ${[...new Set(year ? [...years, year] : years)]
            .sort((one, other) => other - one)
            .map(
              (each) =>
                html`<button
                  type="button"
                  class="button"
                  aria-pressed=${each === year}
                  @click=${() => this.#show({ year: String(each) })}
                >
                  ${each}
                </button>`,
            )}
        </div>
        <label
          ><span class="unseen">${this.say("another_time")}</span>
          <select
            class=${isYear ? "" : "chosen"}
            @change=${(event: Event) =>
              this.#choose((event.target as HTMLSelectElement).value)}
          >
            <option value="" .selected=${isYear}>
              ${this.say("another_time")}
            </option>
            ${[...new Set(time ? [...WINDOWS, time] : WINDOWS)].map(
              (each) =>
                html`<option value=${each} .selected=${each === time}>
                  ${this.#called(each)}
                </option>`,
            )}
            <option value=${BETWEEN} .selected=${between}>
              ${this.say("window_between")}
            </option>
          </select></label
        >
        ${between ? this.#dates(from, until) : nothing}
      </form>
      ${
        between && !from && !until
          ? notice("chart", this.say("choose_days"))
          : html`<encore-year-review
              .hass=${this.hass}
              .names=${this.names}
              .filters=${filters}
              .year=${year}
              .narrow=${this.narrow}
            ></encore-year-review>`
      }`;
  }

  #dates(from: string, until: string): TemplateResult {
    const date = (name: "from" | "until", value: string): TemplateResult =>
      html`<label
        ><span class="unseen">${this.say(name)}</span
        ><input
          type="date"
          .value=${value}
          @change=${(event: Event) =>
            this.#show({
              from,
              until,
              [name]: (event.target as HTMLInputElement).value,
            })}
      /></label>`;
    return html`${date("from", from)} ${date("until", until)}`;
  }

  #called(name: string): string {
    const known = this.say(`window_${name}`);
    return known === `window_${name}` ? name.replaceAll("_", " ") : known;
  }

  #choose(name: string): void {
    this._between = name === BETWEEN;
    if (!this._between) this.#show({ time: name });
  }

  #show(more: Record<string, string>): void {
    if (!("from" in more)) this._between = false;
    this.go({ more, replace: true });
  }
}

/** Return the year that is shown first: the latest, in January the one before if anything was heard in it. */
const usual = (years: number[], today: string): number => {
  const [year = 0, month] = today.split("-").map(Number);
  return month === 1 && years.includes(year - 1)
    ? year - 1
    : (years[0] ?? year);
};
