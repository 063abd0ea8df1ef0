import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { inDigits, inHours, inPercent, stepName } from "../../format.ts";
import { lastDayOf } from "../../windows.ts";
import type { ListeningTime, Taste } from "./answers.ts";
import { isAtLeast } from "./at_least.ts";
import { Section } from "./section.ts";

/** The numbers of a window: how much, how long, how many, how new, and how complete. */
@customElement("encore-insights-headline")
export class Headline extends Section {
  @property({ attribute: false }) listened!: ListeningTime;

  static override styles = [
    ...Section.styles,
    css`
      :host {
        min-height: 0;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        gap: 16px;
        margin: 0;
      }
      .surface {
        padding: 16px;
        min-width: 0;
        display: flex;
        flex-direction: column;
      }
      dt {
        order: -1;
      }
      dd {
        margin: 0;
      }
      dd.big {
        font-size: var(--ha-font-size-3xl, 28px);
        line-height: 1.3;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
      }
      .least {
        font-size: var(--ha-font-size-m, 14px);
        display: block;
        line-height: 1;
        letter-spacing: 0;
      }
      .meter {
        height: 6px;
        border-radius: 3px;
        margin-top: 8px;
        overflow: hidden;
        background: color-mix(in srgb, currentColor 12%, transparent);
      }
      .meter div {
        height: 100%;
        background: var(--primary-color, #03a9f4);
      }
      @media (max-width: 500px) {
        dl {
          grid-template-columns: 1fr 1fr;
          gap: 12px;
        }
        .surface:last-child {
          grid-column: 1 / -1;
        }
        .surface {
          padding: 12px 14px;
        }
        dd.big {
          font-size: var(--ha-font-size-2xl, 24px);
        }
      }
    `,
  ];

  #taste = this.followed<Taste>("get_taste", () => ({
    ...this.asked,
    by: this.by,
    limit: 1,
  }));

  protected override render(): TemplateResult {
    const { listened, hass } = this;
    const taste = this.#taste.answer;
    const { total, time_range: range } = listened;
    const least = isAtLeast(listened) ? this.say("at_least") : "";
    const share = range.coverage;
    return html`<dl class=${this.#taste.stale ? "stale" : ""}>
      ${this.#number(
        this.say("plays"),
        inDigits(hass, total.play_count),
        taste && taste.change_percent !== null && taste.before
          ? this.say(
              taste.change_percent === 0
                ? "as_many"
                : taste.change_percent > 0
                  ? "more_than_before"
                  : "fewer_than_before",
              {
                percent: inPercent(hass, Math.abs(taste.change_percent) / 100),
                from: stepName(hass, taste.before.start.slice(0, 10), "day"),
                until: stepName(hass, lastDayOf(taste.before.end), "day"),
              },
            )
          : "",
        least,
      )}
      ${this.#number(
        this.say("listening_time"),
        inHours(hass, total.minutes),
        listened.days > 1
          ? this.say("a_day", {
              time: inHours(hass, listened.minutes_per_day),
              number: inDigits(hass, listened.days),
            })
          : "",
        least,
      )}
      ${this.#number(
        this.say("different_artists"),
        taste ? inDigits(hass, taste.different.artists) : "…",
        taste && taste.half_of_plays.artists > 1
          ? this.say("make_half", {
              number: inDigits(hass, taste.half_of_plays.artists),
            })
          : "",
        taste && least,
      )}
      ${this.#number(
        this.say("different_tracks"),
        taste ? inDigits(hass, taste.different.tracks) : "…",
        taste?.discovery_rate.tracks && range.name !== "all_time"
          ? this.say("of_them_new", {
              percent: inPercent(hass, taste.discovery_rate.tracks),
            })
          : "",
        taste && least,
      )}
      <div class="surface">
        <dt class="quiet">${this.say("recorded")}</dt>
        <dd class="big number">
          ${inPercent(hass, share < 1 ? Math.min(share, 0.99) : 1)}
        </dd>
        <dd class="quiet small">
          ${
            range.gap_count
              ? this.say("gaps", {
                  number: inDigits(hass, range.gap_count),
                  count: range.gap_count,
                })
              : this.say("no_gaps")
          }
        </dd>
        <dd class="meter" aria-hidden="true">
          <div style="width: ${(100 * share).toFixed(1)}%"></div>
        </dd>
      </div>
    </dl>`;
  }

  #number(
    name: string,
    value: string,
    more: string,
    least: string | undefined,
  ): TemplateResult {
    return html`<div class="surface">
      <dt class="quiet">${name}</dt>
      <dd class="big number">
        ${least ? html`<span class="least quiet">${least}</span>` : nothing}
        ${value}
      </dd>
      ${more ? html`<dd class="quiet small">${more}</dd>` : nothing}
    </div>`;
  }
}
