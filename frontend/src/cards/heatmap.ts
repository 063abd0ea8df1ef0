import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import { heatmapDrawing, type Heatmap } from "../drawings/heatmap.ts";
import { facesOf } from "./face.ts";
import { PicturedFace } from "./pictured.ts";

/** When music is on. */
@customElement("encore-heatmap-face")
export class HeatmapFace extends PicturedFace {
  protected override kind = "heatmap" as const;

  #heatmap = new Followed<Heatmap>(this, () => ({
    hass: this.hass,
    question: "get_heatmap",
    parameters: this.question("by"),
  }));

  protected override heading(): string {
    return this.say("heatmap");
  }

  protected override caption(): string {
    return this.#heatmap.answer?.busiest ? this.#heatmap.answer.speech : "";
  }

  protected override body(): TemplateResult {
    return this.shown(this.#heatmap.state, (heatmap) =>
      heatmap.busiest
        ? this.picture(
            heatmapDrawing(this.hass, heatmap),
            heatmap.speech,
            this.#heatmap.stale,
          )
        : this.nothing(this.say("nothing_in_window")),
    );
  }
}

export const faceOf = facesOf("encore-heatmap-face");
