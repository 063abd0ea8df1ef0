import { sizeOf } from "../../drawings/answers.ts";
import type { EChartsCoreOption } from "echarts/core";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { amountAxis, inAmount } from "../../drawings/amount.ts";
import { tip, tipLook } from "../../drawings/tip.ts";
import "../../elements/chart.ts";
import type { Colours } from "../../elements/colours.ts";
import { inHours, inPercent, stepName, thisYear } from "../../format.ts";
import { lastDayOf, windowBefore } from "../../windows.ts";
import type { Comparison, Span } from "./answers.ts";
import { beside, type Beside } from "./beside.ts";
import { Section, USUAL } from "./section.ts";

const SHOWN = 8;
/** So many of both are asked for: who is not among them is not known in the other window. */
const ASKED = 100;
const OFFERED = [
  "yesterday",
  "last_week",
  "week_before_last",
  "last_month",
  "month_before_last",
  "this_year",
  "last_year",
  "all_time",
];

/** The window beside another one. Sends `other-chosen` with its name. */
@customElement("encore-insights-comparison")
export class Windows extends Section {
  /** The window that somebody chose to compare with; empty for the one before. */
  @property() other = "";

  static override styles = [
    ...Section.styles,
    css`
      .both {
        display: grid;
        gap: 16px 32px;
        grid-template-columns: minmax(0, 1fr);
      }
      @media (min-width: 900px) {
        .both {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
        }
      }
      .total {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px 12px;
        align-content: start;
      }
      .bar {
        grid-column: 1 / -1;
        height: 10px;
        border-radius: 5px;
        margin-bottom: 10px;
        min-width: 2px;
      }
      .change {
        font-size: var(--ha-font-size-2xl, 24px);
        line-height: 1.3;
        padding-bottom: 8px;
      }
    `,
  ];

  #comparison = this.followed<Comparison>("get_comparison", () => ({
    ...this.asked,
    ...(this.#mine ? { time_range: this.#mine } : {}),
    compared_with: this.#other,
    of: "artists",
    by: this.by,
    limit: ASKED,
  }));

  /** The window's name; empty between two dates. Of all time it is this year: nothing is beside it. */
  get #mine(): string {
    const { window, start, end } = this.filters;
    if (start || end) return "";
    return window === "all_time" ? "this_year" : window || USUAL;
  }

  get #other(): string {
    return this.other || windowBefore(this.#mine) || "last_month";
  }

  protected override render(): TemplateResult {
    return this.figure(
      this.#comparison,
      this.say("comparison"),
      (answer) => {
        const one = this.#name(answer.time_range);
        const two = this.#name(answer.compared_with);
        const both = beside(answer.top, answer.other_top, this.by, ASKED);
        return {
          columns: [
            this.say("one_of_artists"),
            ...[one, two].flatMap((name) => [
              this.say("plays_in", { name }),
              this.say("minutes_in", { name }),
            ]),
          ],
          rows: [
            [
              this.say("altogether"),
              answer.total.play_count,
              answer.total.minutes,
              answer.other_total.play_count,
              answer.other_total.minutes,
            ],
            ...both.map(({ name, mine, other }) => [
              name,
              mine?.play_count ?? null,
              mine?.minutes ?? null,
              other?.play_count ?? null,
              other?.minutes ?? null,
            ]),
          ],
          caption: answer.speech,
          inside: html`<div class="both">
            <div>${this.#totals(answer, one, two)}</div>
            ${
              both.length
                ? html`<encore-chart
                    .hass=${this.hass}
                    label=${answer.speech}
                    .height=${44 + 38 * Math.min(SHOWN, both.length)}
                    .draw=${this.#drawing(both.slice(0, SHOWN), one, two)}
                  ></encore-chart>`
                : nothing
            }
          </div>`,
        };
      },
      this.choice(
        this.say("compared_with"),
        this.#offered().map((name) => [name, this.#called(name)]),
        this.#other,
        (other) =>
          this.dispatchEvent(
            new CustomEvent("other-chosen", { detail: other }),
          ),
      ),
      "encore-comparison",
    );
  }

  #offered(): string[] {
    const begins = this.names.recorded_from;
    const year = Number(thisYear(this.hass));
    const first = begins ? Number(begins.slice(0, 4)) : year;
    const years = Array.from(
      { length: Math.max(0, year - 1 - first) },
      (_, index) => String(year - 2 - index),
    );
    const all = new Set([this.#other, ...OFFERED, ...years]);
    all.delete(this.#mine);
    return [...all];
  }

  #called(name: string): string {
    const known = this.say(`window_${name}`);
    return known === `window_${name}` ? name.replaceAll("_", " ") : known;
  }

  #name(span: Span): string {
    return span.name
      ? this.#called(span.name)
      : this.say("from_until", {
          from: stepName(this.hass, span.start.slice(0, 10), "day"),
          until: stepName(this.hass, lastDayOf(span.end), "day"),
        });
  }

  #totals(answer: Comparison, one: string, two: string): TemplateResult {
    const { hass, by } = this;
    const most = Math.max(
      1,
      sizeOf(answer.total, by),
      sizeOf(answer.other_total, by),
    );
    const percent = answer.change_percent;
    const total = (
      name: string,
      of: Comparison["total"],
      colour: string,
    ): TemplateResult =>
      html`<span class="one-line">${name}</span>
        <span class="number"
          >${inAmount(hass, of.play_count, "plays")}
          <span class="quiet">${inHours(hass, of.minutes)}</span></span
        >
        <div
          class="bar"
          style="width: ${((100 * sizeOf(of, by)) / most).toFixed(1)}%; background: ${colour}"
        ></div>`;
    return html`${
        percent === null
          ? nothing
          : html`<p class="change number">
              ${
                percent
                  ? this.say(percent > 0 ? "more_than" : "less_than", {
                      percent: inPercent(hass, Math.abs(percent) / 100),
                    })
                  : this.say("the_same")
              }
            </p>`
      }
      <div class="total">
        ${total(one, answer.total, "var(--primary-color, #03a9f4)")}
        ${total(
          two,
          answer.other_total,
          "color-mix(in srgb, var(--secondary-text-color, #727272) 55%, var(--encore-surface))",
        )}
      </div>`;
  }

  #drawing(
    both: Beside[],
    one: string,
    two: string,
  ): (colours: Colours) => EChartsCoreOption {
    const { by, hass } = this;
    const inWords = (at: Beside["mine"]): string =>
      at ? inAmount(hass, sizeOf(at, by), by) : this.say("not_among_the_most");
    return (colours) => ({
      grid: { left: 4, right: 12, top: 4, bottom: 24, containLabel: true },
      legend: {
        bottom: 0,
        itemWidth: 12,
        itemHeight: 12,
        textStyle: { color: colours.text, width: 150, overflow: "truncate" },
      },
      tooltip: {
        ...tipLook(colours),
        trigger: "axis",
        axisPointer: { type: "shadow" },
        formatter: ([first]: { dataIndex: number }[]) => {
          const at = first && both[first.dataIndex];
          return at
            ? tip(
                at.name,
                `${one}: ${inWords(at.mine)}`,
                `${two}: ${inWords(at.other)}`,
              )
            : "";
        },
      },
      xAxis: amountAxis(
        hass,
        colours,
        by,
        both.flatMap((each) => [
          each.mine ? sizeOf(each.mine, by) : 0,
          each.other ? sizeOf(each.other, by) : 0,
        ]),
      ),
      yAxis: {
        type: "category",
        inverse: true,
        data: both.map((each) => each.name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          color: colours.text,
          width: this.narrow ? 100 : 150,
          overflow: "truncate",
        },
      },
      series: [
        {
          name: one,
          type: "bar",
          data: both.map((each) => (each.mine ? sizeOf(each.mine, by) : null)),
          itemStyle: { color: colours.primary, borderRadius: [0, 4, 4, 0] },
        },
        {
          name: two,
          type: "bar",
          data: both.map((each) =>
            each.other ? sizeOf(each.other, by) : null,
          ),
          itemStyle: {
            color: colours.quiet,
            opacity: 0.55,
            borderRadius: [0, 4, 4, 0],
          },
        },
      ],
    });
  }
}
