import type { TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import { timelineDrawing, type Timeline } from "../drawings/timeline.ts";
import { facesOf } from "./face.ts";
import { PicturedFace } from "./pictured.ts";

/** How much was heard as time went by. */
@customElement("encore-timeline-face")
export class TimelineFace extends PicturedFace {
  protected override kind = "timeline" as const;

  #timeline = new Followed<Timeline>(this, () => ({
    hass: this.hass,
    question: "get_timeline",
    parameters: this.question("step", "by"),
  }));

  protected override heading(): string {
    return this.say(`timeline_${this.config.step}`);
  }

  protected override caption(): string {
    return this.#timeline.answer?.steps.length
      ? this.#timeline.answer.speech
      : "";
  }

  protected override body(): TemplateResult {
    return this.shown(this.#timeline.state, (timeline) =>
      timeline.steps.length
        ? this.picture(
            timelineDrawing(this.hass, timeline),
            timeline.speech,
            this.#timeline.stale,
          )
        : this.nothing(this.say("nothing_in_window")),
    );
  }
}

export const faceOf = facesOf("encore-timeline-face");
