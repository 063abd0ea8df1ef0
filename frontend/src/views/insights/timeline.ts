import type { EChartsCoreOption } from "echarts/core";
import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import {
  everyStep,
  timelineDrawing,
  timelineRows,
  type Step,
  type StepName,
  type Timeline,
} from "../../drawings/timeline.ts";
import "../../elements/chart.ts";
import type { Colours } from "../../elements/colours.ts";
import { daysOf, daysOfStep, stepFor, stepsFor } from "../../windows.ts";
import type { Span } from "./answers.ts";
import { gapsOf } from "./gaps.ts";
import { Section, USUAL } from "./section.ts";

const LIMIT = 4_000;

/** How it went, in steps that fit the window, with what is missing. Sends `step-chosen` with another step. */
@customElement("encore-insights-timeline")
export class Steps extends Section {
  /** The step that somebody chose; empty for the one that fits. */
  @property() step = "";

  #timeline = this.followed<Timeline>("get_timeline", () => ({
    ...this.asked,
    step: this.#step,
    by: this.by,
    limit: LIMIT,
  }));

  get #days(): number {
    const begins = this.names.recorded_from;
    return daysOf(this.filters, USUAL, begins, new Date());
  }

  get #step(): StepName {
    const offered = stepsFor(this.#days);
    return offered.find((each) => each === this.step) ?? stepFor(this.#days);
  }

  protected override render(): TemplateResult {
    return this.figure(
      this.#timeline,
      this.say("timeline"),
      (answer) => {
        const steps = everyStep(answer, { limit: LIMIT });
        return {
          columns: [
            this.say(answer.step),
            this.say("plays"),
            this.say("minutes"),
          ],
          rows: timelineRows(this.hass, answer, steps),
          caption: answer.speech,
          card: {
            type: "custom:encore-timeline-card",
            ...this.asked,
            step: answer.step,
            by: this.by,
          },
          inside: steps.length
            ? html`<encore-chart
                .hass=${this.hass}
                label=${answer.speech}
                .height=${this.narrow ? 220 : 260}
                .draw=${this.#drawing(answer, steps)}
                @chart-pick=${(event: CustomEvent<{ index: number }>) =>
                  this.#pick(steps[event.detail.index], answer.step)}
              ></encore-chart>`
            : this.nothing(),
        };
      },
      this.choice(
        this.say("step"),
        stepsFor(this.#days).map((step) => [step, this.say(`by_${step}`)]),
        this.#step,
        (step) =>
          this.dispatchEvent(new CustomEvent("step-chosen", { detail: step })),
      ),
      "encore-timeline",
    );
  }

  /** Return the drawing, with what was not recorded shaded. */
  #drawing(
    answer: Timeline,
    steps: Step[],
  ): (colours: Colours) => EChartsCoreOption {
    const draw = timelineDrawing(this.hass, answer, { steps });
    const gaps = gapsOf(answer.time_range as Span, steps, answer.step);
    return (colours) => {
      const option = draw(colours);
      if (!gaps.length) return option;
      const [series] = option["series"] as object[];
      return {
        ...option,
        series: [
          {
            ...series,
            markArea: {
              silent: true,
              itemStyle: { color: colours.quiet, opacity: 0.12 },
              label: { color: colours.quiet, fontSize: 11 },
              data: gaps.map(([from, until], index) => [
                {
                  xAxis: from,
                  ...(index ? {} : { name: this.say("not_recorded") }),
                },
                { xAxis: until },
              ]),
            },
          },
        ],
      };
    };
  }

  #pick(step: Step | undefined, name: StepName): void {
    if (!step) return;
    const [start, end] = daysOfStep(step.start, name);
    this.go({ filters: { window: "", start, end } });
  }
}
