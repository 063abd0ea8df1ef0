import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import type { By, Of } from "../elements/ranking.ts";
import { shown, notice } from "../elements/states.ts";
import { parametersOf } from "../filters.ts";
import { dateOf, daysBetween } from "../format.ts";
import { lastDayOf } from "../windows.ts";
import type { ListeningTime } from "./insights/answers.ts";
import "./insights/comparison.ts";
import "./insights/favourites.ts";
import "./insights/headline.ts";
import "./insights/heatmap.ts";
import "./insights/podcasts.ts";
import "./insights/rooms.ts";
import { USUAL, type Chosen } from "./insights/section.ts";
import "./insights/sessions.ts";
import "./insights/streaks.ts";
import "./insights/thing.ts";
import "./insights/timeline.ts";
import "./insights/top.ts";
import { View } from "./view.ts";

/** What stands in the address besides the filters. */
type PageOption = "by" | "step" | "with";

const TOPS: Of[] = ["artists", "tracks", "albums"];

/** What was heard most, when, where, what was new, and how it compares. */
@customElement("encore-insights")
export class Insights extends View {
  protected override words = "insights" as const;

  @state() private _looked: Chosen | undefined;

  static override styles = [
    ...View.styles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px 16px;
        margin: 8px 4px 16px;
      }
      .head h2 {
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ha-font-weight-normal, 400);
        line-height: 1.2;
        letter-spacing: -0.01em;
      }
      :host([narrow]) .head {
        margin-top: 0;
      }
      :host([narrow]) .head h2 {
        font-size: var(--ha-font-size-xl, 20px);
      }
      .by {
        display: inline-flex;
        border: 1px solid var(--encore-line);
        border-radius: 20px;
        overflow: hidden;
        background: var(--encore-surface);
      }
      .by button {
        min-height: 40px;
        padding: 0 18px;
        border-radius: 20px;
      }
      :host([narrow]) .by {
        width: 100%;
      }
      :host([narrow]) .by button {
        flex: 1;
      }
      .by button:focus-visible {
        outline-offset: -2px;
      }
      .by button[aria-pressed="true"] {
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 18%,
          var(--encore-surface)
        );
        font-weight: var(--ha-font-weight-medium, 500);
      }
      @media (min-width: 900px) {
        .grid {
          grid-template-columns: repeat(6, minmax(0, 1fr));
        }
        .grid > * {
          grid-column: span 2;
        }
        .grid > .wide {
          grid-column: 1 / -1;
        }
        .grid > .two {
          grid-column: span 4;
        }
        .grid > .half {
          grid-column: span 3;
        }
      }
      @media (min-width: 900px) and (max-width: 1150px) {
        .grid > *,
        .grid > .two {
          grid-column: span 3;
        }
      }
    `,
  ];

  #listened = new Followed<ListeningTime>(this, () => ({
    hass: this.hass,
    question: "get_listening_time",
    parameters: parametersOf(this.filters, USUAL),
  }));

  #option(name: PageOption): string {
    return this.query.get(name) ?? "";
  }

  #setOption(name: PageOption, value: string): void {
    const options = Object.fromEntries(
      (["by", "step", "with"] as const).map((each) => [
        each,
        this.#option(each),
      ]),
    );
    this.go({ more: { ...options, [name]: value }, replace: true });
  }

  get #by(): By {
    return this.#option("by") === "minutes" ? "minutes" : "plays";
  }

  protected override render(): TemplateResult {
    return html`${shown(
      this.#listened.state,
      (listened) => this.#page(listened),
      { waiting: this.say("waiting"), lines: 8 },
    )}
    ${
      this._looked
        ? html`<encore-insights-thing
            .hass=${this.hass}
            .chosen=${this._looked}
            .filters=${this.filters}
            .usual=${USUAL}
            .by=${this.#by}
            @closed=${() => (this._looked = undefined)}
          ></encore-insights-thing>`
        : nothing
    }`;
  }

  /** Return which days these are, as far as they are past. */
  #days({ time_range: range, recorded_from }: ListeningTime): string {
    const today = dateOf(this.hass, new Date());
    const all = range.name === "all_time";
    const first = (all && recorded_from) || range.start;
    const last = lastDayOf(range.end);
    return daysBetween(
      this.hass,
      first.slice(0, 10),
      last < today ? last : today,
    );
  }

  #page(listened: ListeningTime): TemplateResult {
    if (!listened.total.play_count && !this.#listened.stale)
      return listened.recorded_from
        ? notice("chart", this.say("nothing_here"), listened.speech)
        : notice(
            "music",
            this.say("nothing_yet"),
            html`${this.say("nothing_yet_more")} ${this.importOffer()}`,
          );
    const { hass, filters, names, narrow } = this;
    const by = this.#by;
    return html`<div class="head">
        <h2>${this.#days(listened)}</h2>
        <div class="by" role="group" aria-label=${this.say("counted_by")}>
          ${(["plays", "minutes"] as const).map(
            (each) =>
              html`<button
                aria-pressed=${each === by}
                @click=${() => this.#setOption("by", each === "plays" ? "" : each)}
              >
                ${this.say(`by_${each}`)}
              </button>`,
          )}
        </div>
      </div>
      <div
        class="grid"
        @look=${(event: CustomEvent<Chosen>) => (this._looked = event.detail)}
      >
        <encore-insights-headline
          class="wide ${this.#listened.stale ? "stale" : ""}"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
          .listened=${listened}
        ></encore-insights-headline>
        <encore-insights-timeline
          class="wide"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .narrow=${narrow}
          .by=${by}
          .step=${this.#option("step")}
          @step-chosen=${(event: CustomEvent<string>) =>
            this.#setOption("step", event.detail)}
        ></encore-insights-timeline>
        ${TOPS.map(
          (of) =>
            html`<encore-insights-top
              .hass=${hass}
              .filters=${filters}
              .names=${names}
              .by=${by}
              .of=${of}
            ></encore-insights-top>`,
        )}
        <encore-insights-heatmap
          class="two"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .narrow=${narrow}
          .by=${by}
        ></encore-insights-heatmap>
        <encore-insights-rooms
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-rooms>
        <encore-insights-discoveries
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-discoveries>
        <encore-insights-repeats
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-repeats>
        <encore-insights-forgotten
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-forgotten>
        <encore-insights-comparison
          class="wide"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .narrow=${narrow}
          .by=${by}
          .other=${this.#option("with")}
          @other-chosen=${(event: CustomEvent<string>) =>
            this.#setOption("with", event.detail)}
        ></encore-insights-comparison>
        <encore-insights-streaks
          class="wide"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-streaks>
        <encore-insights-sessions
          class="half"
          .hass=${hass}
          .filters=${filters}
          .names=${names}
          .by=${by}
        ></encore-insights-sessions>
        ${
          filters.kind && filters.kind !== "podcast"
            ? nothing
            : html`<encore-insights-podcasts
                class="half"
                .hass=${hass}
                .filters=${filters}
                .names=${names}
                .by=${by}
              ></encore-insights-podcasts>`
        }
      </div>`;
  }
}
