import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed } from "../asking.ts";
import "../elements/chart.ts";
import type { Colours } from "../elements/colours.ts";
import "../elements/cover.ts";
import "../elements/figure.ts";
import { shown } from "../elements/states.ts";
import { parametersOf } from "../filters.ts";
import { View } from "./view.ts";

interface Top {
  top: {
    name: string;
    artist: string | null;
    uri: string | null;
    plays: number;
    minutes: number;
  }[];
  speech: string;
}

/** What was heard most, when, and where. */
@customElement("encore-insights")
export class Insights extends View {
  protected override words = "insights" as const;

  #artists = new Followed<Top>(this, () => ({
    hass: this.hass,
    question: "top",
    parameters: {
      ...parametersOf(this.filters, "this_month"),
      of: "artists",
      limit: 10,
    },
  }));

  protected override render(): TemplateResult {
    return html`<div class="grid">
      ${shown(this.#artists.state, (top) => this.#top(top), {
        waiting: this.say("waiting"),
      })}
    </div>`;
  }

  #top(top: Top): TemplateResult {
    const draw = (colours: Colours): object => ({
      grid: { left: 8, right: 24, top: 4, bottom: 4, containLabel: true },
      xAxis: {
        type: "value",
        splitLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.quiet },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: top.top.map((each) => each.name),
        axisLabel: { color: colours.text, width: 140, overflow: "truncate" },
        axisTick: { show: false },
        axisLine: { show: false },
      },
      series: [
        {
          type: "bar",
          data: top.top.map((each) => each.plays),
          itemStyle: { color: colours.primary, borderRadius: [0, 4, 4, 0] },
        },
      ],
      tooltip: {},
    });
    return html`<encore-figure
      .hass=${this.hass}
      heading=${this.say("top_artists")}
      caption=${top.speech}
      .columns=${[this.say("name"), this.say("plays"), this.say("minutes")]}
      .rows=${top.top.map((each) => [each.name, each.plays, each.minutes])}
      .card=${{ type: "custom:encore-top-card", of: "artists", ...parametersOf(this.filters, "this_month") }}
    >
      <encore-chart
        .hass=${this.hass}
        label=${top.speech}
        .draw=${draw}
        .height=${320}
      ></encore-chart>
    </encore-figure>`;
  }
}
