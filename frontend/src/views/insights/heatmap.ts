import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import {
  heatmapDrawing,
  heatmapRows,
  type Heatmap,
} from "../../drawings/heatmap.ts";
import "../../elements/chart.ts";
import { Section } from "./section.ts";

/** At which hours of the week something was played. */
@customElement("encore-insights-heatmap")
export class HoursOfTheWeek extends Section {
  #heatmap = this.followed<Heatmap>("get_heatmap", () => ({
    ...this.asked,
    by: this.by,
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#heatmap,
      this.say("heatmap"),
      (answer) => ({
        columns: [this.say("weekday"), this.say("hour"), this.say(answer.by)],
        rows: heatmapRows(this.hass, answer),
        caption: answer.speech,
        card: {
          type: "custom:encore-heatmap-card",
          ...this.asked,
          by: this.by,
        },
        inside: html`<encore-chart
          .hass=${this.hass}
          label=${answer.speech}
          .height=${this.narrow ? 236 : 288}
          .draw=${heatmapDrawing(this.hass, answer)}
        ></encore-chart>`,
      }),
      undefined,
      "encore-hours-of-the-week",
    );
  }
}
