import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { State } from "../../requests.ts";
import {
  everyStep,
  timelineRows,
  type Timeline,
} from "../../drawings/timeline.ts";
import { WEEKDAYS, type Heatmap } from "../../drawings/heatmap.ts";
import { inDigits, stepName } from "../../format.ts";
import type { Streak, Streaks } from "./answers.ts";
import "./calendar.ts";
import { Section } from "./section.ts";

/** As many days as a calendar ever shows. */
const DAYS = 731;
/** Of so few days, the calendar leaves room beside it. */
const SHORT = 140;

/** Days in a row, and a calendar of the days. */
@customElement("encore-insights-streaks")
export class StreakList extends Section {
  static override styles = [
    ...Section.styles,
    css`
      .short {
        display: flex;
        flex-wrap: wrap;
        gap: 16px 48px;
      }
      .short encore-calendar {
        flex: 0 1 auto;
        width: min(100%, var(--needed));
      }
      .short ol {
        flex: 1 1 240px;
        grid-template-columns: minmax(0, 1fr);
        align-content: start;
        margin: 0;
      }
      ol {
        list-style: none;
        margin: 16px 0 0;
        padding: 0;
        display: grid;
        gap: 4px 32px;
        grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 4px 0;
        border-bottom: 1px solid var(--encore-line);
      }
    `,
  ];

  #streaks = this.followed<Streaks>("get_streaks", () => ({
    ...this.asked,
    limit: 6,
  }));
  #days = this.followed<Timeline>("get_timeline", () => ({
    ...this.asked,
    step: "day",
    by: this.by,
    limit: DAYS,
  }));
  /** Its weekdays begin with the first of the home. */
  #week = this.followed<Heatmap>("get_heatmap", () => ({
    time_range: "today",
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#both,
      this.say("streaks"),
      ({ streaks, days, speech }) => {
        const all = everyStep(days, { limit: DAYS });
        const first = Object.keys(this.#week.answer?.hours ?? {})[0];
        return {
          columns: [this.say("day"), this.say("plays"), this.say("minutes")],
          rows: timelineRows(this.hass, days, all),
          caption: speech,
          inside: streaks.days
            ? html`<div class="facts">
                  ${this.#fact(streaks.current, "current_streak")}
                  ${this.#fact(streaks.streaks[0], "longest_streak")}
                  <div>
                    <b>${inDigits(this.hass, streaks.days)}</b
                    >${this.say("days_with_plays", { count: streaks.days })}
                  </div>
                </div>
                <div
                  class=${all.length <= SHORT ? "short" : ""}
                  style="--needed: ${64 + 29 * Math.ceil(all.length / 7 + 1)}px"
                >
                  <encore-calendar
                    .hass=${this.hass}
                    .days=${all}
                    .by=${this.by}
                    .firstWeekday=${Math.max(0, WEEKDAYS.indexOf(first ?? ""))}
                    label=${speech}
                  ></encore-calendar>
                  <ol aria-label=${this.say("longest_streaks")}>
                    ${streaks.streaks.map(
                      (each) =>
                        html`<li>
                          <span>${this.#span(each)}</span>
                          <span class="number">${this.#inDays(each.days)}</span>
                        </li>`,
                    )}
                  </ol>
                </div>`
            : this.nothing(),
        };
      },
      undefined,
      "encore-days",
    );
  }

  /** Both answers as one. */
  get #both(): {
    state: State<{ streaks: Streaks; days: Timeline; speech: string }>;
    stale: boolean;
  } {
    const [streaks, days] = [this.#streaks, this.#days];
    const stale = streaks.stale || days.stale;
    const refused = [streaks.state, days.state].find(
      (each) => each.is === "refused",
    );
    if (refused?.is === "refused") return { state: refused, stale };
    const { answer } = streaks;
    if (!answer || !days.answer) return { state: { is: "asking" }, stale };
    const both = { streaks: answer, days: days.answer, speech: answer.speech };
    return { state: { is: "answered", answer: both }, stale };
  }

  #fact(
    streak: Streak | null | undefined,
    name: string,
  ): TemplateResult | typeof nothing {
    return streak
      ? html`<div><b>${this.#inDays(streak.days)}</b>${this.say(name)}</div>`
      : nothing;
  }

  #inDays(days: number): string {
    return this.say("days", { number: inDigits(this.hass, days), count: days });
  }

  #span({ first, last }: Streak): string {
    const [from, until] = [first, last].map((day) =>
      stepName(this.hass, day, "day"),
    );
    return first === last
      ? (from ?? "")
      : this.say("from_until", { from: from ?? "", until: until ?? "" });
  }
}
